//! What a search of the directory asks for and answers. How words are found is the index's business.

use super::Organisation;
use crate::Instant;
use crate::codes::{CertificateKind, Country, Language, OrganisationKind, Region, ServiceLine, TargetGroup, code_list};
use crate::ids::OrganisationId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

code_list! {
    /// The order of a search's answers.
    pub enum SearchSort: "a sort word: relevance, name, newest or headcount" {
        /// Best first; without words it is `newest`.
        Relevance = "relevance",
        /// A to Z.
        Name = "name",
        /// Listed last first.
        Newest = "newest",
        /// Largest first, unknown last.
        Headcount = "headcount",
    }
}

/// Words and filters: values of one filter are alternatives, different filters must all hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    pub q: Option<String>,
    pub kind: Vec<OrganisationKind>,
    pub country: Vec<Country>,
    pub region: Vec<Region>,
    pub service: Vec<ServiceLine>,
    pub language: Vec<Language>,
    pub target_group: Vec<TargetGroup>,
    pub certificate: Vec<CertificateKind>,
    pub claimed: Option<bool>,
    pub has_capacity: Option<bool>,
    pub sort: Option<SearchSort>,
    pub after: Option<String>,
    pub limit: Option<u32>,
}

/// An organisation as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationSummary {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub kinds: Vec<OrganisationKind>,
    /// Country of the head office.
    pub country: Option<Country>,
    pub city: Option<String>,
    /// Countries that it delivers from.
    pub delivery_countries: Vec<Country>,
    /// The beginning of the summary, as Markdown was written.
    pub summary: Option<String>,
    pub services: Vec<ServiceLine>,
    pub languages: Vec<Language>,
    pub target_groups: Vec<TargetGroup>,
    /// Those held, expired ones included; `expires_on` says.
    pub certificates: Vec<SummaryCertificate>,
    pub headcount: Option<i32>,
    /// Share of impact workers, 0 to 1.
    pub impact_share: Option<f64>,
    pub claimed: bool,
    pub fictional: bool,
    pub updated_at: Instant,
}

/// A certificate as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SummaryCertificate {
    pub kind: CertificateKind,
    pub expires_on: Option<NaiveDate>,
}

/// How many answers have this value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetCount {
    pub value: String,
    pub count: u64,
}

/// Counts by facet. Each facet is counted with the other filters applied and its own not, so that a
/// count says how many there would be with that value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    pub kind: Vec<FacetCount>,
    pub country: Vec<FacetCount>,
    pub region: Vec<FacetCount>,
    pub service: Vec<FacetCount>,
    pub language: Vec<FacetCount>,
    pub target_group: Vec<FacetCount>,
    pub certificate: Vec<FacetCount>,
    pub claimed: Vec<FacetCount>,
    pub has_capacity: Vec<FacetCount>,
}

/// A page of answers with the counts beside it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    pub items: Vec<OrganisationSummary>,
    /// Pass it as `after` to get the next page; null on the last.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u64,
    pub facets: Facets,
}

/// The most characters of a summary in a list.
const EXCERPT: usize = 280;

impl OrganisationSummary {
    pub fn of(organisation: &Organisation) -> Self {
        let profile = &organisation.profile;
        let delivery: BTreeSet<Country> = profile.countries_of_delivery().collect();
        Self {
            id: organisation.id,
            slug: organisation.slug.clone(),
            name: profile.name.clone(),
            kinds: profile.kinds.clone(),
            country: profile.country,
            city: profile.city.clone(),
            delivery_countries: delivery.into_iter().collect(),
            summary: profile.summary.as_deref().map(excerpt),
            services: profile.offers.iter().map(|o| o.service_line).collect(),
            languages: profile.languages_worked_in().into_iter().collect(),
            target_groups: profile.workforce.target_groups.clone(),
            certificates: profile.certificates.iter().map(|c| SummaryCertificate { kind: c.kind, expires_on: c.expires_on }).collect(),
            headcount: profile.headcount,
            impact_share: profile.workforce.impact_share,
            claimed: organisation.claimed,
            fictional: organisation.fictional,
            updated_at: organisation.updated_at,
        }
    }
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
            format!("{}…", text[..cut].trim_end())
        }
    }
}
