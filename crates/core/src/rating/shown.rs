//! To whom a rating is shown, and the organisation's own words beside it.

use super::{Band, MetricLift, Rating};
use crate::Instant;
use crate::ids::OrganisationId;
use crate::metrics::{Audience, ReportingPeriod};
use crate::standard::Outcome;
use serde::{Deserialize, Serialize};

/// What an organisation decides of its rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct RatingDisplay {
    pub audience: Audience,
    /// Its reply, which stands beside the rating wherever that is shown. Plain text.
    #[cfg_attr(feature = "validate", validate(length(max = 2000)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    #[serde(default)]
    pub reply: Option<String>,
}

impl Default for RatingDisplay {
    fn default() -> Self {
        Self { audience: Audience::Organisation, reply: None }
    }
}

/// The same with its version, 0 while nothing was ever decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingShown {
    pub display: RatingDisplay,
    pub version: i32,
    pub updated_at: Option<Instant>,
}

/// A rating as one may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingDetail {
    pub organisation: OrganisationId,
    pub rating: Rating,
    pub reply: Option<String>,
    /// What would lift it most; to the organisation only.
    pub lifts: Vec<MetricLift>,
    /// To whom it is shown; to the organisation only.
    pub shown: Option<RatingShown>,
    /// The quarters up to which there is anything to rate, newest first; to the organisation only.
    pub quarters: Vec<ReportingPeriod>,
}

fn whole(band: Band) -> Band {
    Band { score: band.score.round(), low: band.low.floor(), high: band.high.ceil() }
}

impl Rating {
    /// As others may read it: the figures of each metric stay with the organisation, which shows readings one by one. Points are
    /// whole, and a pillar that rests on fewer than three known metrics has none, as they would tell the figures.
    pub fn to_others(mut self) -> Self {
        const FEWEST: usize = 3;
        self.band = self.band.map(whole);
        for pillar in &mut self.pillars {
            let known = pillar.metrics.iter().filter(|metric| metric.normalised.is_some()).count();
            pillar.band = pillar.band.filter(|_| known >= FEWEST).map(whole);
            pillar.known = (pillar.known * 10.0).round() / 10.0;
        }
        for metric in self.pillars.iter_mut().flat_map(|pillar| &mut pillar.metrics) {
            if metric.outcome != Outcome::NotApplicable {
                metric.outcome = Outcome::Withheld;
            }
            metric.step = None;
            metric.rests_on.clear();
            metric.normalised = None;
            metric.counted = None;
        }
        self
    }
}
