//! # Room: metrics
//!
//! - owns: readings with their evidence, corrections and history; what is checked and asked about; peer benchmarks
//! - does not own: what is measured (standard), scores (rating), organisations and their sites (directory)
//! - rules: unknown, not applicable and withheld are answers and never zero; a correction keeps what stood before with a
//!   reason; a grade wears off; nothing about fewer than five is shown to others; figures of a group leave this room only
//!   through `peers::Table`
//! - enters: organisations' editors by form, file and API; stewards confirm; partners and everyone read what is shown to them
//! - neighbours: codes, directory, ids, money, problem, standard
//! - try it: `cargo test -p kazi-core metrics`

mod bulk;
mod check;
mod comparison;
mod figures;
pub mod peers;
mod period;
mod reading;
mod template;
#[cfg(test)]
mod tests;

pub use bulk::*;
pub use check::*;
pub use comparison::*;
pub use figures::*;
pub use period::{BadPeriod, ReportingPeriod};
pub use reading::*;
pub use template::*;
