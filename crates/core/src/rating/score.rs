//! From figures to a rating: metric, pillar, whole; every number can be opened down to the readings that it rests on.

use super::{Level, Method};
use crate::codes::code_list;
use crate::ids::ReadingId;
use crate::metrics::{FigureRow, ReportingPeriod};
use crate::standard::{Metric, MetricCode, MetricValue, Outcome, Pillar, ReadingGrade, Scoring, Standard, Step, Tier};
use serde::{Deserialize, Serialize};

/// A score with how far it may be off. All three are of the same scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RatingBand))]
pub struct Band {
    /// By what is known alone.
    pub score: f64,
    /// If all that is unknown were worst, and all evidence as far off as its grade allows.
    pub low: f64,
    /// If it were best.
    pub high: f64,
}

code_list! {
    /// Why there is no rating.
    pub enum Why: "a reason for no rating" {
        /// Too little of the pillar's weight is known.
        TooLittleKnown = "too_little_known",
        /// Nothing in the pillar applies to the organisation.
        NothingApplies = "nothing_applies",
    }
}

/// A pillar without which there is no rating.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotRated {
    pub pillar: Pillar,
    pub why: Why,
}

/// What one metric brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MetricScore {
    pub metric: MetricCode,
    pub tier: Tier,
    /// Its part of the pillar, 0 to 1, among those that apply.
    pub weight: f64,
    pub outcome: Outcome,
    /// Where the figure lies between floor (0) and target (1); null where there is no figure.
    pub normalised: Option<f64>,
    /// What of that counts: none of an advanced metric while the basics don't hold.
    pub counted: Option<f64>,
    pub grade: Option<ReadingGrade>,
    /// How the figure was worked out.
    pub step: Option<Step>,
    pub rests_on: Vec<ReadingId>,
}

/// What one pillar comes to, 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PillarScore {
    pub pillar: Pillar,
    /// Null: not rated.
    pub band: Option<Band>,
    /// Of the weight that applies, how much is known, 0 to 1.
    pub known: f64,
    /// The basics hold, so that advanced metrics count; null where no basic metric is known.
    pub basics_hold: Option<bool>,
    pub metrics: Vec<MetricScore>,
}

/// A rating: what an organisation's figures of a year come to under a version of the standard and of the method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rating {
    /// The last of the four quarters that it rests on.
    pub year_to: ReportingPeriod,
    pub standard: u32,
    pub method: Method,
    /// 0 to 100; null: not rated, `missing` says why.
    pub band: Option<Band>,
    /// Null: not rated, or below the lowest level.
    pub level: Option<Level>,
    pub missing: Vec<NotRated>,
    pub pillars: Vec<PillarScore>,
}

/// Rates the figures of the four quarters up to `year_to`.
pub fn rate(standard: &Standard, method: Method, year_to: ReportingPeriod, rows: &[FigureRow]) -> Rating {
    let pillars: Vec<PillarScore> = Pillar::ALL
        .iter()
        .filter(|pillar| standard.of_pillar(**pillar).any(|metric| standard.weight(metric).is_some()))
        .map(|pillar| rate_pillar(standard, method, *pillar, rows))
        .collect();
    let missing: Vec<NotRated> = pillars.iter().filter(|p| p.band.is_none()).map(not_rated).collect();
    let bands: Vec<Band> = pillars.iter().filter_map(|pillar| pillar.band).collect();
    let band = (missing.is_empty() && !bands.is_empty()).then(|| {
        let mean = |part: fn(&Band) -> f64| bands.iter().map(part).sum::<f64>() / bands.len() as f64;
        Band { score: mean(|b| b.score), low: mean(|b| b.low), high: mean(|b| b.high) }
    });
    let weakest = bands.iter().map(|band| band.low).fold(f64::INFINITY, f64::min);
    let level = band.and_then(|band| method.level(band.low, weakest));
    Rating { year_to, standard: standard.version, method, band, level, missing, pillars }
}

fn not_rated(pillar: &PillarScore) -> NotRated {
    let why = if pillar.metrics.iter().all(|m| m.outcome == Outcome::NotApplicable) { Why::NothingApplies } else { Why::TooLittleKnown };
    NotRated { pillar: pillar.pillar, why }
}

struct Scored<'a> {
    metric: &'a Metric,
    row: Option<&'a FigureRow>,
    weight: f64,
    normalised: Option<f64>,
}

impl Scored<'_> {
    fn applies(&self) -> bool {
        self.row.is_none_or(|row| row.outcome != Outcome::NotApplicable)
    }
}

fn rate_pillar(standard: &Standard, method: Method, pillar: Pillar, rows: &[FigureRow]) -> PillarScore {
    let mut scored: Vec<Scored> = standard
        .of_pillar(pillar)
        .filter_map(|metric| {
            let (weight, scoring) = (standard.weight(metric)?, metric.scoring.as_ref()?);
            let row = rows.iter().find(|row| row.metric == metric.code);
            let normalised = row.and_then(|row| normalise(scoring, row.outcome.value()?));
            Some(Scored { metric, row, weight, normalised })
        })
        .collect();
    share_out(&mut scored, method.cap);
    let sum = |of: &dyn Fn(&Scored) -> f64| scored.iter().filter(|s| s.applies()).map(of).sum::<f64>();
    let known = sum(&|s| if s.normalised.is_some() { s.weight } else { 0.0 });
    let basics: Vec<(f64, f64)> =
        scored.iter().filter(|s| s.metric.tier == Tier::Basic && s.applies()).filter_map(|s| Some((s.weight, s.normalised?))).collect();
    let basic_weight: f64 = basics.iter().map(|(weight, _)| weight).sum();
    // Unknown basics count as nothing: whoever says a figure never loses by it.
    let all_basics: f64 = scored.iter().filter(|s| s.metric.tier == Tier::Basic && s.applies()).map(|s| s.weight).sum();
    let has_basics = all_basics > 0.0;
    let basics_hold = (basic_weight > 0.0).then(|| basics.iter().map(|(w, n)| w * n).sum::<f64>() / all_basics >= method.basics);
    // Where there are no basics to hold, nothing is held back.
    let gate_open = if has_basics { basics_hold == Some(true) } else { true };
    let counted = |s: &Scored| s.normalised.map(|n| if s.metric.tier == Tier::Basic || gate_open { n } else { 0.0 });
    let slack = |s: &Scored| method.slack(s.row.and_then(|row| row.grade).unwrap_or(ReadingGrade::SelfDeclared));
    // A figure held back by the gate is held back at both ends of the band.
    let end = |s: &Scored, unknown: f64, way: f64| match counted(s) {
        None => unknown,
        Some(0.0) if !gate_open && s.metric.tier == Tier::Advanced => 0.0,
        Some(n) => (n + way * slack(s)).clamp(0.0, 1.0),
    };
    let rated = known > 0.0 && known + 1e-9 >= method.least_known;
    let band = rated.then(|| Band {
        score: 100.0 * sum(&|s| s.weight * counted(s).unwrap_or_default()) / known,
        low: 100.0 * sum(&|s| s.weight * end(s, 0.0, -1.0)),
        high: 100.0 * sum(&|s| s.weight * end(s, 1.0, 1.0)),
    });
    let metrics = scored
        .iter()
        .map(|s| MetricScore {
            metric: s.metric.code.clone(),
            tier: s.metric.tier,
            weight: if s.applies() { s.weight } else { 0.0 },
            outcome: s.row.map_or(Outcome::Unknown, |row| row.outcome.clone()),
            normalised: s.normalised,
            counted: counted(s),
            grade: s.row.and_then(|row| row.grade),
            step: s.row.and_then(|row| row.step.clone()),
            rests_on: s.row.map(|row| row.rests_on.clone()).unwrap_or_default(),
        })
        .collect();
    PillarScore { pillar, band, known, basics_hold, metrics }
}

/// Weights among those that apply add up to 1, and none is above the cap while others can take what is above it.
fn share_out(scored: &mut [Scored], cap: f64) {
    let applying: Vec<usize> = (0..scored.len()).filter(|i| scored[*i].applies()).collect();
    let total: f64 = applying.iter().map(|i| scored[*i].weight).sum();
    if total <= 0.0 {
        return;
    }
    applying.iter().for_each(|i| scored[*i].weight /= total);
    let mut free = applying;
    loop {
        let (over, under): (Vec<usize>, Vec<usize>) = free.iter().copied().partition(|i| scored[*i].weight > cap + 1e-12);
        let room: f64 = under.iter().map(|i| scored[*i].weight).sum();
        if over.is_empty() || room <= 0.0 {
            return;
        }
        let above: f64 = over.iter().map(|i| scored[*i].weight - cap).sum();
        over.iter().for_each(|i| scored[*i].weight = cap);
        under.iter().for_each(|i| scored[*i].weight *= (room + above) / room);
        free = under;
    }
}

fn normalise(scoring: &Scoring, value: &MetricValue) -> Option<f64> {
    match (value, &scoring.thresholds) {
        (MetricValue::YesNo(yes), None) => Some(f64::from(u8::from(*yes))),
        (MetricValue::Number(number), Some(thresholds)) => thresholds.normalise(*number),
        _ => None,
    }
}
