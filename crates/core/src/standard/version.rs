//! One version of the standard, whole: what was measured in its time can be read from it alone.

use super::{EvidenceDecay, Metric, MetricCode, Pillar, Text, Unit};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// 1, 2, 3 …
    pub version: u32,
    pub adopted: chrono::NaiveDate,
    /// How long evidence holds.
    pub decay: EvidenceDecay,
    /// Why that long.
    pub decay_rationale: Text,
    /// In the order of its pages; retired ones included.
    pub metrics: Vec<Metric>,
}

impl Standard {
    pub fn metric(&self, code: &MetricCode) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.code == *code)
    }

    pub fn of_pillar(&self, pillar: Pillar) -> impl Iterator<Item = &Metric> {
        self.metrics.iter().filter(move |metric| metric.pillar == pillar)
    }

    /// The unit of a metric that formulas can use.
    pub fn unit(&self, code: &MetricCode) -> Option<Unit> {
        self.metric(code).filter(|metric| metric.is_number()).map(|metric| metric.unit)
    }

    /// Of all weights in its pillar, the part that is this metric's. None: it is worth no points.
    pub fn weight(&self, metric: &Metric) -> Option<f64> {
        let own = metric.scoring.as_ref().filter(|_| metric.change != super::Change::Retired)?.weight;
        let scored = self.of_pillar(metric.pillar).filter(|other| other.change != super::Change::Retired);
        let all: u32 = scored.filter_map(|other| other.scoring.as_ref()).map(|scoring| u32::from(scoring.weight)).sum();
        (all > 0).then(|| f64::from(own) / f64::from(all))
    }
}
