//! # Room: matching
//!
//! - owns: needs, hard constraints, criteria, scoring, explanation, near misses, lift, sensitivity, the columnar index
//! - does not own: what providers say of themselves (directory), who may see a need (policy)
//! - rules: score = 100 × Σ weight × value; unknown is 0 in the score and 1 in the ceiling; ties break by id;
//!   nobody's rank is for sale
//! - enters: buyers and partners with needs; providers from the other side; the browser, by the same code
//! - neighbours: codes, directory, ids, money
//! - try it: `cargo test -p kazi-core matching`

mod need;

pub use need::*;
