//! What the operations on needs take and give beyond the need and the ranking themselves.

use super::{CandidateMatrix, HiddenNeed, Lift, NearMiss, Need, NeedFit, NeedState, Ranked, Ranking, Sensitivity, Wanted, Weights};
use crate::Instant;
use crate::codes::Country;
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};
#[cfg(feature = "validate")]
use validator::Validate as _;

/// What creates a need; it begins as a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewNeed {
    /// Whose need it is; the caller has to be one of its editors.
    pub organisation: OrganisationId,
    #[cfg_attr(feature = "validate", validate(nested))]
    pub wanted: Wanted,
    /// Draft when not said; open opens it at once.
    #[serde(default)]
    pub state: Option<NeedState>,
}

/// What can be edited of a need: what is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NeedEdit {
    #[cfg_attr(feature = "validate", validate(nested))]
    pub wanted: Wanted,
}

/// What changes a need's state: draft to open, open to closed or awarded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NeedStateChange {
    pub state: NeedState,
}

/// Ranks for a need without saving it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct AdhocMatch {
    #[cfg_attr(feature = "validate", validate(nested))]
    pub wanted: Wanted,
    /// Balanced when not said.
    #[serde(default)]
    pub weights: Option<Weights>,
    /// Organisations ranked, 0 to 100; 20 when not said. 0 counts only.
    #[cfg_attr(feature = "validate", validate(range(max = 100)))]
    #[cfg_attr(feature = "openapi", schema(maximum = 100))]
    #[serde(default)]
    pub limit: Option<u32>,
}

/// An organisation named in a match, so that it can be shown without another request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchedOrganisation {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub country: Option<Country>,
    pub claimed: bool,
    pub fictional: bool,
}

/// A ranking and the names of whom it ranks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchList {
    pub ranking: Ranking,
    /// Everybody in the ranking and in its near misses.
    pub organisations: Vec<MatchedOrganisation>,
}

/// Who fails hard constraints, which, and by how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearMissList {
    pub method_version: String,
    /// Fewest failures first, then best score.
    pub near_misses: Vec<NearMiss>,
    pub organisations: Vec<MatchedOrganisation>,
}

/// The values of all offers that pass, for ordering their organisations again, and their names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchMatrix {
    pub matrix: CandidateMatrix,
    /// Organisations that fail no hard constraint; more than the matrix has where that is not complete.
    pub total_passing: u32,
    /// Each once, in the matrix's order.
    pub organisations: Vec<MatchedOrganisation>,
}

/// One provider for one need, with the facts behind each value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchDetail {
    pub method_version: String,
    pub organisation: MatchedOrganisation,
    /// Absent when it passes; else what it fails, and by how much.
    pub near_miss: Option<NearMiss>,
    /// Present when it passes.
    pub ranked: Option<Ranked>,
}

/// In which weights the first place stays first, over all that pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SensitivityList {
    pub method_version: String,
    /// One interval a criterion asked for; empty when nobody passes.
    pub intervals: Vec<Sensitivity>,
    /// Everybody who passes was compared, not only the first ones.
    pub complete: bool,
}

/// What one provider could change, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiftList {
    pub method_version: String,
    pub organisation: OrganisationId,
    pub lifts: Vec<Lift>,
}

/// An open need and how the provider stands to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FittingNeed {
    pub need: Need,
    pub fit: NeedFit,
}

/// The open needs that a provider may see: those that fit first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FittingNeeds {
    pub method_version: String,
    pub needs: Vec<FittingNeed>,
    /// How many fit, of all that are open to this provider.
    pub fitting: u32,
    /// How many are open to this provider; more than `needs` has when the list is cut.
    pub total: u32,
    /// Needs open to providers that are known to meet them, which this one would meet but for facts that it has
    /// not stated. Fewest missing facts first.
    pub hidden: Vec<HiddenNeed>,
}

/// A provider that reached the need's threshold after it was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedAlert {
    pub organisation: MatchedOrganisation,
    /// Its score at that moment, under the balanced weights.
    pub score: f64,
    pub created_at: Instant,
}

/// Where the next page of alerts begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertKey {
    pub at: Instant,
    pub organisation: OrganisationId,
}

impl std::fmt::Display for AlertKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.organisation)
    }
}
impl std::str::FromStr for AlertKey {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let key = text.split_once('.').and_then(|(at, organisation)| {
            Some(Self { at: Instant::from_micros(at.parse().ok()?), organisation: organisation.parse().ok()? })
        });
        key.ok_or("after must be the next of the page before")
    }
}

/// A provider that the buyer keeps in view for a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShortlistEntry {
    pub organisation: MatchedOrganisation,
    /// For the buyer's own eyes.
    pub note: Option<String>,
    pub created_at: Instant,
}

/// What puts a provider on a need's shortlist, or changes the note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct ShortlistNote {
    #[cfg_attr(feature = "validate", validate(length(max = 2000)))]
    #[serde(default)]
    pub note: Option<String>,
}
