//! Peer benchmarks that cannot leak: which groups of peers are shown, with which figures, and where a provider stands among them.
//! The method is in `docs/metrics.md`. Not for showing what a single organisation said.
//!
//! `Ledger` decides, `Table` is what everybody sees, `figures_by_group` and `Kept` compute exact figures fast. Exact figures are not
//! for showing: they know no rule.

mod batch;
mod blocks;
mod figures;
mod group;
mod kept;
mod ledger;
mod safety;
mod select;
mod standing;
mod sum;
mod table;
#[cfg(test)]
mod tests;

pub use batch::figures_by_group;
pub use figures::{Figures, PERCENTS, Percentiles};
pub use group::{Group, Level, Place, SizeBand};
pub use kept::Kept;
pub use ledger::{Ledger, Reading};
pub use safety::MINIMUM;
pub use standing::{Comparison, Passed, Standing, Withheld};
pub use sum::ExactSum;
pub use table::{Row, Table};
