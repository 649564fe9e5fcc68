//! What a profile must be beyond the form of each field: no entry twice, no range upside down.

use super::Profile;
use crate::problem::{FieldError, Refusal};
use std::collections::BTreeSet;
use std::hash::Hash;

impl Profile {
    /// Everything that contradicts itself, at once.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut errors = Vec::new();
        let mut say = |pointer: String, code: &str, message: &str| {
            errors.push(FieldError { pointer, code: code.into(), message: message.into() });
        };
        for i in repeated(self.kinds.iter()) {
            say(format!("/kinds/{i}"), "conflict", "This kind is there already.");
        }
        for i in repeated(self.sites.iter().map(|s| s.id)) {
            say(format!("/sites/{i}/id"), "conflict", "Another site has this id.");
        }
        for i in repeated(self.offers.iter().map(|o| o.id)) {
            say(format!("/offers/{i}/id"), "conflict", "Another offer has this id.");
        }
        for i in repeated(self.offers.iter().map(|o| o.service_line)) {
            say(format!("/offers/{i}/service_line"), "conflict", "There is an offer of this service line already.");
        }
        for i in repeated(self.certificates.iter().map(|c| c.kind)) {
            say(format!("/certificates/{i}/kind"), "conflict", "This certificate is there already.");
        }
        for (i, site) in self.sites.iter().enumerate() {
            if site.latitude.is_some() != site.longitude.is_some() {
                say(format!("/sites/{i}"), "conflict", "Give both latitude and longitude, or neither.");
            }
        }
        for (i, offer) in self.offers.iter().enumerate() {
            if let Some(price) = offer.price_per_hour
                && !(0..=price.to_minor).contains(&price.from_minor)
            {
                say(format!("/offers/{i}/price_per_hour"), "range", "The lowest price must be 0 or more and not above the highest.");
            }
            if let (Some(free), Some(all)) = (offer.available_fte, offer.capacity_fte)
                && free > all
            {
                say(format!("/offers/{i}/available_fte"), "range", "No more people can be free than there are.");
            }
        }
        if self.workforce.impact_share.is_some() && self.workforce.definition.as_deref().unwrap_or_default().trim().is_empty() {
            say("/workforce/definition".into(), "required", "Declare the definition of impact worker that the share uses.");
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Refusal::fields(errors)),
        }
    }

    /// This profile, with what it does not know taken from the other.
    pub fn filled_from(&self, other: &Self) -> Self {
        let mut filled = self.clone();
        macro_rules! fill {
            ($($field:ident . $unknown:ident),*) => {$(
                if filled.$field.$unknown() {
                    filled.$field = other.$field.clone();
                }
            )*};
        }
        fill!(
            summary.is_none,
            website.is_none,
            country.is_none,
            city.is_none,
            founded.is_none,
            kinds.is_empty,
            languages.is_empty,
            delivery_countries.is_empty,
            sites.is_empty,
            offers.is_empty,
            certificates.is_empty
        );
        if filled.headcount.is_none() {
            (filled.headcount, filled.headcount_year) = (other.headcount, other.headcount_year);
        }
        if filled.workforce == super::Workforce::default() {
            filled.workforce = other.workforce.clone();
        }
        for name in std::iter::once(&other.name).chain(&other.other_names) {
            if *name != filled.name && !filled.other_names.contains(name) && filled.other_names.len() < 20 {
                filled.other_names.push(name.clone());
            }
        }
        filled
    }

    /// Languages stated for the organisation or for one of its offers.
    pub fn languages_worked_in(&self) -> BTreeSet<crate::codes::Language> {
        self.languages.iter().chain(self.offers.iter().flat_map(|o| o.languages.iter().map(|l| &l.language))).cloned().collect()
    }
}

/// Positions of entries that an earlier one equals.
fn repeated<T: Hash + Eq>(entries: impl Iterator<Item = T>) -> Vec<usize> {
    let mut seen = std::collections::HashSet::new();
    entries.enumerate().filter_map(|(i, e)| (!seen.insert(e)).then_some(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{CertificateKind, OrganisationKind};
    use crate::directory::{Certificate, Workforce};

    #[test]
    fn everything_wrong_is_said_at_once() {
        let twice = Certificate { kind: CertificateKind::Soc2, issuer: None, number: None, expires_on: None };
        let profile = Profile {
            kinds: vec![OrganisationKind::Issp, OrganisationKind::Issp],
            certificates: vec![twice.clone(), twice],
            workforce: Workforce { impact_share: Some(0.5), ..Workforce::default() },
            ..Profile::default()
        };
        let refusal = profile.check().unwrap_err();
        let pointers: Vec<_> = refusal.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, ["/kinds/1", "/certificates/1/kind", "/workforce/definition"]);
        assert!(Profile::default().check().is_ok());
    }
}
