//! Where a provider stands among its peers. It is worked out from the published table and the provider's own value alone, so that
//! asking, however often and with whatever value, tells nothing that the table does not.

use super::figures::PERCENTS;
use super::group::{Group, Level, Place};
use super::table::{Row, Table};
use crate::codes::code_list;
use serde::{Deserialize, Serialize};

code_list! {
    /// Why a group is not the one to compare with.
    pub enum Withheld: "a reason: too_few, protected or too_few_for_percentiles" {
        /// Fewer than five organisations.
        TooFew = "too_few",
        /// Enough, but one of them is too large, they are all alike, or showing it would give away others. Which, is not told.
        Protected = "protected",
        /// It is shown, with too few organisations for a percentile.
        TooFewForPercentiles = "too_few_for_percentiles",
    }
}

/// A group that was nearer, and why it is not the one compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passed {
    pub group: Group,
    pub why: Withheld,
}

/// A value among published percentiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// The published percentile that the value reaches; none for a value below them all.
    pub at_least: Option<u8>,
    /// The published percentile that it does not exceed; none for a value above them all.
    pub at_most: Option<u8>,
    /// On the straight line between the two; none beyond the outermost.
    pub percentile: Option<u8>,
}

/// A provider among the narrowest group of its peers that can be shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    pub row: Row,
    pub standing: Standing,
    /// Narrower groups, narrowest first; empty when it is compared with those most like it.
    pub passed: Vec<Passed>,
}

impl Table {
    /// `None` where not even all together can be shown with a percentile.
    pub fn compare(&self, place: Place, value: f64) -> Option<Comparison> {
        let mut passed = vec![];
        for group in Level::NARROW_TO_WIDE.into_iter().filter_map(|level| place.group(level)) {
            let why = match self.row(group) {
                Ok(row) => match Standing::of(value, row) {
                    Some(standing) => return Some(Comparison { row: *row, standing, passed }),
                    None => Withheld::TooFewForPercentiles,
                },
                Err(why) => why,
            };
            passed.push(Passed { group, why });
        }
        None
    }
}

impl Standing {
    /// `None` where the row tells no percentile, or the value is not finite.
    pub fn of(value: f64, row: &Row) -> Option<Self> {
        let cuts = PERCENTS.into_iter().zip(row.percentiles.into_array()).filter_map(|(percent, cut)| Some((percent, cut?)));
        let cuts: Vec<(u8, f64)> = cuts.collect();
        if cuts.is_empty() || !value.is_finite() {
            return None;
        }
        let reached = cuts.iter().rev().find(|(_, cut)| *cut <= value);
        let not_exceeded = cuts.iter().find(|(_, cut)| value <= *cut);
        let (Some(a), Some(b)) = (reached, not_exceeded) else {
            return Some(Self { at_least: reached.map(|cut| cut.0), at_most: not_exceeded.map(|cut| cut.0), percentile: None });
        };
        // several percentiles may share the value: it lies in the middle of them
        let share = if b.1 > a.1 { (value - a.1) / (b.1 - a.1) } else { 0.5 };
        let percentile = f64::from(a.0) + (f64::from(b.0) - f64::from(a.0)) * share;
        Some(Self { at_least: Some(a.0.min(b.0)), at_most: Some(a.0.max(b.0)), percentile: Some(percentile.round() as u8) })
    }
}
