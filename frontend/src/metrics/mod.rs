//! An organisation's figures: enter and correct them one by one or by file, see what follows from them.

mod comparison;
mod figures;
mod file;
mod form;
mod history;

pub use comparison::ComparisonPage;
pub use figures::FiguresPage;

use crate::i18n::{k, t};
use crate::standard::value_text;
use kazi_core::metrics::ReportingPeriod;
use kazi_core::standard::{Answer, Metric, MetricValue, Outcome};

/// An answer in words.
fn answer_text(metric: &Metric, answer: &Answer<MetricValue>) -> String {
    outcome_text(metric, &answer.clone().into())
}

/// What came of a metric in words.
pub fn outcome_text(metric: &Metric, outcome: &Outcome) -> String {
    outcome.value().map_or_else(|| no_value(outcome), |value| value_text(metric, value))
}

/// Which kind of nothing came of it.
pub fn no_value(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Value(_) => String::new(),
        Outcome::Unknown => t(k::metrics::UNKNOWN).into(),
        Outcome::NotApplicable => t(k::metrics::NOT_APPLICABLE).into(),
        Outcome::Withheld => t(k::metrics::WITHHELD).into(),
        Outcome::Fault(fault) => crate::i18n::code("eval_fault", fault.as_str()),
    }
}

/// The last quarters that are over, newest first: as many as there are to choose from.
fn last_quarters() -> Vec<ReportingPeriod> {
    std::iter::successors(last_quarter(), |q| q.previous()).take(12).collect()
}

/// The quarter that ended last.
pub fn last_quarter() -> Option<ReportingPeriod> {
    let now = js_sys::Date::new_0();
    let (year, quarter) = (now.get_full_year() as i32, now.get_month() as u8 / 3 + 1);
    ReportingPeriod::quarter(year, quarter)?.previous()
}
