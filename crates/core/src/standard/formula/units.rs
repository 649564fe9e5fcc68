//! What unit a formula's value has, or where its units do not fit.

use super::{Expr, Formula, Function, Operator};
use crate::standard::{BaseUnit, MetricCode, Unit};

/// Where the units of a formula do not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{expression}: {why}")]
pub struct UnitFault {
    /// The smallest part of the formula that is wrong.
    pub expression: String,
    pub why: String,
}

impl Formula {
    /// The unit of its value. `units` gives a metric's unit, or None for one that is unknown or no number.
    pub fn unit(&self, units: &dyn Fn(&MetricCode) -> Option<Unit>) -> Result<Unit, UnitFault> {
        of(&self.0, units)
    }
}

fn of(expr: &Expr, units: &dyn Fn(&MetricCode) -> Option<Unit>) -> Result<Unit, UnitFault> {
    let fault = |why| UnitFault { expression: expr.to_string(), why };
    match expr {
        Expr::Number(_) => Ok(Unit::ONE),
        Expr::Metric(code) | Expr::Previous(code) => {
            let unit = units(code).ok_or_else(|| fault("no such metric, or its answer is no number".into()))?;
            bearable(unit).map_err(fault)
        }
        Expr::Binary(operator, left, right) => operator.unit(of(left, units)?, of(right, units)?).map_err(fault),
        Expr::Call(function, arguments) => {
            let units = arguments.iter().map(|argument| of(argument, units)).collect::<Result<Vec<_>, _>>()?;
            function.unit(&units).map_err(fault)
        }
    }
}

/// One amount has one currency, so money occurs once or not at all.
pub(super) fn bearable(unit: Unit) -> Result<Unit, String> {
    match unit.power(BaseUnit::Money) {
        0 | 1 => Ok(unit),
        _ => Err(format!("{unit} is no unit that a figure can have: money may be divided, not multiplied by money or divided into")),
    }
}

impl Operator {
    pub(super) fn unit(self, left: Unit, right: Unit) -> Result<Unit, String> {
        match self {
            Self::Add | Self::Subtract => same(&[left, right]),
            Self::Multiply => left.times(right).ok_or_else(|| format!("{left} times {right} is beyond all use")).and_then(bearable),
            Self::Divide => left.over(right).ok_or_else(|| format!("{left} divided by {right} is beyond all use")).and_then(bearable),
        }
    }
}

impl Function {
    pub(super) fn unit(self, units: &[Unit]) -> Result<Unit, String> {
        match (self, units) {
            (Self::Sum | Self::Mean, units) => same(units),
            (Self::Share, units) => same(units).map(|_| Unit::ONE),
            (Self::Per, [what, each]) => Operator::Divide.unit(*what, *each),
            (Self::Per, _) => Err("per has two arguments".into()),
        }
    }
}

fn same(units: &[Unit]) -> Result<Unit, String> {
    let (Some(first), other) = (units.first(), units.iter().find(|unit| **unit != units[0])) else { return Err("no arguments".into()) };
    match other {
        None => Ok(*first),
        Some(other) => Err(format!("{first} and {other} do not fit together")),
    }
}
