//! Rows of matching: needs, shortlists, alerts, and names for whom a match ranks. Scoring needs no
//! statement: it reads the index in memory.

mod alerts;
mod names;
mod needs;
mod shortlist;

pub use alerts::*;
pub use names::*;
pub use needs::*;
pub use shortlist::*;
