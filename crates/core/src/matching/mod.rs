//! # Room: matching
//!
//! - owns: needs, hard constraints, criteria, scoring, explanation, near misses, lift, sensitivity, the columnar index
//! - does not own: what providers say of themselves (directory), who may see a need (policy)
//! - rules: score = 100 × Σ weight × value; unknown is 0 in the score and 1 in the ceiling; ties break by id;
//!   nobody's rank is for sale
//! - enters: buyers and partners with needs; providers from the other side; the browser, by the same code
//! - neighbours: codes, directory, ids, money
//! - try it: `cargo test -p kazi-core matching`

mod answers;
mod candidate;
mod constraint;
pub mod criteria;
mod criterion;
mod curve;
mod evidence;
mod explain;
mod index;
mod lift;
mod naive;
mod need;
mod ranking;
mod reverse;
mod score;
mod sensitivity;
mod state;
mod terms;
#[cfg(test)]
mod tests;
mod weights;

pub use answers::*;
pub use candidate::{Candidate, Price, candidates, skill_word};
pub use constraint::{Constraint, Shortfall, Standing, Unit, shortfall, standing, standings};
pub use criterion::{Asked, CRITERIA, Criterion, Values};
pub use curve::Curve;
pub use evidence::{EvidenceTerms, Fact, Grades};
pub use explain::{explain, near_miss};
pub use index::{Index, Touched};
pub use lift::{Change, Lift, LiftKind, apply, lift, possible};
pub use naive::{NEAR_FAILURES, NEAR_MISSES, matrix_naively, search_naively};
pub use need::*;
pub use ranking::{FactUsed, NearMiss, Part, Ranked, Ranking, Unknown, weigh_near_misses};
pub use reverse::{HiddenNeed, LIFTS, NeedFit, hidden_need, is_known_to_meet, needs_for};
pub use score::{CandidateMatrix, METHOD_VERSION, Place, contribution, order, rank, score};
pub use sensitivity::{Sensitivity, sensitivity};
pub use terms::{Budget, LATE_DAYS, OverlapTerms, Terms};
pub use weights::{Preset, Shares, Weights, WeightsError};
