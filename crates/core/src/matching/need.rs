//! What a buyer looks for.

use crate::Instant;
use crate::codes::{CertificateKind, Country, ServiceLine, TargetGroup, TimeZone, code_list};
use crate::directory::LanguageSkill;
use crate::ids::{NeedId, OrganisationId};
use crate::money::MoneyRange;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
#[cfg(feature = "validate")]
use validator::Validate as _;

code_list! {
    /// Where a need is in its life.
    pub enum NeedState: "a need's state: draft, open, closed or awarded" {
        Draft = "draft", Open = "open", Closed = "closed", Awarded = "awarded",
    }
}

code_list! {
    /// Who may see an open need beside its owner.
    pub enum NeedVisibility: "a need's visibility: matched, invited or public" {
        /// Providers that meet its hard constraints.
        Matched = "matched",
        /// Providers that the buyer sent an inquiry about it.
        Invited = "invited",
        Public = "public",
    }
}

/// A need as its owner, and whom it is open to, may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Need {
    pub id: NeedId,
    /// Whose need it is; absent to others while the need is confidential.
    pub organisation: Option<OrganisationId>,
    pub state: NeedState,
    pub wanted: Wanted,
    /// Goes up with each change; the ETag.
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// What can be edited. What is not stated constrains nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 200))]
    pub title: String,
    /// Plain text.
    #[cfg_attr(feature = "validate", validate(length(max = 5000)))]
    #[serde(default)]
    pub description: Option<String>,
    pub service_line: ServiceLine,
    /// Providers of related service lines will do too; otherwise they are near misses.
    #[serde(default)]
    pub related_lines: bool,
    /// Smallest team that helps.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1_000_000.0)))]
    #[serde(default)]
    pub fte_from: Option<f64>,
    /// Full team.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1_000_000.0)))]
    #[serde(default)]
    pub fte_to: Option<f64>,
    #[serde(default)]
    pub start_by: Option<NaiveDate>,
    #[cfg_attr(feature = "validate", validate(range(min = 1, max = 240)))]
    #[serde(default)]
    pub duration_months: Option<i32>,
    /// All of them are needed; without a level any will do. `pt` is met by `pt-BR`, not the other way round.
    #[cfg_attr(feature = "validate", validate(length(max = 20)))]
    #[serde(default)]
    pub languages: Vec<LanguageSkill>,
    #[cfg_attr(feature = "validate", validate(length(max = 50)))]
    #[serde(default)]
    pub skills_required: Vec<String>,
    #[cfg_attr(feature = "validate", validate(length(max = 50)))]
    #[serde(default)]
    pub skills_wished: Vec<String>,
    /// Empty: any.
    #[cfg_attr(feature = "validate", validate(length(max = 250)))]
    #[serde(default)]
    pub countries_allowed: Vec<Country>,
    #[cfg_attr(feature = "validate", validate(length(max = 250)))]
    #[serde(default)]
    pub countries_excluded: Vec<Country>,
    #[cfg_attr(feature = "validate", validate(nested))]
    #[serde(default)]
    pub overlap: Option<Overlap>,
    #[cfg_attr(feature = "validate", validate(length(max = 20)))]
    #[serde(default)]
    pub certificates_required: Vec<CertificateKind>,
    /// Per hour of one person.
    #[serde(default)]
    pub budget_per_hour: Option<MoneyRange>,
    #[cfg_attr(feature = "validate", validate(length(max = 20)))]
    #[serde(default)]
    pub target_groups: Vec<TargetGroup>,
    /// 0 to 1.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1.0)))]
    #[serde(default)]
    pub minimum_impact_share: Option<f64>,
    pub visibility: NeedVisibility,
    /// Hide the buyer's name from those who see the need.
    #[serde(default)]
    pub confidential: bool,
    /// Alert the owner when a provider reaches this score for the first time, 0 to 100.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 100.0)))]
    #[serde(default)]
    pub alert_from_score: Option<f64>,
}

/// Working hours that provider and buyer should share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Overlap {
    pub time_zone: TimeZone,
    /// The buyer's day, minutes after local midnight.
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 1439)))]
    pub from_minute: i32,
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 1439)))]
    pub until_minute: i32,
    /// Hours wanted together.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 24.0)))]
    pub hours: f64,
}
