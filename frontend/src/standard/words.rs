//! Figures in words: with unit, currency and the reader's way of writing numbers.

use crate::i18n::{Lang, exact, exact_percent, k, lang, money, t};
use kazi_core::money::Money;
use kazi_core::standard::{Metric, MetricKind, MetricValue, Text};

/// A text of the standard, in the reader's language.
pub fn said(text: &Text) -> &str {
    match lang() {
        Lang::En => &text.en,
        Lang::Fr => &text.fr,
    }
}

/// A number of the metric: a share in per cent, others as they are.
pub fn scaled(metric: &Metric, value: f64) -> String {
    if metric.kind == MetricKind::Share { exact_percent(value) } else { exact(value) }
}

pub fn value_text(metric: &Metric, value: &MetricValue) -> String {
    match value {
        MetricValue::Number(n) => scaled(metric, *n),
        MetricValue::Money(amount) => money(*amount),
        MetricValue::Rate(rate) => money(Money { minor: rate.minor.round() as i64, currency: rate.currency }),
        MetricValue::YesNo(yes) => t(if *yes { k::metrics::YES } else { k::metrics::NO }).to_owned(),
        MetricValue::Choice(chosen) => {
            let option = metric.options.iter().find(|option| option.code.as_str() == chosen);
            option.map_or_else(|| chosen.clone(), |option| said(&option.name).to_owned())
        }
    }
}
