//! What the directory answers beside organisations themselves: its code lists, an organisation's history, exports.

use crate::Instant;
use crate::codes::{CertificateKind, Country, OrganisationKind, Region, ServiceLine, TargetGroup};
use crate::events::EventKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A service line and where it stands in the world's classifications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceLineCode {
    pub code: ServiceLine,
    /// ISIC Rev. 4 class.
    pub isic: String,
    /// ISCO-08 unit groups of the people who do the work.
    pub isco08: Vec<String>,
}

/// A region and its countries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionCode {
    pub code: Region,
    pub countries: Vec<Country>,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountryCode {
    pub code: Country,
    /// English name.
    pub name: String,
}

/// Every closed list of the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Codes {
    pub kinds: Vec<OrganisationKind>,
    pub service_lines: Vec<ServiceLineCode>,
    pub target_groups: Vec<TargetGroup>,
    pub certificates: Vec<CertificateKind>,
    pub regions: Vec<RegionCode>,
    pub countries: Vec<CountryCode>,
}

impl Codes {
    pub fn all() -> Self {
        let countries_in = |region: Region| Country::all().filter(|c| c.region() == Some(region)).collect();
        let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        let line = |line: &ServiceLine| ServiceLineCode { code: *line, isic: line.isic().into(), isco08: owned(line.isco08()) };
        Self {
            kinds: OrganisationKind::ALL.to_vec(),
            service_lines: ServiceLine::ALL.iter().map(line).collect(),
            target_groups: TargetGroup::ALL.to_vec(),
            certificates: CertificateKind::ALL.to_vec(),
            regions: Region::ALL.iter().map(|region| RegionCode { code: *region, countries: countries_in(*region) }).collect(),
            countries: Country::all().map(|c| CountryCode { code: c, name: c.name().into() }).collect(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// A table; cells that begin like formulas are preceded by an apostrophe.
    Csv,
    /// One organisation a line, as GET gives it.
    Ndjson,
}

impl ExportFormat {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }
}

/// One change in an organisation's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    pub at: Instant,
    pub kind: EventKind,
    /// Person or API key; null when the platform did it.
    pub actor: Option<Uuid>,
    /// What it was done to: the organisation, or a member, key or claim of it.
    pub subject: Uuid,
    /// Paths of the facts that changed, where the change was to the profile.
    pub changed: Vec<String>,
}
