//! The derived metrics of a standard, worked out from what was reported. Each is worked out once, after those it needs,
//! so that neither long chains nor many uses of one metric cost more than their number.

use super::formula::{Exact, Source};
use super::{Answer, EvalFault, Formula, MetricCode, MetricValue, Outcome, Period, Standard, Step, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A metric's figure and how it came about. A screen opens `step`; where a part of it looks up another derived metric,
/// that one's steps are in `derived`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evaluation {
    pub metric: MetricCode,
    pub outcome: Outcome,
    /// Null for a metric that is reported.
    pub step: Option<Step>,
    /// The derived metrics of the same period that it rests on.
    pub derived: BTreeMap<MetricCode, Step>,
}

/// All derived metrics of one organisation and period.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluations {
    pub steps: BTreeMap<MetricCode, Step>,
}

struct Known<'a> {
    standard: &'a Standard,
    answers: &'a dyn Fn(&MetricCode, Period) -> Answer<MetricValue>,
    done: BTreeMap<MetricCode, Exact>,
}

impl Source for Known<'_> {
    fn unit(&self, code: &MetricCode) -> Option<Unit> {
        self.standard.unit(code)
    }
    fn figure(&self, code: &MetricCode, period: Period) -> Exact {
        let unit = self.unit(code).ok_or(EvalFault::UnknownMetric)?;
        match self.done.get(code) {
            Some(exact) if period == Period::Current => *exact,
            _ if period == Period::Current && self.standard.formula(code).is_some() => Err(EvalFault::Cycle),
            _ => super::formula::Quantity::read((self.answers)(code, period), unit),
        }
    }
}

impl Standard {
    pub(super) fn formula(&self, code: &MetricCode) -> Option<&Formula> {
        self.metric(code)?.formula.as_ref()
    }

    /// The derived metrics among these and all that they need, each after those it needs; and those that need themselves.
    pub(super) fn in_order(&self, wanted: impl IntoIterator<Item = MetricCode>) -> (Vec<MetricCode>, Vec<MetricCode>) {
        let mut needs: BTreeMap<MetricCode, Vec<MetricCode>> = BTreeMap::new();
        let mut open: Vec<MetricCode> = wanted.into_iter().collect();
        while let Some(code) = open.pop() {
            if let (false, Some(formula)) = (needs.contains_key(&code), self.formula(&code)) {
                let derived: Vec<_> = formula.current_references().into_iter().filter(|code| self.formula(code).is_some()).collect();
                open.extend(derived.iter().cloned());
                needs.insert(code, derived);
            }
        }
        let mut order: Vec<MetricCode> = Vec::new();
        loop {
            let ready = |(_, of): &(&MetricCode, &Vec<MetricCode>)| of.iter().all(|code| order.contains(code));
            let next: Vec<MetricCode> = needs.iter().filter(ready).map(|(code, _)| code.clone()).collect();
            if next.is_empty() {
                return (order, needs.into_keys().collect());
            }
            next.iter().for_each(|code| drop(needs.remove(code)));
            order.extend(next);
        }
    }

    /// One metric, with the way there. `answers` gives reported figures, and of earlier periods also derived ones.
    /// None: the standard has no such metric.
    pub fn evaluate(&self, code: &MetricCode, answers: &dyn Fn(&MetricCode, Period) -> Answer<MetricValue>) -> Option<Evaluation> {
        let metric = self.metric(code)?;
        if metric.formula.is_none() {
            let outcome = answers(code, Period::Current).into();
            return Some(Evaluation { metric: code.clone(), outcome, step: None, derived: BTreeMap::new() });
        }
        let mut derived = self.run([code.clone()], answers).steps;
        let step = derived.remove(code)?;
        Some(Evaluation { metric: code.clone(), outcome: step.outcome.clone(), step: Some(step), derived })
    }

    /// All derived metrics that are not retired.
    pub fn evaluate_all(&self, answers: &dyn Fn(&MetricCode, Period) -> Answer<MetricValue>) -> Evaluations {
        let wanted = self.metrics.iter().filter(|metric| metric.change != super::Change::Retired);
        self.run(wanted.map(|metric| metric.code.clone()), answers)
    }

    fn run(
        &self,
        wanted: impl IntoIterator<Item = MetricCode>,
        answers: &dyn Fn(&MetricCode, Period) -> Answer<MetricValue>,
    ) -> Evaluations {
        let (order, circular) = self.in_order(wanted);
        let mut known = Known { standard: self, answers, done: BTreeMap::new() };
        let mut steps = BTreeMap::new();
        for code in order.into_iter().chain(circular) {
            if let Some(formula) = self.formula(&code) {
                let (step, exact) = formula.evaluate_exactly(&known);
                known.done.insert(code.clone(), exact);
                steps.insert(code, step);
            }
        }
        Evaluations { steps }
    }
}
