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
    match answer {
        Answer::Value(value) => value_text(metric, value),
        Answer::Unknown => t(k::metrics::UNKNOWN).into(),
        Answer::NotApplicable => t(k::metrics::NOT_APPLICABLE).into(),
        Answer::Withheld => t(k::metrics::WITHHELD).into(),
    }
}

/// What came of a metric in words.
pub fn outcome_text(metric: &Metric, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Value(value) => value_text(metric, value),
        Outcome::Unknown => t(k::metrics::UNKNOWN).into(),
        Outcome::NotApplicable => t(k::metrics::NOT_APPLICABLE).into(),
        Outcome::Withheld => t(k::metrics::WITHHELD).into(),
        Outcome::Fault(fault) => crate::i18n::code("eval_fault", fault.as_str()),
    }
}

/// The quarter that ended last.
pub fn last_quarter() -> Option<ReportingPeriod> {
    let now = js_sys::Date::new_0();
    let (year, quarter) = (now.get_full_year() as i32, now.get_month() as u8 / 3 + 1);
    ReportingPeriod::quarter(year, quarter)?.previous()
}
