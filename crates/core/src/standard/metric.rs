//! One thing that is measured, and what counts as an answer to it.

use super::{Change, Crosswalk, Dimension, Direction, Formula, MetricCode, MetricKind, MetricValue, Pillar, Scoring, Tier, Timing, Unit};
use crate::problem::FieldError;
use serde::{Deserialize, Serialize};

/// The same said in both languages of the standard.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TextInBoth))]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub en: String,
    pub fr: String,
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// snake_case, as codes of metrics are.
    pub code: MetricCode,
    pub name: Text,
}

/// A metric of the standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Metric {
    pub code: MetricCode,
    pub pillar: Pillar,
    pub name: Text,
    /// What exactly is counted, and what is not.
    pub definition: Text,
    pub kind: MetricKind,
    pub unit: Unit,
    pub direction: Direction,
    pub timing: Timing,
    pub tier: Tier,
    /// How a derived metric is worked out; nobody reports it then.
    #[serde(default)]
    pub formula: Option<Formula>,
    /// What there is to choose from, for a choice.
    #[serde(default)]
    pub options: Vec<ChoiceOption>,
    /// By what it is asked broken down.
    #[serde(default)]
    pub by: Vec<Dimension>,
    /// How to gather it and how to read it.
    pub usage: Text,
    #[serde(default)]
    pub crosswalk: Vec<Crosswalk>,
    /// Null: it tells something and is worth no points.
    #[serde(default)]
    pub scoring: Option<Scoring>,
    /// What this version did to it.
    pub change: Change,
}

impl Metric {
    /// Whether organisations report it: not derived, not retired.
    pub fn is_reported(&self) -> bool {
        self.formula.is_none() && self.change != Change::Retired
    }

    /// Whether formulas can use it.
    pub fn is_number(&self) -> bool {
        !matches!(self.kind, MetricKind::YesNo | MetricKind::Choice)
    }

    /// Whether the value answers this metric; `pointer` is where it stands in the body that brought it.
    pub fn accepts(&self, value: &MetricValue, pointer: &str) -> Result<(), FieldError> {
        let wrong = |code: &str, message: String| Err(FieldError { pointer: pointer.into(), code: code.into(), message });
        match (self.kind, value) {
            (MetricKind::YesNo, MetricValue::YesNo(_)) => Ok(()),
            (MetricKind::Choice, MetricValue::Choice(chosen)) if self.options.iter().any(|option| option.code.as_str() == chosen) => Ok(()),
            (MetricKind::Choice, MetricValue::Choice(_)) => {
                let codes: Vec<&str> = self.options.iter().map(|option| option.code.as_str()).collect();
                wrong("unknown", format!("Choose one of: {}.", codes.join(", ")))
            }
            (MetricKind::YesNo, _) => wrong("format", "Must be yes or no.".into()),
            (MetricKind::Choice, _) => wrong("format", "Must be one of the options.".into()),
            (_, value) if !value.suits(self.unit) => {
                let what = if self.unit.has_currency() { "an amount of money with its currency" } else { "a number" };
                wrong("format", format!("Must be {what}."))
            }
            (kind, value) => {
                let number = match value {
                    MetricValue::Number(number) => *number,
                    MetricValue::Rate(rate) => rate.minor,
                    MetricValue::Money(money) => money.minor as f64,
                    MetricValue::YesNo(_) | MetricValue::Choice(_) => f64::NAN,
                };
                match kind {
                    MetricKind::Share if !(0.0..=1.0).contains(&number) => wrong("range", "Must lie between 0 and 1.".into()),
                    _ if !(0.0..=LARGEST).contains(&number) => wrong("range", "Must not be below 0 or beyond all measure.".into()),
                    MetricKind::Count if self.unit.is_whole() && number.fract() != 0.0 => {
                        wrong("format", format!("Must be a whole number of {}.", self.unit))
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

/// Far above any figure of an organisation, far below where numbers lose their last digits.
const LARGEST: f64 = 1e15;
