//! All figures of an organisation, or of one of its sites, in a period: what was reported, what follows from it, and how.

use super::{Doubtful, Figure, Reading, ReportingPeriod, doubts};
use crate::ids::{OrganisationId, ReadingId, SiteId};
use crate::money::Money;
use crate::standard::{Answer, Change, Metric, MetricCode, MetricKind, MetricValue, Outcome, Period, ReadingGrade, Standard, Step, Timing};
use serde::{Deserialize, Serialize};

/// One metric's figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureRow {
    pub metric: MetricCode,
    pub outcome: Outcome,
    /// The weakest grade among the readings that it rests on; null where it rests on none.
    pub grade: Option<ReadingGrade>,
    /// How it was worked out; null for what is reported.
    pub step: Option<Step>,
    /// What was reported for just this period, where it was.
    pub reading: Option<Reading>,
    /// All readings that it rests on: itself, its quarters, those that its formula looks up.
    pub rests_on: Vec<ReadingId>,
    /// A year's figure that was put together from the readings of its quarters.
    pub from_quarters: bool,
    /// The reading of the period before, to be offered where this one is not given yet.
    pub before: Option<Reading>,
    pub doubts: Vec<Doubtful>,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureSheet {
    pub organisation: OrganisationId,
    pub period: ReportingPeriod,
    /// Null is the whole organisation.
    pub site: Option<SiteId>,
    /// The version of the standard whose metrics and formulas these are.
    pub standard: u32,
    /// The day by which the period's figures are expected; what is given later is late, and taken all the same.
    pub due_on: chrono::NaiveDate,
    /// In the order of the standard.
    pub rows: Vec<FigureRow>,
    /// The periods for which anything was reported, newest first.
    pub periods: Vec<ReportingPeriod>,
}

/// What time figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Period(ReportingPeriod),
    /// The four quarters that end with this one.
    YearTo(ReportingPeriod),
}

impl Span {
    /// A period whose own readings are of just this time.
    fn period(self) -> Option<ReportingPeriod> {
        match self {
            Self::Period(period) => Some(period),
            Self::YearTo(quarter) => Some(quarter.whole_year()).filter(|year| year.last_day() == quarter.last_day()),
        }
    }
    /// Oldest first; none of a single quarter.
    fn quarters(self) -> Vec<ReportingPeriod> {
        match self {
            Self::Period(period) if period.is_year() => period.quarters(),
            Self::Period(_) => vec![],
            Self::YearTo(last) => {
                let mut quarters: Vec<_> = std::iter::successors(Some(last), |q| q.previous()).take(4).collect();
                quarters.reverse();
                quarters
            }
        }
    }
    fn previous(self) -> Option<Self> {
        match self {
            Self::Period(period) => period.previous().map(Self::Period),
            Self::YearTo(last) => std::iter::successors(Some(last), |q| q.previous()).nth(4).map(Self::YearTo),
        }
    }
    fn periods(self) -> Vec<ReportingPeriod> {
        let both = [Some(self), self.previous()].into_iter().flatten();
        both.flat_map(|span| span.period().into_iter().chain(span.quarters())).collect()
    }
}

fn sorted(mut periods: Vec<ReportingPeriod>) -> Vec<ReportingPeriod> {
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// How many days after its last a period's figures are expected: our proposal, until the standard decides.
pub const DUE_DAYS: u64 = 45;

/// The day by which the period's figures are expected.
pub fn due_on(period: ReportingPeriod) -> chrono::NaiveDate {
    let last = period.last_day();
    last.checked_add_days(chrono::Days::new(DUE_DAYS)).unwrap_or(last)
}

/// The periods whose readings the figures of `period` rest on and are compared with.
pub fn periods_behind(period: ReportingPeriod) -> Vec<ReportingPeriod> {
    sorted(Span::Period(period).periods().into_iter().chain([period.whole_year()]).chain(period.whole_year().quarters()).collect())
}

/// The periods whose readings the figures of the four quarters up to `quarter` rest on.
pub fn periods_of_year_to(quarter: ReportingPeriod) -> Vec<ReportingPeriod> {
    sorted(Span::YearTo(quarter).periods())
}

/// Readings of one organisation and site.
struct Known<'a> {
    standard: &'a Standard,
    readings: Vec<&'a Reading>,
}

/// What was reported, and by which readings.
struct Reported<'a> {
    answer: Answer<MetricValue>,
    by: Vec<&'a Reading>,
}

impl<'a> Known<'a> {
    fn reading(&self, code: &MetricCode, period: ReportingPeriod) -> Option<&'a Reading> {
        self.readings.iter().copied().find(|r| r.figure.period == period && r.figure.metric == *code)
    }

    /// The reported answer; of a year that wasn't reported as one, that of its quarters.
    fn reported(&self, code: &MetricCode, span: Span) -> Reported<'a> {
        if let Some(reading) = span.period().and_then(|period| self.reading(code, period)) {
            return Reported { answer: reading.stated.answer.clone(), by: vec![reading] };
        }
        let of_quarters = self.standard.metric(code).and_then(|metric| self.of_quarters(metric, span));
        of_quarters.unwrap_or(Reported { answer: Answer::Unknown, by: vec![] })
    }

    fn of_quarters(&self, metric: &Metric, span: Span) -> Option<Reported<'a>> {
        let quarters = span.quarters();
        let last = self.reading(&metric.code, *quarters.last()?);
        if metric.timing == Timing::AtEnd {
            return last.map(|reading| Reported { answer: reading.stated.answer.clone(), by: vec![reading] });
        }
        let by: Vec<&Reading> = quarters.iter().map(|quarter| self.reading(&metric.code, *quarter)).collect::<Option<_>>()?;
        // What is withheld once is withheld for the year; what never applied does not apply to it.
        let all = |wanted: Answer<MetricValue>| by.iter().all(|r| r.stated.answer == wanted);
        if by.iter().any(|r| r.stated.answer == Answer::Withheld) {
            return Some(Reported { answer: Answer::Withheld, by });
        }
        if all(Answer::NotApplicable) {
            return Some(Reported { answer: Answer::NotApplicable, by });
        }
        let values: Vec<MetricValue> = by.iter().map(|r| r.stated.answer.clone().value()).collect::<Option<_>>()?;
        let count = values.len() as f64;
        let sum = values.into_iter().map(Some).reduce(|sum, next| add(sum?, next?)).flatten()?;
        let value = match (metric.kind, sum) {
            (MetricKind::Share | MetricKind::Ratio, MetricValue::Number(sum)) => MetricValue::Number(sum / count),
            (MetricKind::Count | MetricKind::Money, sum) => sum,
            _ => return None,
        };
        Some(Reported { answer: Answer::Value(value), by })
    }

    /// An answer of the span or the one before; of the one before also what is worked out, as far as it needs no earlier one.
    fn look_up(&self, code: &MetricCode, of: Period, span: Span) -> Answer<MetricValue> {
        match (of, span.previous()) {
            (Period::Current, _) => self.reported(code, span).answer,
            (Period::Previous, None) => Answer::Unknown,
            (Period::Previous, Some(before)) if self.standard.metric(code).is_some_and(|m| m.formula.is_some()) => {
                let only_current = |code: &MetricCode, of: Period| match of {
                    Period::Current => self.reported(code, before).answer,
                    Period::Previous => Answer::Unknown,
                };
                match self.standard.evaluate(code, &only_current).map(|e| e.outcome) {
                    Some(Outcome::Value(value)) => Answer::Value(value),
                    Some(Outcome::NotApplicable) => Answer::NotApplicable,
                    Some(Outcome::Withheld) => Answer::Withheld,
                    _ => Answer::Unknown,
                }
            }
            (Period::Previous, Some(before)) => self.reported(code, before).answer,
        }
    }

    /// The readings that a step looks up, its derived metrics followed.
    fn behind(&self, step: &Step, derived: &std::collections::BTreeMap<MetricCode, Step>, span: Span, into: &mut Vec<&'a Reading>) {
        for step in &step.steps {
            self.behind(step, derived, span, into);
        }
        let Some(code) = &step.metric else { return };
        match (step.period, derived.get(code)) {
            (Some(Period::Previous), _) => into.extend(span.previous().map(|before| self.reported(code, before).by).unwrap_or_default()),
            (_, Some(step)) => self.behind(step, derived, span, into),
            (_, None) => into.extend(self.reported(code, span).by),
        }
    }

    fn rows(&self, span: Span, all: &[Reading]) -> Vec<FigureRow> {
        let derived = self.standard.evaluate_all(&|code, of| self.look_up(code, of, span)).steps;
        let row = |metric: &Metric| {
            let reading = span.period().and_then(|period| self.reading(&metric.code, period));
            let step = derived.get(&metric.code).cloned();
            let reported = self.reported(&metric.code, span);
            let mut behind = vec![];
            match &step {
                Some(step) => self.behind(step, &derived, span, &mut behind),
                None => behind = reported.by,
            }
            behind.sort_by_key(|reading| reading.id);
            behind.dedup_by_key(|reading| reading.id);
            let before = span.previous().and_then(Span::period).and_then(|before| self.reading(&metric.code, before));
            FigureRow {
                metric: metric.code.clone(),
                outcome: step.as_ref().map_or_else(|| reported.answer.into(), |step| step.outcome.clone()),
                grade: behind.iter().map(|reading| reading.grade).min(),
                from_quarters: step.is_none() && reading.is_none() && !behind.is_empty(),
                rests_on: behind.iter().map(|reading| reading.id).collect(),
                step,
                reading: reading.cloned(),
                before: before.cloned(),
                doubts: reading.map(|reading| asked_about(metric, reading, all)).unwrap_or_default(),
            }
        };
        self.standard.metrics.iter().filter(|metric| metric.change != Change::Retired).map(row).collect()
    }
}

fn add(a: MetricValue, b: MetricValue) -> Option<MetricValue> {
    match (a, b) {
        (MetricValue::Number(a), MetricValue::Number(b)) => Some(MetricValue::Number(a + b)),
        (MetricValue::Money(a), MetricValue::Money(b)) if a.currency == b.currency => {
            Some(MetricValue::Money(Money { minor: a.minor.checked_add(b.minor)?, currency: a.currency }))
        }
        _ => None,
    }
}

/// The figures that follow from `readings`: those of one organisation, of `periods_behind(period)` or more.
pub fn figures(standard: &Standard, readings: &[Reading], period: ReportingPeriod, site: Option<SiteId>) -> Vec<FigureRow> {
    known(standard, readings, site).rows(Span::Period(period), readings)
}

/// The figures of the four quarters up to `quarter`, of the whole organisation: what is compared between organisations.
pub fn figures_of_year_to(standard: &Standard, readings: &[Reading], quarter: ReportingPeriod) -> Vec<FigureRow> {
    known(standard, readings, None).rows(Span::YearTo(quarter), readings)
}

fn known<'a>(standard: &'a Standard, readings: &'a [Reading], site: Option<SiteId>) -> Known<'a> {
    Known { standard, readings: readings.iter().filter(|r| r.figure.site == site).collect() }
}

/// What a reading is asked about, seen beside others of the same organisation.
pub fn asked_about(metric: &Metric, reading: &Reading, others: &[Reading]) -> Vec<Doubtful> {
    let same = others.iter().filter(|other| other.figure.metric == metric.code);
    let values: Vec<(Figure, MetricValue)> =
        same.filter_map(|other| Some((other.figure.clone(), other.stated.answer.clone().value()?))).collect();
    doubts(metric, &reading.figure, &reading.stated, &values)
}
