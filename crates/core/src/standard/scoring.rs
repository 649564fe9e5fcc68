//! What counts for how much, as data of the standard; the scores themselves are made in the room rating.

use super::Text;
use serde::{Deserialize, Serialize};

/// How a metric counts in a rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// Inside its pillar, beside the weights of the pillar's other scored metrics.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 100))]
    pub weight: u8,
    /// For numbers. A yes is worth 1 and a no 0 without them.
    pub thresholds: Option<Thresholds>,
    /// Where weight and thresholds come from.
    pub rationale: Text,
}

/// Between which values a figure is worth 0 to 1. Where lower is better, the floor lies above the target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Worth 0 here and beyond.
    pub floor: f64,
    /// Worth 1 here and beyond.
    pub target: f64,
}

impl Thresholds {
    /// 0 to 1, in a straight line between floor and target. None where one of the three is no number, or the two are equal.
    pub fn normalise(&self, value: f64) -> Option<f64> {
        let way = (value - self.floor) / (self.target - self.floor);
        (self.target != self.floor && !way.is_nan()).then(|| way.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Thresholds;

    #[test]
    fn a_value_is_placed_between_floor_and_target() {
        let at = |floor, target, value| Thresholds { floor, target }.normalise(value);
        assert_eq!(at(0.25, 0.75, 0.5), Some(0.5));
        assert_eq!((at(0.2, 0.8, 0.1), at(0.2, 0.8, 2.0)), (Some(0.0), Some(1.0)));
        assert_eq!((at(0.5, 0.25, 0.25), at(0.5, 0.25, 0.375), at(0.5, 0.25, 0.9)), (Some(1.0), Some(0.5), Some(0.0)));
        assert_eq!((at(1.0, 1.0, 1.0), at(0.0, 1.0, f64::NAN)), (None, None));
    }
}
