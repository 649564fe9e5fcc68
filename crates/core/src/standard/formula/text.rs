//! A formula as text: one way of writing each tree, with no bracket that the tree does not need.

use super::{Expr, Formula, Function, Number, Operator};
use std::fmt;

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Metric(code) => code.fmt(f),
            Self::Previous(code) => write!(f, "previous({code})"),
            Self::Binary(operator, left, right) => {
                bracketed(f, left, left.binds() < operator.binds())?;
                write!(f, " {operator} ")?;
                bracketed(f, right, right.binds() <= operator.binds())
            }
            Self::Call(function, arguments) => {
                write!(f, "{function}(")?;
                for (i, argument) in arguments.iter().enumerate() {
                    f.write_str(if i == 0 { "" } else { ", " })?;
                    argument.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}

fn bracketed(f: &mut fmt::Formatter<'_>, expr: &Expr, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({expr})") } else { write!(f, "{expr}") }
}

impl Expr {
    fn binds(&self) -> u8 {
        match self {
            Self::Binary(operator, ..) => operator.binds(),
            _ => 3,
        }
    }
}

impl Operator {
    pub(super) fn binds(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "×",
            Self::Divide => "÷",
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return self.digits.fmt(f);
        }
        let one = 10u64.pow(self.places.into());
        write!(f, "{}.{:0width$}", self.digits / one, self.digits % one, width = self.places.into())
    }
}

impl Function {
    pub(super) fn arguments(self) -> &'static str {
        match self {
            Self::Sum | Self::Mean => "at least one argument",
            Self::Share => "two arguments: the part and the whole",
            Self::Per => "two arguments: what, and for each of what",
        }
    }
}
