//! Exact figures of a group of readings, before any rule of what may be shown.

use super::select::order_statistics;
use super::sum::ExactSum;
use serde::{Deserialize, Serialize};

/// The percentiles that are computed.
pub const PERCENTS: [u8; 5] = [5, 25, 50, 75, 95];

/// The two ranks (from 0) that each percentile lies between, in ascending order.
pub(super) type Ranks = [usize; 2 * PERCENTS.len()];

/// A number for each of `PERCENTS`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Percentiles<T> {
    pub p5: T,
    pub p25: T,
    pub p50: T,
    pub p75: T,
    pub p95: T,
}

impl<T> Percentiles<T> {
    pub fn from_array([p5, p25, p50, p75, p95]: [T; 5]) -> Self {
        Self { p5, p25, p50, p75, p95 }
    }
    pub fn into_array(self) -> [T; 5] {
        [self.p5, self.p25, self.p50, self.p75, self.p95]
    }
}

/// Exact figures. Not for showing: what may be shown is a `Row`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    pub count: usize,
    pub mean: f64,
    /// Between two readings a percentile lies on the straight line between them, as SQL's `percentile_cont` has it.
    pub percentiles: Percentiles<f64>,
}

impl Figures {
    /// Of finite numbers, which get into another order; `None` where there are none.
    pub fn of(values: &mut [f64]) -> Option<Self> {
        let sum = ExactSum::of(values);
        let ranks = ranks(values.len())?;
        Some(Self::at(values.len(), &sum, ranks, order_statistics(values, ranks)))
    }

    /// From what stands at each of `ranks`.
    pub(super) fn at(count: usize, sum: &ExactSum, ranks: Ranks, found: [f64; 2 * PERCENTS.len()]) -> Self {
        let standing = |rank: f64| found[ranks.partition_point(|other| *other < rank as usize)];
        let percentile = |percent: u8| {
            let position = position(count, percent);
            let (low, high) = (standing(position.floor()), standing(position.ceil()));
            low + (high - low) * position.fract()
        };
        Self { count, mean: sum.value() / count as f64, percentiles: Percentiles::from_array(PERCENTS.map(percentile)) }
    }
}

/// Where a percentile lies among `count` readings in order, the first being at 0.
pub(super) fn position(count: usize, percent: u8) -> f64 {
    (count - 1) as f64 * (f64::from(percent) / 100.0)
}

pub(super) fn ranks(count: usize) -> Option<Ranks> {
    let rank = |at: usize| {
        let position = position(count, PERCENTS[at / 2]);
        if at.is_multiple_of(2) { position.floor() as usize } else { position.ceil() as usize }
    };
    (count > 0).then(|| {
        let mut ranks: Ranks = std::array::from_fn(rank);
        ranks.sort_unstable();
        ranks
    })
}
