//! The language that derived metrics are written in: numbers, metrics' codes, `+ - × ÷`, brackets and a few functions.
//! A formula in hand has been read from text within the limits of length and depth, so walking it can't exhaust the stack.

mod evaluation;
mod fraction;
mod parse;
#[cfg(test)]
pub(super) mod tests;
mod text;
mod units;

pub use evaluation::{EvalFault, Outcome, Step};
pub(super) use evaluation::{Exact, Quantity, Source};
pub use parse::FormulaError;
pub use units::UnitFault;

use super::MetricCode;
use crate::codes::{code_list, text_code};
use std::collections::BTreeSet;

/// The most characters of a formula.
pub const LONGEST_FORMULA: usize = 2000;
/// How deep a formula may be nested. A long chain of `+` is deep too; `sum(…)` is not.
pub const DEEPEST_FORMULA: usize = 32;

/// How a derived metric is worked out. On the wire it is its text: `share(impact_workers, permanent_employees)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, max_length = 2000, example = "share(impact_workers, permanent_employees)"))]
pub struct Formula(Expr);
text_code!(Formula);

impl Formula {
    pub fn expr(&self) -> &Expr {
        &self.0
    }

    /// The metrics that it needs, of this period or of the one before.
    pub fn references(&self) -> BTreeSet<MetricCode> {
        let mut found = BTreeSet::new();
        self.0.collect(&mut |code, _| {
            found.insert(code.clone());
        });
        found
    }

    /// The metrics whose figure of this period it needs.
    pub fn current_references(&self) -> BTreeSet<MetricCode> {
        let mut found = BTreeSet::new();
        self.0.collect(&mut |code, period| {
            if period == Period::Current {
                found.insert(code.clone());
            }
        });
        found
    }
}

/// A formula's tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    Number(Number),
    Metric(MetricCode),
    /// The figure of the period before.
    Previous(MetricCode),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

impl Expr {
    fn collect(&self, found: &mut impl FnMut(&MetricCode, Period)) {
        match self {
            Self::Number(_) => {}
            Self::Metric(code) => found(code, Period::Current),
            Self::Previous(code) => found(code, Period::Previous),
            Self::Binary(_, left, right) => {
                left.collect(found);
                right.collect(found);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.collect(found)),
        }
    }
}

/// A number as it is written in a formula: `digits` ÷ 10^`places`, without needless zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    digits: u64,
    places: u8,
}

impl Number {
    pub const MOST_DIGITS: usize = 15;
    pub const MOST_PLACES: usize = 9;

    fn new(mut digits: u64, mut places: u8) -> Self {
        while places > 0 && digits.is_multiple_of(10) {
            (digits, places) = (digits / 10, places - 1);
        }
        Self { digits, places }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

code_list! {
    /// What can be called by name, besides `previous(metric)`.
    pub enum Function: "a function: sum, mean, share, per or previous" {
        /// All added up; in one unit.
        Sum = "sum",
        /// The plain average; in one unit.
        Mean = "mean",
        /// The first as a part of the second, 0 to 1; in one unit.
        Share = "share",
        /// The first for each of the second.
        Per = "per",
    }
}

impl Function {
    fn takes(self, arguments: usize) -> bool {
        match self {
            Self::Sum | Self::Mean => arguments >= 1,
            Self::Share | Self::Per => arguments == 2,
        }
    }
}

code_list! {
    /// Which period's figure is meant.
    pub enum Period: "a period: current or previous" { Current = "current", Previous = "previous" }
}
