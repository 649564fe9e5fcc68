//! What would lift a rating most: each scored metric alone, brought to its target.

use super::{Method, rate};
use crate::metrics::{FigureRow, ReportingPeriod};
use crate::standard::{Metric, MetricCode, MetricValue, Outcome, ReadingGrade, Standard};
use serde::{Deserialize, Serialize};

/// What reaching one metric's target would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MetricLift {
    pub metric: MetricCode,
    /// Nobody has said the figure yet.
    pub unknown: bool,
    /// Points that the lower end of the band would gain, 0 to 100: unknown figures count there, and evidence.
    pub points: f64,
    /// It would be rated then, and is not now.
    pub rates: bool,
}

/// The largest first; those that would change nothing are left out.
pub fn lifts(standard: &Standard, method: Method, year_to: ReportingPeriod, rows: &[FigureRow], most: usize) -> Vec<MetricLift> {
    let now = rate(standard, method, year_to, rows);
    let low = |rating: &super::Rating, metric: &Metric| {
        let pillar = rating.pillars.iter().find(|p| p.pillar == metric.pillar);
        pillar.and_then(|p| p.band).map(|band| band.low / rating.pillars.len() as f64)
    };
    let lift = |metric: &Metric| {
        let best = best(metric)?;
        let mut changed: Vec<FigureRow> = rows.to_vec();
        let row = changed.iter_mut().find(|row| row.metric == metric.code)?;
        let unknown = row.outcome.value().is_none();
        if row.outcome == Outcome::NotApplicable {
            return None;
        }
        row.outcome = Outcome::Value(best);
        row.grade = row.grade.max(Some(ReadingGrade::SelfDeclared));
        let then = rate(standard, method, year_to, &changed);
        let points = low(&then, metric)? - low(&now, metric).unwrap_or_default();
        let rates = now.band.is_none() && then.band.is_some();
        (points > 1e-9 || rates).then_some(MetricLift { metric: metric.code.clone(), unknown, points, rates })
    };
    let mut found: Vec<MetricLift> = standard.metrics.iter().filter(|m| standard.weight(m).is_some()).filter_map(lift).collect();
    found.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.metric.cmp(&b.metric)));
    found.truncate(most);
    found
}

fn best(metric: &Metric) -> Option<MetricValue> {
    match metric.scoring.as_ref()?.thresholds {
        None => Some(MetricValue::YesNo(true)),
        Some(thresholds) => Some(MetricValue::Number(thresholds.target)),
    }
}
