//! A claim: somebody says that a listing is their organisation's, and staff decide within a time.

use crate::Instant;
use crate::codes::code_list;
use crate::ids::{ClaimId, OrganisationId, PersonId};
use serde::{Deserialize, Serialize};

/// Days that staff have to decide.
pub const CLAIM_DUE_DAYS: i64 = 5;

code_list! {
    /// Where a claim is in its life.
    pub enum ClaimState: "a claim's state: open, approved or rejected" {
        Open = "open", Approved = "approved", Rejected = "rejected",
    }
}

/// What makes a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewClaim {
    /// Why it is yours: your function, how staff can check it.
    #[cfg_attr(feature = "validate", validate(length(min = 10, max = 4000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 4000))]
    pub evidence: String,
    /// An address at the organisation.
    #[cfg_attr(feature = "validate", validate(email, length(max = 254)))]
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub work_email: String,
    /// A page that shows it, such as the team page.
    #[cfg_attr(feature = "validate", validate(url, length(max = 300)))]
    #[serde(default)]
    pub link: Option<String>,
}

/// A claim, as its claimant and staff may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    pub id: ClaimId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub organisation_slug: String,
    pub person: PersonId,
    pub state: ClaimState,
    pub evidence: String,
    /// As typed; nobody has confirmed it unless it is `confirmed_email` too.
    pub work_email: String,
    pub link: Option<String>,
    /// The address of the claimant's account, which she has shown to be hers; null once the account is deleted.
    pub confirmed_email: Option<String>,
    /// The confirmed address is of the host that the listing names as its website.
    pub email_matches_website: bool,
    pub created_at: Instant,
    /// When a decision is due.
    pub due_at: Instant,
    /// Open and past due.
    pub overdue: bool,
    pub decided_at: Option<Instant>,
    /// Why it was decided so.
    pub reason: Option<String>,
}

/// What staff decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct ClaimDecision {
    /// True makes the claimant an owner.
    pub approve: bool,
    /// What the claimant is told.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 2000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 2000))]
    pub reason: String,
}

/// How many claims wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimCounts {
    pub open: u32,
    /// Of the open ones, those past due.
    pub overdue: u32,
}

/// Why a listing is taken away from those who keep it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Unclaim {
    /// What those who kept it are told.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 2000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 2000))]
    pub reason: String,
}

/// Two listings that may be one organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duplicate {
    /// The one to keep: claimed before unclaimed, then the one with more facts, then the older.
    pub keep: super::OrganisationSummary,
    pub merge: super::OrganisationSummary,
    /// How sure, 0 to 1.
    pub score: f64,
    pub reasons: Vec<DuplicateReason>,
}

code_list! {
    /// Why two listings look like one organisation.
    pub enum DuplicateReason: "a reason" {
        SameWebsite = "same_website", SameName = "same_name", SimilarName = "similar_name", SameCountry = "same_country", OtherCountry = "other_country",
    }
}

/// Which listing the merged one goes into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Merge {
    pub into: OrganisationId,
}

/// Two listings that look alike and are two organisations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    pub organisation: OrganisationId,
    pub other: OrganisationId,
}

#[cfg(feature = "slugs")]
/// How alike two listings are, and why.
pub fn likeness(a: &super::Profile, b: &super::Profile) -> (f64, Vec<DuplicateReason>) {
    use super::{name_key, website_key};
    let mut reasons = Vec::new();
    let mut score: f64 = 0.0;
    let website = |p: &super::Profile| p.website.as_deref().and_then(website_key);
    if website(a).is_some() && website(a) == website(b) {
        reasons.push(DuplicateReason::SameWebsite);
        score += 0.55;
    }
    if name_key(&a.name) == name_key(&b.name) {
        reasons.push(DuplicateReason::SameName);
        score += 0.4;
    } else if super::spelt_alike(&name_key(&a.name), &name_key(&b.name)) {
        reasons.push(DuplicateReason::SimilarName);
        score += 0.25;
    }
    match (a.country, b.country) {
        (Some(a), Some(b)) if a == b => {
            reasons.push(DuplicateReason::SameCountry);
            score += 0.1;
        }
        (Some(_), Some(_)) => {
            reasons.push(DuplicateReason::OtherCountry);
            score -= 0.15;
        }
        _ => {}
    }
    (score.clamp(0.0, 1.0), reasons)
}
