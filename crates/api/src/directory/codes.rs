//! The code lists that the directory is written in, for those who fill in forms and integrate.

use crate::http::{Answer, Reply};
use actix_web::get;
use kazi_core::codes::{CertificateKind, Country, OrganisationKind, Region, ServiceLine, TargetGroup};
use serde::Serialize;

/// A service line and where it stands in the world's classifications.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ServiceLineCode {
    pub code: ServiceLine,
    /// ISIC Rev. 4 class.
    pub isic: &'static str,
    /// ISCO-08 unit groups of the people who do the work.
    pub isco08: Vec<&'static str>,
}

/// A region and its countries.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegionCode {
    pub code: Region,
    pub countries: Vec<Country>,
}

/// A country.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CountryCode {
    pub code: Country,
    /// English name.
    pub name: &'static str,
}

/// Every closed list of the directory.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Codes {
    pub kinds: Vec<OrganisationKind>,
    pub service_lines: Vec<ServiceLineCode>,
    pub target_groups: Vec<TargetGroup>,
    pub certificates: Vec<CertificateKind>,
    pub regions: Vec<RegionCode>,
    pub countries: Vec<CountryCode>,
}

/// List the codes
///
/// Service lines with their ISIC and ISCO-08 codes, target groups, certificates, kinds, regions with their countries.
#[utoipa::path(
    tag = "directory", operation_id = "list_codes",
    responses((status = 200, body = Codes, description = "Every list."))
)]
#[get("/codes")]
pub async fn list_codes() -> Answer<Reply> {
    let countries_in = |region: Region| Country::all().filter(|c| c.region() == Some(region)).collect();
    Ok(Reply::ok(&Codes {
        kinds: OrganisationKind::ALL.to_vec(),
        service_lines: ServiceLine::ALL
            .iter()
            .map(|line| ServiceLineCode { code: *line, isic: line.isic(), isco08: line.isco08().to_vec() })
            .collect(),
        target_groups: TargetGroup::ALL.to_vec(),
        certificates: CertificateKind::ALL.to_vec(),
        regions: Region::ALL.iter().map(|region| RegionCode { code: *region, countries: countries_in(*region) }).collect(),
        countries: Country::all().map(|c| CountryCode { code: c, name: c.name() }).collect(),
    }))
}
