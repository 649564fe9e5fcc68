//! How much each criterion matters: what a person sets, the presets, and the shares that it comes to.

use super::{Asked, CRITERIA, Criterion};
use crate::codes::code_list;
use serde::{Deserialize, Serialize};

/// Weights as somebody sets them: non-negative, on any scale; only their proportions count.
/// A criterion that is left out weighs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weights {
    #[serde(default)]
    pub service_fit: f32,
    #[serde(default)]
    pub skills: f32,
    #[serde(default)]
    pub languages: f32,
    #[serde(default)]
    pub capacity: f32,
    #[serde(default)]
    pub price: f32,
    #[serde(default)]
    pub time_overlap: f32,
    #[serde(default)]
    pub start: f32,
    #[serde(default)]
    pub certificates: f32,
    #[serde(default)]
    pub impact_share: f32,
    #[serde(default)]
    pub target_group: f32,
    #[serde(default)]
    pub evidence: f32,
    #[serde(default)]
    pub responsiveness: f32,
}

code_list! {
    /// Ready-made weights.
    pub enum Preset: "a preset of weights: balanced, cost_first, impact_first or speed_first" {
        Balanced = "balanced", CostFirst = "cost_first", ImpactFirst = "impact_first", SpeedFirst = "speed_first",
    }
}

impl Preset {
    /// Per cent, in the order of `Criterion::ALL`; each row sums to 100.
    pub fn weights(self) -> Weights {
        Weights::from(match self {
            Self::Balanced => [10.0, 12.0, 10.0, 10.0, 12.0, 6.0, 6.0, 8.0, 8.0, 6.0, 6.0, 6.0],
            Self::CostFirst => [8.0, 10.0, 8.0, 10.0, 40.0, 4.0, 4.0, 4.0, 4.0, 2.0, 3.0, 3.0],
            Self::ImpactFirst => [8.0, 8.0, 6.0, 5.0, 5.0, 2.0, 2.0, 3.0, 25.0, 20.0, 12.0, 4.0],
            Self::SpeedFirst => [6.0, 8.0, 6.0, 20.0, 4.0, 7.0, 28.0, 2.0, 2.0, 1.0, 1.0, 15.0],
        })
    }
}

impl Default for Weights {
    fn default() -> Self {
        Preset::Balanced.weights()
    }
}

/// Why weights can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    #[error("the weight of {0} must be a number of 0 or more")]
    NotANumber(Criterion),
    #[error("at least one criterion that the need asks for must weigh more than 0")]
    NothingWeighs,
}

impl Weights {
    pub fn get(&self, criterion: Criterion) -> f32 {
        self.array()[criterion.ordinal()]
    }
    pub fn set(&mut self, criterion: Criterion, weight: f32) {
        let mut all = self.array();
        all[criterion.ordinal()] = weight;
        *self = all.into();
    }
    /// In the order of `Criterion::ALL`.
    pub fn array(&self) -> [f32; CRITERIA] {
        [
            self.service_fit,
            self.skills,
            self.languages,
            self.capacity,
            self.price,
            self.time_overlap,
            self.start,
            self.certificates,
            self.impact_share,
            self.target_group,
            self.evidence,
            self.responsiveness,
        ]
    }
    /// Shares of 1 among what the need asks for.
    pub fn over(&self, asked: Asked) -> Result<Shares, WeightsError> {
        let mut shares = [0.0; CRITERIA];
        for (c, w) in Criterion::ALL.iter().zip(self.array()) {
            if !w.is_finite() || w < 0.0 {
                return Err(WeightsError::NotANumber(*c));
            }
            if asked.has(*c) {
                shares[c.ordinal()] = f64::from(w);
            }
        }
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return Err(WeightsError::NothingWeighs);
        }
        Ok(Shares(shares.map(|w| w / sum)))
    }
}
/// `skills:2,price:1`: what weighs something, as queries and addresses have it.
impl std::fmt::Display for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let weighs = Criterion::ALL.iter().map(|c| (c, self.get(*c))).filter(|(_, weight)| *weight != 0.0);
        for (n, (criterion, weight)) in weighs.enumerate() {
            write!(f, "{}{criterion}:{weight}", if n == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
/// What is not named weighs nothing.
impl std::str::FromStr for Weights {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mut weights = Self::from([0.0; CRITERIA]);
        for word in text.split(',').filter(|word| !word.is_empty()) {
            let (name, weight) = word.split_once(':').ok_or_else(|| format!("'{word}' is not criterion:weight, such as skills:2"))?;
            let criterion = name.parse().map_err(|e: crate::codes::UnknownCode| e.to_string())?;
            weights.set(criterion, weight.parse().map_err(|_| format!("'{weight}' is not a number"))?);
        }
        Ok(weights)
    }
}
impl From<[f32; CRITERIA]> for Weights {
    fn from(all: [f32; CRITERIA]) -> Self {
        let [
            service_fit,
            skills,
            languages,
            capacity,
            price,
            time_overlap,
            start,
            certificates,
            impact_share,
            target_group,
            evidence,
            responsiveness,
        ] = all;
        Self {
            service_fit,
            skills,
            languages,
            capacity,
            price,
            time_overlap,
            start,
            certificates,
            impact_share,
            target_group,
            evidence,
            responsiveness,
        }
    }
}

/// Weights that sum to 1 over the criteria asked for; the others are 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares(pub(crate) [f64; CRITERIA]);

impl Shares {
    pub fn get(&self, criterion: Criterion) -> f64 {
        self.0[criterion.ordinal()]
    }
}
