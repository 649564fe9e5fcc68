//! What an organisation says of itself, or a list says of it. Every field but the names may be
//! unknown, and unknown is `None` or an empty list all the way to the screen.

use crate::codes::{CefrLevel, CertificateKind, Country, Language, OrganisationKind, ServiceLine, TargetGroup, TimeZone};
use crate::ids::{OfferId, OrganisationId, SiteId};
use crate::money::{Money, MoneyRange};
use crate::{Instant, directory::Provenance};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "validate")]
use validator::Validate as _;

/// An organisation as everybody may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organisation {
    pub id: OrganisationId,
    /// Its name in addresses: `/providers/{slug}`.
    pub slug: String,
    pub profile: Profile,
    /// The summary as HTML, sanitised: no scripts, styles, pictures or attributes that act; links are nofollow. In answers
    /// that are one organisation; absent where there is no summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary_html: Option<String>,
    /// Where each stated fact comes from, by the fact's path (see `fact_paths`), such as `website`,
    /// `offers/{id}/price` or `certificates/iso_27001`.
    pub provenance: BTreeMap<String, Provenance>,
    /// Somebody who belongs to the organisation keeps this listing.
    pub claimed: bool,
    /// Made-up content for trying the platform out.
    pub fictional: bool,
    /// How it answers inquiries; absent until it has had some.
    pub responsiveness: Option<Responsiveness>,
    /// Goes up with each change; the ETag.
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// How an organisation answers inquiries, measured by the platform.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Responsiveness {
    /// Inquiries received whose reply-by date has passed or that were answered.
    pub received: u32,
    /// Of those, how many got an answer or a reasoned decline in time.
    pub answered: u32,
    /// Median hours to the first answer; absent while nothing was answered.
    pub median_hours: Option<f32>,
}

/// What can be edited. Lists are whole: to change one entry, send the list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    #[cfg_attr(feature = "validate", validate(length(min = 2, max = 200), custom(function = "crate::plain::plain")))]
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 200))]
    pub name: String,
    /// Other names it is known by.
    #[cfg_attr(feature = "validate", validate(length(max = 20)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub other_names: Vec<String>,
    pub kinds: Vec<OrganisationKind>,
    /// Markdown.
    #[cfg_attr(feature = "validate", validate(length(max = 5000)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 5000))]
    pub summary: Option<String>,
    #[cfg_attr(feature = "validate", validate(url, length(max = 300)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    pub website: Option<String>,
    /// Country of the head office.
    pub country: Option<Country>,
    /// City of the head office.
    #[cfg_attr(feature = "validate", validate(length(max = 100)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub city: Option<String>,
    /// Countries that it delivers from, where its sites are not known one by one.
    #[cfg_attr(feature = "validate", validate(length(max = 250)))]
    pub delivery_countries: Vec<Country>,
    /// Year.
    #[cfg_attr(feature = "validate", validate(range(min = 1800, max = 2100)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1800, maximum = 2100))]
    pub founded: Option<i32>,
    /// People who work there.
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 10_000_000)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000_000))]
    pub headcount: Option<i32>,
    /// Year that the headcount is of.
    #[cfg_attr(feature = "validate", validate(range(min = 1990, max = 2100)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1990, maximum = 2100))]
    pub headcount_year: Option<i32>,
    /// Languages that it works in, where they are not known by offer.
    #[cfg_attr(feature = "validate", validate(length(max = 100)))]
    pub languages: Vec<Language>,
    #[cfg_attr(feature = "validate", validate(nested, length(max = 200)))]
    pub sites: Vec<Site>,
    #[cfg_attr(feature = "validate", validate(nested, length(max = 50)))]
    pub offers: Vec<Offer>,
    #[cfg_attr(feature = "validate", validate(nested, length(max = 50)))]
    pub certificates: Vec<Certificate>,
    #[cfg_attr(feature = "validate", validate(nested))]
    pub workforce: Workforce,
}

/// A place where work is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub id: SiteId,
    pub country: Country,
    #[cfg_attr(feature = "validate", validate(length(max = 100)))]
    #[serde(default)]
    pub city: Option<String>,
    /// Degrees north, -90 to 90.
    #[cfg_attr(feature = "validate", validate(range(min = -90.0, max = 90.0)))]
    #[serde(default)]
    pub latitude: Option<f64>,
    /// Degrees east, -180 to 180.
    #[cfg_attr(feature = "validate", validate(range(min = -180.0, max = 180.0)))]
    #[serde(default)]
    pub longitude: Option<f64>,
    #[serde(default)]
    pub time_zone: Option<TimeZone>,
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 1_000_000)))]
    #[serde(default)]
    pub seats: Option<i32>,
    /// Generator, battery or a second feed.
    #[serde(default)]
    pub power_backup: Option<bool>,
    /// A second internet line.
    #[serde(default)]
    pub line_backup: Option<bool>,
}

/// One service line that the organisation offers; at most one offer a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub id: OfferId,
    pub service_line: ServiceLine,
    /// Free words, lower case: `bounding boxes`, `sap`.
    #[cfg_attr(feature = "validate", validate(length(max = 100)))]
    #[serde(default)]
    pub skills: Vec<String>,
    #[cfg_attr(feature = "validate", validate(length(max = 50)))]
    #[serde(default)]
    pub languages: Vec<LanguageSkill>,
    /// Full-time equivalents in all.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1_000_000.0)))]
    #[serde(default)]
    pub capacity_fte: Option<f64>,
    /// Full-time equivalents free now.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1_000_000.0)))]
    #[serde(default)]
    pub available_fte: Option<f64>,
    #[serde(default)]
    pub available_from: Option<NaiveDate>,
    /// Per hour of one person.
    #[serde(default)]
    pub price_per_hour: Option<MoneyRange>,
    #[cfg_attr(feature = "validate", validate(nested))]
    #[serde(default)]
    pub hours: Option<HoursCovered>,
    /// Smallest engagement taken.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1_000_000.0)))]
    #[serde(default)]
    pub minimum_fte: Option<f64>,
    /// Weeks from signature to full strength.
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 260)))]
    #[serde(default)]
    pub ramp_up_weeks: Option<i32>,
}

/// A language and how well it is mastered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LanguageSkill {
    pub language: Language,
    #[serde(default)]
    pub level: Option<CefrLevel>,
}

/// Hours of the day in a time zone; `until` before `from` runs over midnight, equal is round the clock.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct HoursCovered {
    pub time_zone: TimeZone,
    /// Minutes after local midnight, 0 to 1439.
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 1439)))]
    pub from_minute: i32,
    /// Minutes after local midnight, 0 to 1439.
    #[cfg_attr(feature = "validate", validate(range(min = 0, max = 1439)))]
    pub until_minute: i32,
}

/// A certificate held; it counts until it expires, and one without an expiry date counts as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub kind: CertificateKind,
    #[cfg_attr(feature = "validate", validate(length(max = 200)))]
    #[serde(default)]
    pub issuer: Option<String>,
    #[cfg_attr(feature = "validate", validate(length(max = 100)))]
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub expires_on: Option<NaiveDate>,
}

impl Certificate {
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.expires_on.is_none_or(|end| end >= day)
    }
}

/// Whom it employs. The definition used must be declared with the figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields, default)]
pub struct Workforce {
    /// Share of impact workers among all, 0 to 1.
    #[cfg_attr(feature = "validate", validate(range(min = 0.0, max = 1.0)))]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub impact_share: Option<f64>,
    pub target_groups: Vec<TargetGroup>,
    /// The definition of impact worker that the figures use.
    #[cfg_attr(feature = "validate", validate(length(max = 1000)))]
    pub definition: Option<String>,
    /// Where the figures come from.
    #[cfg_attr(feature = "validate", validate(length(max = 300)))]
    pub definition_source: Option<String>,
}

/// What creates an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewOrganisation {
    #[cfg_attr(feature = "validate", validate(length(min = 2, max = 200), custom(function = "crate::plain::plain")))]
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 200))]
    pub name: String,
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 8)))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 8))]
    pub kinds: Vec<OrganisationKind>,
    #[serde(default)]
    pub country: Option<Country>,
    #[cfg_attr(feature = "validate", validate(url, length(max = 300)))]
    #[serde(default)]
    pub website: Option<String>,
}

impl Profile {
    /// Every country that work is delivered from, as far as stated.
    pub fn countries_of_delivery(&self) -> impl Iterator<Item = Country> + '_ {
        self.sites.iter().map(|s| s.country).chain(self.delivery_countries.iter().copied())
    }
    pub fn is_provider(&self) -> bool {
        self.kinds.iter().any(|k| k.is_provider())
    }
    /// The price asked of somebody who compares: the middle of the range.
    pub fn middle_price(offer: &Offer) -> Option<Money> {
        offer.price_per_hour.map(|p| Money { minor: p.from_minor + (p.to_minor - p.from_minor) / 2, currency: p.currency })
    }
}
