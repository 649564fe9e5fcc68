//! What is known of a figure: a value, or which of three kinds of nothing.

use super::{BaseUnit, Unit};
use crate::codes::Currency;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A figure, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", content = "value", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer<T> {
    Value(T),
    /// Nobody has said. Never zero.
    Unknown,
    /// The question makes no sense for this organisation.
    NotApplicable,
    /// Known, and not shown: too few people, or not for these eyes.
    Withheld,
}

impl<T> Answer<T> {
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
    pub fn as_ref(&self) -> Answer<&T> {
        match self {
            Self::Value(value) => Answer::Value(value),
            Self::Unknown => Answer::Unknown,
            Self::NotApplicable => Answer::NotApplicable,
            Self::Withheld => Answer::Withheld,
        }
    }
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Value(value) => Answer::Value(f(value)),
            Self::Unknown => Answer::Unknown,
            Self::NotApplicable => Answer::NotApplicable,
            Self::Withheld => Answer::Withheld,
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MetricValue {
    /// Counts, shares (0 to 1) and ratios, in the metric's unit.
    Number(f64),
    Money(Money),
    /// Money per something, such as cost per person.
    Rate(MoneyRate),
    YesNo(bool),
    /// The code of one of the metric's options.
    Choice(String),
}

impl MetricValue {
    /// Its size; none of an answer in words.
    pub fn magnitude(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Money(money) => Some(money.minor as f64),
            Self::Rate(rate) => Some(rate.minor),
            Self::YesNo(_) | Self::Choice(_) => None,
        }
    }
    /// Of an amount of money.
    pub fn currency(&self) -> Option<Currency> {
        match self {
            Self::Money(money) => Some(money.currency),
            Self::Rate(rate) => Some(rate.currency),
            _ => None,
        }
    }
    /// Whether it is a figure of that unit: money where the unit is money, a number where it is not.
    pub(super) fn suits(&self, unit: Unit) -> bool {
        match self {
            Self::Number(_) => unit.power(BaseUnit::Money) == 0,
            Self::Money(_) => unit.has_currency(),
            Self::Rate(_) => unit.has_currency() && !unit.is_money(),
            Self::YesNo(_) | Self::Choice(_) => false,
        }
    }
}

/// Money divided by something. Parts of a minor unit stay, since nobody is paid this amount.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoneyRate {
    /// Minor units of the currency: 1250.5 is 12.505 USD.
    pub minor: f64,
    pub currency: Currency,
}
