//! # Room: rating
//!
//! - owns: how figures become scores, bands, levels and what would lift them; the method's numbers
//! - does not own: thresholds and weights within a pillar (standard), figures and their grades (metrics)
//! - rules: unknown is neither 0 nor 100 but widens the band; too little evidence is "not rated"; advanced metrics bring points
//!   only where the basics hold; nobody's rating is for sale
//! - enters: organisations see their own; others what it publishes; matching reads the score
//! - neighbours: codes, ids, metrics, standard
//! - try it: `cargo test -p kazi-core rating`

mod lift;
mod method;
mod score;
mod shown;
#[cfg(test)]
mod tests;

pub use lift::{MetricLift, lifts};
pub use method::{Level, METHOD, Method};
pub use score::{Band, MetricScore, NotRated, PillarScore, Rating, Why, rate};
pub use shown::{RatingDetail, RatingDisplay, RatingShown};
