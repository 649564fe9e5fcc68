//! # Room: standard
//!
//! - owns: what is measured and how: metrics, units, formulas and their evaluation, evidence grades and how they age,
//!   thresholds, crosswalks to other catalogues, the first standard, what changed between two versions, how a change is adopted
//! - does not own: the figures that organisations report (metrics), scores made of them (rating)
//! - rules: unknown is not zero; withheld > fault > unknown > not applicable > value; two currencies never mix;
//!   a changed rule is never called editorial; an adopted metric is retired, never removed
//! - enters: whoever reads the standard or proposes to change it; rooms that keep figures and make scores; the browser, by the same code
//! - neighbours: codes, ids, money, problem
//! - try it: `cargo test -p kazi-core standard`

mod answer;
mod check;
mod code;
mod crosswalk;
mod difference;
mod evaluate;
mod evidence;
mod first;
mod formula;
mod lists;
mod metric;
pub mod procedure;
mod scoring;
#[cfg(test)]
mod tests;
mod unit;
mod version;

pub use answer::{Answer, MetricValue, MoneyRate};
pub use check::{Fault, FaultKind};
pub use code::{BadMetricCode, MetricCode};
pub use crosswalk::{Catalogue, Crosswalk, MatchType};
pub use difference::{Difference, FieldChange, MetricDifference};
pub use evaluate::{Evaluation, Evaluations};
pub use evidence::{EvidenceDecay, ReadingGrade};
pub use first::first;
pub use formula::*;
pub use lists::{AgeBand, Change, Dimension, Direction, Gender, MetricKind, Pillar, Tier, Timing};
pub use metric::{ChoiceOption, Metric, Text};
pub use scoring::{Scoring, Thresholds};
pub use unit::{BadUnit, BaseUnit, Unit};
pub use version::Standard;
