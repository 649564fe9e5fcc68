//! A formula's value with every step that led to it.
//!
//! Where operands differ, the first of these that occurs is the result: withheld, fault, unknown, not applicable. Withheld
//! comes first, so that nothing can be learned of a figure that is kept back; unknown comes before not applicable,
//! because what nobody has said may still become a value. Only when every operand is a value is anything worked out:
//! `0 × unknown` is unknown.

use super::fraction::Fraction;
use super::{Expr, Formula, Function, Operator, Period};
use crate::codes::{Currency, code_list};
use crate::money::Money;
use crate::standard::{Answer, MetricCode, MetricValue, MoneyRate, Unit};
use serde::{Deserialize, Serialize};

code_list! {
    /// Why known figures give no value.
    pub enum EvalFault: "a fault of an evaluation such as division_by_zero" {
        DivisionByZero = "division_by_zero",
        /// The part of a share is above the whole, or one of them is below zero.
        PartOutsideWhole = "part_outside_whole",
        /// Amounts in two currencies; nobody has said at what rate they are to be exchanged.
        MixedCurrencies = "mixed_currencies",
        /// The formula itself is wrong; no standard that was checked has one.
        UnitMismatch = "unit_mismatch",
        /// A figure is not of its metric's kind, such as a number where money is asked for.
        WrongKind = "wrong_kind",
        /// Beyond what is kept exactly.
        TooLarge = "too_large",
        /// The formula needs a metric that is not there, or is no number.
        UnknownMetric = "unknown_metric",
        /// The formula needs its own result.
        Cycle = "cycle",
    }
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Outcome {
    Value(MetricValue),
    Unknown,
    NotApplicable,
    Withheld,
    Fault(EvalFault),
}

impl Outcome {
    pub fn value(&self) -> Option<&MetricValue> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}

impl From<Answer<MetricValue>> for Outcome {
    fn from(answer: Answer<MetricValue>) -> Self {
        match answer {
            Answer::Value(value) => Self::Value(value),
            Answer::Unknown => Self::Unknown,
            Answer::NotApplicable => Self::NotApplicable,
            Answer::Withheld => Self::Withheld,
        }
    }
}

/// One part of a formula, what came of it, and the parts that it was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    pub expression: String,
    /// Null where units do not fit.
    pub unit: Option<Unit>,
    pub outcome: Outcome,
    /// The amount shown is rounded to whole minor units, halves to the even one. Further steps use the exact one.
    pub rounded: bool,
    /// The metric that this step looks up; it has no parts then.
    pub metric: Option<MetricCode>,
    /// Which period's figure it looks up.
    pub period: Option<Period>,
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub steps: Vec<Step>,
}

/// An exact amount; it has a currency exactly when money is in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    amount: Fraction,
    currency: Option<Currency>,
}

pub type Exact = Result<Answer<Quantity>, EvalFault>;

/// Where a formula's metrics get their units and figures.
pub trait Source {
    fn unit(&self, code: &MetricCode) -> Option<Unit>;
    fn figure(&self, code: &MetricCode, period: Period) -> Exact;
}

struct Given<'a>(&'a dyn Fn(&MetricCode) -> Option<Unit>, &'a dyn Fn(&MetricCode, Period) -> Answer<MetricValue>);

impl Source for Given<'_> {
    fn unit(&self, code: &MetricCode) -> Option<Unit> {
        (self.0)(code)
    }
    fn figure(&self, code: &MetricCode, period: Period) -> Exact {
        match self.unit(code) {
            None => Err(EvalFault::UnknownMetric),
            Some(unit) => Quantity::read((self.1)(code, period), unit),
        }
    }
}

impl Formula {
    /// `units` gives a metric's unit (None: unknown, or no number), `answers` its figure.
    pub fn evaluate(
        &self,
        units: &dyn Fn(&MetricCode) -> Option<Unit>,
        answers: &dyn Fn(&MetricCode, Period) -> Answer<MetricValue>,
    ) -> Step {
        self.evaluate_exactly(&Given(units, answers)).0
    }

    pub(in crate::standard) fn evaluate_exactly(&self, source: &dyn Source) -> (Step, Exact) {
        evaluate(&self.0, source)
    }
}

fn evaluate(expr: &Expr, source: &dyn Source) -> (Step, Exact) {
    let looked_up = |code: &MetricCode, period| {
        let step = Step::new(expr, source.unit(code), source.figure(code, period));
        (Step { metric: Some(code.clone()), period: Some(period), ..step.0 }, step.1)
    };
    match expr {
        Expr::Number(number) => {
            Step::new(expr, Some(Unit::ONE), Ok(Answer::Value(Quantity { amount: Fraction::literal(*number), currency: None })))
        }
        Expr::Metric(code) => looked_up(code, Period::Current),
        Expr::Previous(code) => looked_up(code, Period::Previous),
        Expr::Binary(operator, left, right) => {
            let parts = vec![evaluate(left, source), evaluate(right, source)];
            from_parts(expr, parts, |units| operator.unit(units[0], units[1]), |values| operator.apply(values[0], values[1]))
        }
        Expr::Call(function, arguments) => {
            let parts = arguments.iter().map(|argument| evaluate(argument, source)).collect();
            from_parts(expr, parts, |units| function.unit(units), |values| function.apply(values))
        }
    }
}

fn from_parts(
    expr: &Expr,
    parts: Vec<(Step, Exact)>,
    unit: impl FnOnce(&[Unit]) -> Result<Unit, String>,
    apply: impl FnOnce(&[Quantity]) -> Result<Quantity, EvalFault>,
) -> (Step, Exact) {
    let (steps, results): (Vec<Step>, Vec<Exact>) = parts.into_iter().unzip();
    let units: Option<Vec<Unit>> = steps.iter().map(|step| step.unit).collect();
    let unit = units.and_then(|units| unit(&units).ok());
    let exact = match together(&results) {
        Ok(Answer::Value(_)) if unit.is_none() => Err(EvalFault::UnitMismatch),
        Ok(Answer::Value(values)) => apply(&values).map(Answer::Value),
        Ok(nothing) => Ok(nothing.map(|_| Quantity { amount: Fraction::ZERO, currency: None })),
        Err(fault) => Err(fault),
    };
    let (step, exact) = Step::new(expr, unit, exact);
    (Step { steps, ..step }, exact)
}

/// All values, or the first that occurs of: withheld, fault, unknown, not applicable.
fn together(results: &[Exact]) -> Result<Answer<Vec<Quantity>>, EvalFault> {
    if results.iter().any(|result| matches!(result, Ok(Answer::Withheld))) {
        return Ok(Answer::Withheld);
    }
    let answers = results.iter().copied().collect::<Result<Vec<_>, _>>()?;
    if answers.iter().any(|answer| matches!(answer, Answer::Unknown)) {
        return Ok(Answer::Unknown);
    }
    Ok(answers.into_iter().map(Answer::value).collect::<Option<_>>().map_or(Answer::NotApplicable, Answer::Value))
}

impl Step {
    fn new(expr: &Expr, unit: Option<Unit>, exact: Exact) -> (Self, Exact) {
        let shown = exact.and_then(|answer| match answer {
            Answer::Value(quantity) => quantity.show(unit.unwrap_or_default()).map(|(value, rounded)| (Answer::Value(value), rounded)),
            nothing => Ok((nothing.map(|_| MetricValue::Number(0.0)), false)),
        });
        let (outcome, rounded) = match shown {
            Ok((answer, rounded)) => (answer.into(), rounded),
            Err(fault) => (Outcome::Fault(fault), false),
        };
        let exact = shown_or_fault(exact, &outcome);
        (Self { expression: expr.to_string(), unit, outcome, rounded, metric: None, period: None, steps: vec![] }, exact)
    }
}

/// What can't be shown is not reckoned with either.
fn shown_or_fault(exact: Exact, outcome: &Outcome) -> Exact {
    match outcome {
        Outcome::Fault(fault) => Err(*fault),
        _ => exact,
    }
}

impl Quantity {
    /// A figure as it was reported.
    pub(in crate::standard) fn read(answer: Answer<MetricValue>, unit: Unit) -> Exact {
        let value = match answer {
            Answer::Value(value) => value,
            nothing => return Ok(nothing.map(|_| Quantity { amount: Fraction::ZERO, currency: None })),
        };
        if !value.suits(unit) {
            return Err(EvalFault::WrongKind);
        }
        let (amount, currency) = match value {
            MetricValue::Number(number) => (Fraction::read(number), None),
            MetricValue::Money(money) => (Some(Fraction::whole(money.minor)), Some(money.currency)),
            MetricValue::Rate(rate) => (Fraction::read(rate.minor), Some(rate.currency)),
            MetricValue::YesNo(_) | MetricValue::Choice(_) => return Err(EvalFault::WrongKind),
        };
        let amount = amount.ok_or(EvalFault::TooLarge)?;
        Ok(Answer::Value(Quantity { amount, currency }))
    }

    fn show(self, unit: Unit) -> Result<(MetricValue, bool), EvalFault> {
        let Some(currency) = self.currency else { return Ok((MetricValue::Number(self.amount.number()), false)) };
        if !unit.is_money() {
            return Ok((MetricValue::Rate(MoneyRate { minor: self.amount.number(), currency }), false));
        }
        let (minor, rounded) = self.amount.rounded().ok_or(EvalFault::TooLarge)?;
        Ok((MetricValue::Money(Money { minor, currency }), rounded))
    }

    fn plus(self, other: Self) -> Result<Self, EvalFault> {
        let currency = self.one_currency(other)?;
        Ok(Self { amount: self.amount.plus(other.amount).ok_or(EvalFault::TooLarge)?, currency })
    }

    fn over(self, other: Self) -> Result<Self, EvalFault> {
        let shared = self.one_currency(other)?;
        if other.amount.is_zero() {
            return Err(EvalFault::DivisionByZero);
        }
        let amount = self.amount.over(other.amount).ok_or(EvalFault::TooLarge)?;
        Ok(Self { amount, currency: if other.currency.is_some() { None } else { shared } })
    }

    fn one_currency(self, other: Self) -> Result<Option<Currency>, EvalFault> {
        match (self.currency, other.currency) {
            (Some(one), Some(two)) if one != two => Err(EvalFault::MixedCurrencies),
            (one, two) => Ok(one.or(two)),
        }
    }
}

impl Operator {
    fn apply(self, left: Quantity, right: Quantity) -> Result<Quantity, EvalFault> {
        match self {
            Self::Add => left.plus(right),
            Self::Subtract => {
                let currency = left.one_currency(right)?;
                Ok(Quantity { amount: left.amount.minus(right.amount).ok_or(EvalFault::TooLarge)?, currency })
            }
            Self::Multiply => {
                let currency = left.one_currency(right)?;
                Ok(Quantity { amount: left.amount.times(right.amount).ok_or(EvalFault::TooLarge)?, currency })
            }
            Self::Divide => left.over(right),
        }
    }
}

impl Function {
    fn apply(self, values: &[Quantity]) -> Result<Quantity, EvalFault> {
        let [first, rest @ ..] = values else { return Err(EvalFault::UnitMismatch) };
        let sum = || rest.iter().try_fold(*first, |sum, value| sum.plus(*value));
        match self {
            Self::Sum => sum(),
            Self::Mean => sum()?.over(Quantity { amount: Fraction::whole(values.len() as i64), currency: None }),
            Self::Share => {
                let whole = rest.first().copied().ok_or(EvalFault::UnitMismatch)?;
                let share = first.over(whole)?;
                let beyond = whole.amount.minus(first.amount).ok_or(EvalFault::TooLarge)?.is_negative();
                if first.amount.is_negative() || beyond { Err(EvalFault::PartOutsideWhole) } else { Ok(share) }
            }
            Self::Per => first.over(rest.first().copied().ok_or(EvalFault::UnitMismatch)?),
        }
    }
}
