//! To whom a rating is shown, and the organisation's own words beside it.

use super::{MetricLift, Rating};
use crate::Instant;
use crate::ids::OrganisationId;
use crate::metrics::{Audience, ReportingPeriod};
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

impl Rating {
    /// As others may read it: the figures of each metric stay with the organisation, which shows readings one by one.
    pub fn to_others(mut self) -> Self {
        for metric in self.pillars.iter_mut().flat_map(|pillar| &mut pillar.metrics) {
            if metric.outcome.value().is_some() {
                metric.outcome = crate::standard::Outcome::Withheld;
            }
            metric.step = None;
            metric.rests_on.clear();
            metric.normalised = None;
            metric.counted = None;
        }
        self
    }
}
