//! What must hold of a version before anybody is asked to report by it.

use super::{
    BaseUnit, Change, Direction, EvidenceDecay, Expr, Formula, Function, Metric, MetricCode, MetricKind, Pillar, Standard, Text, Unit,
};
use crate::codes::code_list;
use crate::problem::FieldError;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

code_list! {
    pub enum FaultKind: "a kind of fault of a standard" {
        DuplicateCode = "duplicate_code",
        EmptyText = "empty_text",
        LongText = "long_text",
        UnknownReference = "unknown_reference",
        /// A formula uses a retired metric.
        RetiredReference = "retired_reference",
        /// A formula uses a metric whose answer is no number.
        NotANumber = "not_a_number",
        Cycle = "cycle",
        /// The units in a formula do not fit, or not the metric's.
        UnitMismatch = "unit_mismatch",
        /// The unit, formula or options are not those of the metric's kind.
        KindMismatch = "kind_mismatch",
        Options = "options",
        Dimension = "dimension",
        Crosswalk = "crosswalk",
        Scoring = "scoring",
        /// A pillar whose metrics are worth nothing.
        EmptyPillar = "empty_pillar",
        Decay = "decay",
        TooMany = "too_many",
        Version = "version",
        /// The change is declared milder than it is.
        DishonestChange = "dishonest_change",
        /// A metric is gone; it should be retired.
        Removed = "removed",
    }
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StandardFault))]
pub struct Fault {
    pub kind: FaultKind,
    pub metric: Option<MetricCode>,
    /// JSON pointer into the standard.
    pub pointer: String,
    pub message: String,
}

impl From<Fault> for FieldError {
    fn from(fault: Fault) -> Self {
        FieldError { pointer: fault.pointer, code: fault.kind.as_str().into(), message: fault.message }
    }
}

const MOST_METRICS: usize = 200;
const LONGEST_NAME: usize = 120;
const LONGEST_TEXT: usize = 3000;

impl Standard {
    /// Everything that is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults { place: String::new(), metric: None, found: vec![] };
        if self.version == 0 {
            faults.add(FaultKind::Version, "/version", "Versions are counted from 1.");
        }
        if self.metrics.len() > MOST_METRICS {
            faults.add(FaultKind::TooMany, "/metrics", format!("A standard has at most {MOST_METRICS} metrics."));
            return faults.found;
        }
        let EvidenceDecay { documented, third_party_audited, worker_corroborated, outcome_verified } = self.decay;
        if [documented, third_party_audited, worker_corroborated, outcome_verified]
            .iter()
            .any(|m| !(1..=EvidenceDecay::LONGEST).contains(m))
        {
            faults.add(FaultKind::Decay, "/decay", format!("Evidence holds for 1 to {} months.", EvidenceDecay::LONGEST));
        }
        faults.text("/decay_rationale", &self.decay_rationale, LONGEST_TEXT);
        let mut seen = BTreeSet::new();
        for (n, metric) in self.metrics.iter().enumerate() {
            faults.enter(n, metric);
            if !seen.insert(&metric.code) {
                faults.add(FaultKind::DuplicateCode, "/code", format!("There is another metric '{}'.", metric.code));
            }
            metric.check(&mut faults);
            if let Some(formula) = &metric.formula {
                self.check_formula(metric, formula, &mut faults);
            }
        }
        for code in self.circular() {
            if let Some((n, metric)) = self.metrics.iter().enumerate().find(|(_, metric)| metric.code == code) {
                faults.enter(n, metric);
                faults.add(FaultKind::Cycle, "/formula", "It needs its own result, by itself or by way of others.");
            }
        }
        faults.leave();
        for pillar in Pillar::ALL {
            let scored = |metric: &Metric| metric.scoring.is_some() && metric.change != Change::Retired;
            if !self.of_pillar(*pillar).any(scored) {
                faults.add(FaultKind::EmptyPillar, "/metrics", format!("No metric of the pillar {pillar} is worth any points."));
            }
        }
        faults.found
    }

    fn check_formula(&self, metric: &Metric, formula: &Formula, faults: &mut Faults) {
        let before = faults.found.len();
        for code in formula.references() {
            match self.metric(&code) {
                None => faults.add(FaultKind::UnknownReference, "/formula", format!("There is no metric '{code}'.")),
                Some(other) if !other.is_number() => {
                    faults.add(FaultKind::NotANumber, "/formula", format!("'{code}' is a {}, not a number.", other.kind));
                }
                Some(other) if other.change == Change::Retired && metric.change != Change::Retired => {
                    faults.add(FaultKind::RetiredReference, "/formula", format!("'{code}' is retired, so nobody reports it."));
                }
                Some(_) => {}
            }
        }
        if faults.found[before..].iter().any(|fault| fault.kind != FaultKind::RetiredReference) {
            return;
        }
        match formula.unit(&|code| self.unit(code)) {
            Ok(unit) if unit == metric.unit => {}
            Ok(unit) => faults.add(FaultKind::UnitMismatch, "/formula", format!("Its value is in {unit}, the metric in {}.", metric.unit)),
            Err(fault) => faults.add(FaultKind::UnitMismatch, "/formula", fault.to_string()),
        }
    }

    /// Metrics that need themselves, also where the way leads through `previous`: such a figure would reach back without end.
    fn circular(&self) -> Vec<MetricCode> {
        let derived: BTreeMap<MetricCode, BTreeSet<MetricCode>> =
            self.metrics.iter().filter_map(|metric| Some((metric.code.clone(), metric.formula.as_ref()?.references()))).collect();
        let reaches_itself = |start: &&MetricCode| {
            let (mut open, mut seen) = (vec![*start], BTreeSet::new());
            while let Some(code) = open.pop() {
                open.extend(derived.get(code).into_iter().flatten().filter(|code| seen.insert(*code)));
            }
            seen.contains(*start)
        };
        derived.keys().filter(reaches_itself).cloned().collect()
    }
}

impl Metric {
    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, LONGEST_NAME);
        faults.text("/definition", &self.definition, LONGEST_TEXT);
        faults.text("/usage", &self.usage, LONGEST_TEXT);
        self.check_kind(faults);
        let mut codes = BTreeSet::new();
        for (n, option) in self.options.iter().enumerate() {
            faults.text(&format!("/options/{n}/name"), &option.name, LONGEST_NAME);
            if !codes.insert(&option.code) {
                faults.add(FaultKind::Options, &format!("/options/{n}/code"), "This option occurs twice.");
            }
        }
        if (0..self.by.len()).any(|n| self.by[..n].contains(&self.by[n])) {
            faults.add(FaultKind::Dimension, "/by", "A dimension occurs twice.");
        }
        if !self.by.is_empty() && !self.is_number() {
            faults.add(FaultKind::Dimension, "/by", format!("A {} can't be broken down.", self.kind));
        }
        for (n, entry) in self.crosswalk.iter().enumerate() {
            let at = format!("/crosswalk/{n}");
            if !entry.catalogue.knows_form(&entry.id) {
                faults.add(FaultKind::Crosswalk, &at, format!("'{}' is no number of the catalogue {}.", entry.id, entry.catalogue));
            }
            if self.crosswalk[..n].iter().any(|other| other.catalogue == entry.catalogue && other.id == entry.id) {
                faults.add(FaultKind::Crosswalk, &at, "This entry occurs twice.");
            }
        }
        self.check_scoring(faults);
    }

    fn check_kind(&self, faults: &mut Faults) {
        use MetricKind::{Choice, Count, Money, Ratio, Share, YesNo};
        let fits = match self.kind {
            Count => self.unit.base().is_some_and(|base| base != BaseUnit::Money),
            Money => self.unit.is_money(),
            Ratio => !self.unit.is_money() && (0..=1).contains(&self.unit.power(BaseUnit::Money)),
            Share | YesNo | Choice => self.unit == Unit::ONE,
        };
        if !fits {
            faults.add(FaultKind::KindMismatch, "/unit", format!("A {} can't be in {}.", self.kind, self.unit));
        }
        if self.formula.is_some() && !self.is_number() {
            faults.add(FaultKind::KindMismatch, "/formula", format!("A {} can't be worked out by a formula.", self.kind));
        }
        let shares = self.formula.as_ref().is_some_and(|formula| matches!(formula.expr(), Expr::Call(Function::Share, _)));
        if self.kind == Share && self.formula.is_some() && !shares {
            faults.add(
                FaultKind::KindMismatch,
                "/formula",
                "The formula of a share begins with share(…), so that it stays between 0 and 1.",
            );
        }
        match (self.kind, self.options.len()) {
            (Choice, 0 | 1) => faults.add(FaultKind::Options, "/options", "A choice has at least two options."),
            (Choice, _) | (_, 0) => {}
            (kind, _) => faults.add(FaultKind::Options, "/options", format!("A {kind} has no options.")),
        }
    }

    fn check_scoring(&self, faults: &mut Faults) {
        let Some(scoring) = &self.scoring else { return };
        let mut wrong = |at: &str, message: &str| faults.add(FaultKind::Scoring, at, message);
        if !(1..=100).contains(&scoring.weight) {
            wrong("/scoring/weight", "A weight is 1 to 100.");
        }
        match (self.kind, &scoring.thresholds) {
            (MetricKind::Choice, _) => wrong("/scoring", "A choice is worth no points: its options have no order."),
            (MetricKind::YesNo, Some(_)) => wrong("/scoring/thresholds", "A yes or no has no thresholds."),
            (MetricKind::YesNo, None) => {}
            (_, None) => wrong("/scoring/thresholds", "A number is worth nothing without a floor and a target."),
            (_, Some(_)) if self.unit.has_currency() => {
                wrong("/scoring", "Amounts in different currencies can't be held to one threshold.")
            }
            (_, Some(t)) if !t.floor.is_finite() || !t.target.is_finite() => wrong("/scoring/thresholds", "Floor and target are numbers."),
            (_, Some(t)) => {
                let fits = match self.direction {
                    Direction::Higher => t.floor < t.target,
                    Direction::Lower => t.floor > t.target,
                    Direction::Neutral => false,
                };
                if !fits {
                    wrong("/scoring/thresholds", "The target lies on the better side of the floor; what is neutral is worth no points.");
                }
            }
        }
        if self.kind == MetricKind::YesNo && self.direction != Direction::Higher {
            wrong("/scoring", "A yes that is worth points is better than a no: its direction is higher.");
        }
        faults.text("/scoring/rationale", &scoring.rationale, LONGEST_TEXT);
    }
}

struct Faults {
    place: String,
    metric: Option<MetricCode>,
    found: Vec<Fault>,
}

impl Faults {
    fn enter(&mut self, n: usize, metric: &Metric) {
        (self.place, self.metric) = (format!("/metrics/{n}"), Some(metric.code.clone()));
    }
    fn leave(&mut self) {
        (self.place, self.metric) = (String::new(), None);
    }
    fn add(&mut self, kind: FaultKind, at: &str, message: impl Into<String>) {
        let pointer = format!("{}{at}", self.place);
        self.found.push(Fault { kind, metric: self.metric.clone(), pointer, message: message.into() });
    }
    fn text(&mut self, at: &str, text: &Text, longest: usize) {
        for (language, text) in [("en", &text.en), ("fr", &text.fr)] {
            let at = format!("{at}/{language}");
            if text.trim().is_empty() {
                self.add(FaultKind::EmptyText, &at, "This text is missing.");
            } else if text.chars().count() > longest {
                self.add(FaultKind::LongText, &at, format!("This text has more than {longest} characters."));
            }
        }
    }
}
