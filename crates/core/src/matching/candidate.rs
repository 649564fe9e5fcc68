//! What matching reads of a provider: one candidate an offer, in the precision that everything
//! (naive scoring, the index, the browser's matrix) computes with.

use super::evidence::{Grades, certificate_path};
use crate::codes::{CefrLevel, CertificateKind, Country, Currency, Language, ServiceLine, TargetGroup};
use crate::directory::{HoursCovered, Profile, Provenance, Responsiveness};
use crate::ids::{OfferId, OrganisationId};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A stated price per hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// The low end, in minor units.
    pub low: f32,
    /// The middle of the range, in minor units.
    pub middle: f32,
    pub currency: Currency,
}

/// One offer of one organisation, or an organisation without offers. Empty lists are unknown;
/// a list that is stated is whole: what is not on it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub organisation: OrganisationId,
    pub offer: Option<OfferId>,
    pub service_line: Option<ServiceLine>,
    /// Lower case, sorted.
    pub skills: Vec<String>,
    /// Sorted by tag; the best level where a tag occurs twice.
    pub languages: Vec<(Language, Option<CefrLevel>)>,
    /// Countries of delivery, sorted.
    pub countries: Vec<Country>,
    pub available_fte: Option<f32>,
    pub capacity_fte: Option<f32>,
    pub minimum_fte: Option<f32>,
    pub price: Option<Price>,
    pub hours: Option<HoursCovered>,
    /// Days since the common era.
    pub available_from: Option<i32>,
    pub ramp_up_weeks: Option<i32>,
    /// With the last day on which it counts, in days since the common era.
    pub certificates: Vec<(CertificateKind, Option<i32>)>,
    pub impact_share: Option<f32>,
    pub target_groups: Vec<TargetGroup>,
    /// How well each stated fact is backed.
    pub grades: Grades,
    /// How it answers inquiries, 0 to 1.
    pub responsiveness: Option<f32>,
}

impl Candidate {
    /// Held on that day (in days since the common era): stated and not expired.
    pub fn holds(&self, kind: CertificateKind, day: i32) -> bool {
        self.certificates.iter().any(|(k, until)| *k == kind && until.is_none_or(|u| u >= day))
    }
}

/// The rows of one organisation: one an offer (the first of a service line), one with unknowns
/// where it has none, none at all where it is not a provider.
pub fn candidates(
    organisation: OrganisationId,
    profile: &Profile,
    provenance: &BTreeMap<String, Provenance>,
    responsiveness: Option<&Responsiveness>,
) -> Vec<Candidate> {
    if !profile.is_provider() {
        return vec![];
    }
    let mut countries: Vec<_> = profile.countries_of_delivery().collect();
    countries.sort_unstable();
    countries.dedup();
    let mut certificates: Vec<(CertificateKind, Option<i32>)> = vec![];
    for c in &profile.certificates {
        let until = c.expires_on.map(|d| d.num_days_from_ce());
        match certificates.iter_mut().find(|(kind, _)| *kind == c.kind) {
            Some(known) => known.1 = known.1.zip(until).map(|(a, b)| a.max(b)),
            None => certificates.push((c.kind, until)),
        }
    }
    certificates.sort_unstable_by_key(|(kind, _)| *kind);
    let mut target_groups = profile.workforce.target_groups.clone();
    target_groups.sort_unstable();
    target_groups.dedup();
    let base = Candidate {
        organisation,
        offer: None,
        service_line: None,
        skills: vec![],
        languages: best_levels(profile.languages.iter().map(|l| (l.clone(), None))),
        countries,
        available_fte: None,
        capacity_fte: None,
        minimum_fte: None,
        price: None,
        hours: None,
        available_from: None,
        ramp_up_weeks: None,
        certificates,
        impact_share: profile.workforce.impact_share.map(|s| s.clamp(0.0, 1.0) as f32),
        target_groups,
        grades: Grades::default(),
        responsiveness: responsiveness.and_then(responsiveness_value),
    };
    let mut rows: Vec<Candidate> = vec![];
    for offer in &profile.offers {
        if rows.iter().any(|r| r.service_line == Some(offer.service_line)) {
            continue;
        }
        let mut skills: Vec<_> = offer.skills.iter().map(|s| skill_word(s)).filter(|s| !s.is_empty()).collect();
        skills.sort_unstable();
        skills.dedup();
        rows.push(Candidate {
            offer: Some(offer.id),
            service_line: Some(offer.service_line),
            skills,
            languages: match offer.languages.is_empty() {
                true => base.languages.clone(),
                false => best_levels(offer.languages.iter().map(|l| (l.language.clone(), l.level))),
            },
            available_fte: offer.available_fte.map(|x| x as f32),
            capacity_fte: offer.capacity_fte.map(|x| x as f32),
            minimum_fte: offer.minimum_fte.map(|x| x as f32),
            price: offer.price_per_hour.zip(Profile::middle_price(offer)).map(|(range, middle)| Price {
                low: range.from_minor as f32,
                middle: middle.minor as f32,
                currency: range.currency,
            }),
            hours: offer.hours.clone(),
            available_from: offer.available_from.map(|d| d.num_days_from_ce()),
            ramp_up_weeks: offer.ramp_up_weeks,
            ..base.clone()
        });
    }
    if rows.is_empty() {
        rows.push(base);
    }
    for row in &mut rows {
        row.grades = grades(row, provenance, profile);
    }
    rows
}

/// Skills are compared as words in lower case without outer space.
pub fn skill_word(text: &str) -> String {
    text.trim().to_lowercase()
}

pub(super) fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

fn best_levels(list: impl Iterator<Item = (Language, Option<CefrLevel>)>) -> Vec<(Language, Option<CefrLevel>)> {
    let mut best = BTreeMap::new();
    for (language, level) in list {
        let known = best.entry(language).or_insert(level);
        *known = (*known).max(level);
    }
    best.into_iter().collect()
}

/// Answered share of what it received, times 1 for a median answer within a day, falling to one half
/// for a week or more. Unknown until it has received something.
fn responsiveness_value(r: &Responsiveness) -> Option<f32> {
    if r.received == 0 {
        return None;
    }
    let answered = (r.answered.min(r.received) as f32) / r.received as f32;
    let slowness = r.median_hours.map_or(1.0, |h| ((h - 24.0) / (168.0 - 24.0)).clamp(0.0, 1.0));
    Some(answered * (1.0 - 0.5 * slowness))
}

/// The languages are the offer's, or else the organisation's; each other fact has one place.
fn grades(row: &Candidate, provenance: &BTreeMap<String, Provenance>, profile: &Profile) -> Grades {
    let of_offer = row.offer.and_then(|id| profile.offers.iter().find(|o| o.id == id)).is_some_and(|o| !o.languages.is_empty());
    let grade = |path: &str| provenance.get(path).map(|p| p.grade);
    let stands = |path: &str| of_offer || !path.ends_with("/languages");
    Grades::of(row, |fact| grade(&fact.path(row.offer, stands)?), |kind| grade(&certificate_path(kind)))
}
