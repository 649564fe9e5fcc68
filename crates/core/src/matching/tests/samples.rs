//! Needs and providers, plain ones to start from and random ones from a seed.

use crate::Instant;
use crate::codes::*;
use crate::directory::*;
use crate::ids::{OfferId, OrganisationId};
use crate::matching::{Candidate, NeedVisibility, Overlap, Terms, Wanted, candidates};
use crate::money::MoneyRange;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn organisation(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}

pub fn wanted(line: ServiceLine) -> Wanted {
    Wanted {
        title: "A need".into(),
        description: None,
        service_line: line,
        related_lines: false,
        fte_from: None,
        fte_to: None,
        start_by: None,
        duration_months: None,
        languages: vec![],
        skills_required: vec![],
        skills_wished: vec![],
        countries_allowed: vec![],
        countries_excluded: vec![],
        overlap: None,
        certificates_required: vec![],
        budget_per_hour: None,
        target_groups: vec![],
        minimum_impact_share: None,
        visibility: NeedVisibility::Matched,
        confidential: false,
        alert_from_score: None,
    }
}

pub fn terms(change: impl FnOnce(&mut Wanted)) -> Terms {
    let mut w = wanted(ServiceLine::DataAnnotation);
    change(&mut w);
    Terms::of(&w, today())
}

pub fn offer(line: ServiceLine) -> Offer {
    Offer {
        id: OfferId(Uuid::from_u128(7)),
        service_line: line,
        skills: vec![],
        languages: vec![],
        capacity_fte: None,
        available_fte: None,
        available_from: None,
        price_per_hour: None,
        hours: None,
        minimum_fte: None,
        ramp_up_weeks: None,
    }
}

pub fn profile(change: impl FnOnce(&mut Profile, &mut Offer)) -> Profile {
    let mut p = Profile { name: "Somebody".into(), kinds: vec![OrganisationKind::Issp], ..Profile::default() };
    let mut o = offer(ServiceLine::DataAnnotation);
    change(&mut p, &mut o);
    p.offers.push(o);
    p
}

pub fn candidate(change: impl FnOnce(&mut Profile, &mut Offer)) -> Candidate {
    candidates(organisation(1), &profile(change), &BTreeMap::new(), None).remove(0)
}

pub fn skill(tag: &str, level: Option<CefrLevel>) -> LanguageSkill {
    LanguageSkill { language: tag.parse().unwrap(), level }
}

pub fn usd(from_minor: i64, to_minor: i64) -> MoneyRange {
    MoneyRange { from_minor, to_minor, currency: Currency::USD }
}

/// SplitMix64: enough chance for tests, the same on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.one_in(3)).then(|| make(self))
    }
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
    pub fn some<T: Clone>(&mut self, list: &[T], most: usize) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| self.pick(list)).collect()
    }
}

const SKILLS: &[&str] = &["bounding boxes", "sap", "excel", "lidar", "python", "zendesk"];
const TAGS: &[&str] = &["en", "fr", "sw", "pt", "pt-BR", "hi"];
const PLACES: &[&str] = &["KE", "UG", "IN", "ZA", "US", "PT"];
const ZONES: &[&str] = &["Africa/Nairobi", "Asia/Kolkata", "America/New_York", "UTC"];

fn words(c: &mut Chance, most: usize) -> Vec<String> {
    c.some(SKILLS, most).into_iter().map(String::from).collect()
}
fn countries(c: &mut Chance, most: usize) -> Vec<Country> {
    c.some(PLACES, most).iter().map(|p| p.parse().unwrap()).collect()
}
fn skills(c: &mut Chance, most: usize) -> Vec<LanguageSkill> {
    c.some(TAGS, most).iter().map(|tag| skill(tag, c.maybe(|c| c.pick(CefrLevel::ALL)))).collect()
}
fn range(c: &mut Chance) -> MoneyRange {
    let from = 200 + c.below(1000) as i64;
    let currency = if c.one_in(5) { "KES".parse().unwrap() } else { Currency::USD };
    MoneyRange { from_minor: from, to_minor: from + c.below(600) as i64, currency }
}
fn day(c: &mut Chance, spread: usize) -> NaiveDate {
    today() + Days::new(c.below(spread) as u64) - Days::new(spread as u64 / 3)
}
fn minute(c: &mut Chance) -> i32 {
    c.below(96) as i32 * 15
}

/// A need that asks for about two thirds of everything.
pub fn any_wanted(c: &mut Chance) -> Wanted {
    let from = c.maybe(|c| 1.0 + c.below(60) as f64);
    Wanted {
        service_line: c.pick(&ServiceLine::ALL[..4]),
        related_lines: c.one_in(2),
        fte_from: from,
        fte_to: c.maybe(|c| from.unwrap_or(1.0) + c.below(60) as f64),
        start_by: c.maybe(|c| day(c, 200)),
        languages: skills(c, 3),
        skills_required: if c.one_in(2) { words(c, 2) } else { vec![] },
        skills_wished: words(c, 3),
        countries_allowed: if c.one_in(3) { countries(c, 4) } else { vec![] },
        countries_excluded: if c.one_in(3) { countries(c, 2) } else { vec![] },
        overlap: c.maybe(|c| Overlap {
            time_zone: c.pick(ZONES).parse().unwrap(),
            from_minute: minute(c),
            until_minute: minute(c),
            hours: c.below(9) as f64,
        }),
        certificates_required: if c.one_in(3) { c.some(CertificateKind::ALL, 2) } else { vec![] },
        budget_per_hour: c.maybe(range),
        target_groups: c.some(&TargetGroup::ALL[..6], 3),
        minimum_impact_share: c.maybe(|c| c.below(90) as f64 / 100.0),
        ..wanted(ServiceLine::DataAnnotation)
    }
}

pub fn any_profile(c: &mut Chance) -> Profile {
    let lines = c.below(4);
    let offers = (0..lines).map(|_| Offer {
        id: OfferId(Uuid::from_u128(u128::from(c.next()))),
        skills: words(c, 5),
        languages: skills(c, 4),
        capacity_fte: c.maybe(|c| c.below(150) as f64),
        available_fte: c.maybe(|c| c.below(100) as f64),
        available_from: c.maybe(|c| day(c, 200)),
        price_per_hour: c.maybe(range),
        hours: c.maybe(|c| HoursCovered { time_zone: c.pick(ZONES).parse().unwrap(), from_minute: minute(c), until_minute: minute(c) }),
        minimum_fte: c.one_in(3).then(|| c.below(40) as f64),
        ramp_up_weeks: c.maybe(|c| c.below(12) as i32),
        ..offer(c.pick(&ServiceLine::ALL[..6]))
    });
    let offers = offers.collect();
    Profile {
        name: "Somebody".into(),
        kinds: vec![if c.one_in(9) { OrganisationKind::Buyer } else { OrganisationKind::Bpo }],
        delivery_countries: countries(c, 3),
        languages: c.some(TAGS, 2).iter().map(|t| t.parse().unwrap()).collect(),
        offers,
        certificates: (0..c.below(4))
            .map(|_| Certificate {
                kind: c.pick(&CertificateKind::ALL[..5]),
                issuer: None,
                number: None,
                expires_on: c.maybe(|c| day(c, 60)),
            })
            .collect(),
        workforce: Workforce {
            impact_share: c.maybe(|c| c.below(101) as f64 / 100.0),
            target_groups: c.some(&TargetGroup::ALL[..6], 3),
            ..Workforce::default()
        },
        ..Profile::default()
    }
}

/// The same with one fact stated that was not, of any grade; the same where the one picked was stated.
pub fn one_fact_more(
    c: &mut Chance,
    profile: &Profile,
    provenance: &BTreeMap<String, Provenance>,
) -> (Profile, BTreeMap<String, Provenance>) {
    let (mut p, other) = (profile.clone(), any_profile(c));
    let more = any_profile(c).offers.pop().unwrap_or_else(|| offer(ServiceLine::DataAnnotation));
    let of_organisation = !p.languages.is_empty();
    let no_languages = !of_organisation && p.offers.iter().all(|o| o.languages.is_empty());
    let which = c.below(p.offers.len().max(1));
    match (c.below(12), p.offers.get_mut(which)) {
        (0, _) if p.workforce.impact_share.is_none() => p.workforce.impact_share = other.workforce.impact_share,
        (1, _) if p.workforce.target_groups.is_empty() => p.workforce.target_groups = other.workforce.target_groups,
        (2 | 3, _) => {
            let held: Vec<_> = p.certificates.iter().map(|x| x.kind).collect();
            p.certificates.extend(other.certificates.into_iter().find(|x| !held.contains(&x.kind)));
        }
        (4, Some(o)) if o.skills.is_empty() => o.skills = more.skills,
        (5, Some(o)) if o.languages.is_empty() && !of_organisation => o.languages = more.languages,
        (6, Some(o)) => o.available_fte = o.available_fte.or(more.available_fte),
        (7, Some(o)) => o.price_per_hour = o.price_per_hour.or(more.price_per_hour),
        (8, Some(o)) if o.hours.is_none() => o.hours = more.hours,
        (9, Some(o)) => o.available_from = o.available_from.or(more.available_from),
        (10, Some(o)) => o.ramp_up_weeks = o.ramp_up_weeks.or(more.ramp_up_weeks),
        (11, _) if no_languages => p.languages = other.languages,
        _ => {}
    }
    let mut known = any_provenance(c, &p);
    known.extend(provenance.clone());
    (p, known)
}

pub fn any_provenance(c: &mut Chance, profile: &Profile) -> BTreeMap<String, Provenance> {
    let graded =
        |c: &mut Chance| Provenance { by: SaidBy::Itself, at: Instant::from_micros(0), source: None, grade: c.pick(EvidenceGrade::ALL) };
    facts(profile).into_keys().map(|path| (path, graded(c))).collect()
}

pub fn any_responsiveness(c: &mut Chance) -> Option<Responsiveness> {
    c.maybe(|c| {
        let received = c.below(9) as u32;
        Responsiveness { received, answered: c.below(received as usize + 1) as u32, median_hours: c.maybe(|c| c.below(300) as f32) }
    })
}

pub fn any_candidates(c: &mut Chance, id: u128) -> Vec<Candidate> {
    let profile = any_profile(c);
    let provenance = any_provenance(c, &profile);
    candidates(organisation(id), &profile, &provenance, any_responsiveness(c).as_ref())
}

pub fn any_weights(c: &mut Chance) -> crate::matching::Weights {
    let mut all = [0.0; crate::matching::CRITERIA];
    all.iter_mut().for_each(|w| *w = if c.one_in(4) { 0.0 } else { c.below(100) as f32 });
    all[0] += 1.0;
    all.into()
}
