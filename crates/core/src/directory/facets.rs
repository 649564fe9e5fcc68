//! What an organisation counts as in each facet of a search, as small numbers that an index can keep.
//! A value may hold only from or until a day: a certificate expires, capacity comes free.

use super::Organisation;
use crate::codes::{CertificateKind, Country, Language, OrganisationKind, Region, ServiceLine, TargetGroup, code_list};
use chrono::NaiveDate;
use std::collections::BTreeSet;

code_list! {
    /// The facets of a search.
    pub enum Facet: "a facet" {
        Kind = "kind",
        /// Head office, sites and countries of delivery.
        Country = "country",
        /// The regions of those countries.
        Region = "region",
        Service = "service",
        /// Without script or region: `pt-BR` counts as `pt`.
        Language = "language",
        TargetGroup = "target_group",
        /// Unexpired ones.
        Certificate = "certificate",
        Claimed = "claimed",
        /// People free now.
        HasCapacity = "has_capacity",
    }
}

/// One value that an organisation has in a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FacetValue {
    pub facet: Facet,
    pub code: u32,
    /// First day that it holds.
    pub from: Option<NaiveDate>,
    /// Last day that it holds.
    pub until: Option<NaiveDate>,
}

impl FacetValue {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|d| d <= day) && self.until.is_none_or(|d| d >= day)
    }
}

/// A value as a number, small and dense enough for an index; `facet_text` gives the word back.
pub trait FacetCode {
    fn facet_code(&self) -> u32;
}

macro_rules! listed {
    ($($name:ident)*) => {$(
        impl FacetCode for $name {
            fn facet_code(&self) -> u32 { *self as u32 }
        }
    )*};
}
listed!(OrganisationKind Region ServiceLine TargetGroup CertificateKind);

impl FacetCode for Country {
    fn facet_code(&self) -> u32 {
        letters(self.alpha2())
    }
}
impl FacetCode for Language {
    fn facet_code(&self) -> u32 {
        letters(self.primary())
    }
}
impl FacetCode for bool {
    fn facet_code(&self) -> u32 {
        u32::from(*self)
    }
}

/// Up to three letters as a number below 27³.
fn letters(text: &str) -> u32 {
    text.bytes().take(3).fold(0, |code, b| code * 27 + u32::from(b.to_ascii_lowercase().saturating_sub(b'a' - 1).min(26)))
}
fn from_letters(mut code: u32) -> String {
    let mut text = Vec::new();
    while code > 0 {
        text.push(b'a' - 1 + (code % 27) as u8);
        code /= 27;
    }
    text.reverse();
    String::from_utf8(text).unwrap_or_default()
}

/// The word of a code, as the wire has it.
pub fn facet_text(facet: Facet, code: u32) -> String {
    let at = code as usize;
    let word = match facet {
        Facet::Kind => OrganisationKind::ALL.get(at).map(|w| w.as_str()),
        Facet::Region => Region::ALL.get(at).map(|w| w.as_str()),
        Facet::Service => ServiceLine::ALL.get(at).map(|w| w.as_str()),
        Facet::TargetGroup => TargetGroup::ALL.get(at).map(|w| w.as_str()),
        Facet::Certificate => CertificateKind::ALL.get(at).map(|w| w.as_str()),
        Facet::Claimed | Facet::HasCapacity => Some(if code == 1 { "true" } else { "false" }),
        Facet::Country => return from_letters(code).to_uppercase(),
        Facet::Language => return from_letters(code),
    };
    word.unwrap_or_default().to_owned()
}

/// Every value that the organisation has, each once.
pub fn facet_values(organisation: &Organisation) -> BTreeSet<FacetValue> {
    let profile = &organisation.profile;
    let always = |facet, code| FacetValue { facet, code, from: None, until: None };
    let mut values = BTreeSet::new();
    values.extend(profile.kinds.iter().map(|k| always(Facet::Kind, k.facet_code())));
    for country in profile.countries_of_delivery().chain(profile.country) {
        values.insert(always(Facet::Country, country.facet_code()));
        values.extend(country.region().map(|r| always(Facet::Region, r.facet_code())));
    }
    values.extend(profile.offers.iter().map(|o| always(Facet::Service, o.service_line.facet_code())));
    values.extend(profile.languages_worked_in().iter().map(|l| always(Facet::Language, l.facet_code())));
    values.extend(profile.workforce.target_groups.iter().map(|g| always(Facet::TargetGroup, g.facet_code())));
    values
        .extend(profile.certificates.iter().map(|c| FacetValue { until: c.expires_on, ..always(Facet::Certificate, c.kind.facet_code()) }));
    values.insert(always(Facet::Claimed, organisation.claimed.facet_code()));
    let free = profile.offers.iter().filter(|o| o.available_fte.is_some_and(|fte| fte > 0.0));
    if let Some(from) = free.map(|o| o.available_from).min() {
        values.insert(FacetValue { from, ..always(Facet::HasCapacity, 1) });
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Certificate, Offer, Profile};
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
    fn of(profile: Profile) -> BTreeSet<FacetValue> {
        facet_values(&Organisation {
            id: Uuid::nil().into(),
            slug: "a".into(),
            profile,
            provenance: Default::default(),
            claimed: false,
            fictional: false,
            summary_html: None,
            responsiveness: None,
            version: 1,
            created_at: crate::Instant::from_micros(0),
            updated_at: crate::Instant::from_micros(0),
        })
    }
    fn words(values: &BTreeSet<FacetValue>, facet: Facet) -> Vec<String> {
        values.iter().filter(|v| v.facet == facet).map(|v| facet_text(facet, v.code)).collect()
    }

    #[test]
    fn codes_go_there_and_back() {
        for country in Country::all() {
            assert_eq!(facet_text(Facet::Country, country.facet_code()), country.alpha2());
        }
        assert_eq!(facet_text(Facet::Language, "pt-BR".parse::<Language>().unwrap().facet_code()), "pt");
        assert_eq!(facet_text(Facet::Language, "fil".parse::<Language>().unwrap().facet_code()), "fil");
        for line in ServiceLine::ALL {
            assert_eq!(facet_text(Facet::Service, line.facet_code()), line.as_str());
        }
    }

    #[test]
    fn a_country_counts_wherever_it_is_stated_and_brings_its_region() {
        let values = of(Profile {
            country: "GB".parse().ok(),
            delivery_countries: vec!["KE".parse().unwrap(), "KE".parse().unwrap()],
            ..Profile::default()
        });
        assert_eq!(words(&values, Facet::Country), ["GB", "KE"]);
        assert_eq!(words(&values, Facet::Region), ["eastern_africa", "northern_europe"]);
        assert_eq!(words(&values, Facet::Claimed), ["false"]);
    }

    #[test]
    fn an_expired_certificate_and_future_capacity_do_not_hold_today() {
        let offer = Offer {
            id: Uuid::nil().into(),
            service_line: ServiceLine::DataEntry,
            skills: vec![],
            languages: vec![],
            capacity_fte: None,
            available_fte: Some(10.0),
            available_from: Some(day("2027-01-01")),
            price_per_hour: None,
            hours: None,
            minimum_fte: None,
            ramp_up_weeks: None,
        };
        let certificate = Certificate { kind: CertificateKind::Iso27001, issuer: None, number: None, expires_on: Some(day("2026-11-22")) };
        let values = of(Profile { offers: vec![offer], certificates: vec![certificate], ..Profile::default() });
        let holding = |on: &str| values.iter().filter(|v| v.holds_on(day(on))).map(|v| v.facet).collect::<BTreeSet<_>>();
        assert!(!holding("2026-11-23").contains(&Facet::Certificate));
        assert!(!holding("2026-11-23").contains(&Facet::HasCapacity));
        assert!(holding("2026-11-22").contains(&Facet::Certificate));
        assert!(holding("2027-01-01").contains(&Facet::HasCapacity));
    }
}
