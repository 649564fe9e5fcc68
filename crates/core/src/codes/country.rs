//! ISO 3166-1 countries and the UN M49 sub-regions that they lie in.

use super::{UnknownCode, code_list, text_code};
use isocountry::CountryCode;

/// An ISO 3166-1 alpha-2 country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[A-Z]{2}$", example = "KE"))]
pub struct Country(CountryCode);

impl Country {
    pub fn alpha2(self) -> &'static str {
        self.0.alpha2()
    }
    pub fn name(self) -> &'static str {
        self.0.name()
    }
    /// A dense number for bit sets, below `Country::COUNT`.
    pub fn ordinal(self) -> usize {
        CountryCode::iter().position(|c| *c == self.0).unwrap_or_default()
    }
    pub fn all() -> impl Iterator<Item = Country> {
        CountryCode::iter().copied().map(Country)
    }
    /// `None` where M49 places the territory in no sub-region (Antarctica).
    pub fn region(self) -> Option<Region> {
        MEMBERS.iter().find(|(_, list)| list.split(' ').any(|c| c == self.alpha2())).map(|(r, _)| *r)
    }
}
impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.alpha2())
    }
}
impl std::str::FromStr for Country {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        CountryCode::for_alpha2(text).map(Country).map_err(|_| UnknownCode::new(text, "an ISO 3166-1 alpha-2 country code such as KE"))
    }
}
text_code!(Country);

code_list! {
    /// UN M49 sub-regions, with Sub-Saharan Africa and Latin America in their intermediate regions.
    pub enum Region: "a region code of ours, such as eastern_africa" {
        NorthernAfrica = "northern_africa", EasternAfrica = "eastern_africa", MiddleAfrica = "middle_africa",
        SouthernAfrica = "southern_africa", WesternAfrica = "western_africa", Caribbean = "caribbean",
        CentralAmerica = "central_america", SouthAmerica = "south_america", NorthernAmerica = "northern_america",
        CentralAsia = "central_asia", EasternAsia = "eastern_asia", SouthEasternAsia = "south_eastern_asia",
        SouthernAsia = "southern_asia", WesternAsia = "western_asia", EasternEurope = "eastern_europe",
        NorthernEurope = "northern_europe", SouthernEurope = "southern_europe", WesternEurope = "western_europe",
        AustraliaAndNewZealand = "australia_and_new_zealand", PacificIslands = "pacific_islands",
    }
}

/// Source: UN Statistics Division, M49, 2026.
const MEMBERS: &[(Region, &str)] = &[
    (Region::NorthernAfrica, "DZ EG EH LY MA SD TN"),
    (Region::EasternAfrica, "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW"),
    (Region::MiddleAfrica, "AO CD CF CG CM GA GQ ST TD"),
    (Region::SouthernAfrica, "BW LS NA SZ ZA"),
    (Region::WesternAfrica, "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
    (Region::Caribbean, "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI"),
    (Region::CentralAmerica, "BZ CR GT HN MX NI PA SV"),
    (Region::SouthAmerica, "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
    (Region::NorthernAmerica, "BM CA GL PM US"),
    (Region::CentralAsia, "KG KZ TJ TM UZ"),
    (Region::EasternAsia, "CN HK JP KP KR MN MO TW"),
    (Region::SouthEasternAsia, "BN ID KH LA MM MY PH SG TH TL VN"),
    (Region::SouthernAsia, "AF BD BT IN IR LK MV NP PK"),
    (Region::WesternAsia, "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE"),
    (Region::EasternEurope, "BG BY CZ HU MD PL RO RU SK UA"),
    (Region::NorthernEurope, "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
    (Region::SouthernEurope, "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA"),
    (Region::WesternEurope, "AT BE CH DE FR LI LU MC NL"),
    (Region::AustraliaAndNewZealand, "AU CC CX HM NF NZ"),
    (Region::PacificIslands, "AS CK FJ FM GU KI MH MP NC NR NU PF PG PN PW SB TK TO TV UM VU WF WS"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_but_antarctica_has_one_region() {
        let without: Vec<_> = Country::all().filter(|c| c.region().is_none()).map(|c| c.alpha2()).collect();
        assert_eq!(without, ["AQ"]);
        let listed = MEMBERS.iter().flat_map(|(_, l)| l.split(' ')).count();
        assert_eq!(listed, Country::all().count() - 1);
    }

    #[test]
    fn parses_codes_and_names_what_it_refuses() {
        assert_eq!("KE".parse::<Country>().unwrap().name(), "Kenya");
        assert_eq!("ke".parse::<Country>().unwrap_err().to_string(), "'ke' is not an ISO 3166-1 alpha-2 country code such as KE");
    }
}
