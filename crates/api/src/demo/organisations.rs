//! One demo provider from a seed and a number. Every number has its own generator, so that the
//! thousandth is the same whether or not the others are made.

use super::places::{PLACES, Place};
use chrono::{Datelike, Days, NaiveDate};
use kazi_core::Instant;
use kazi_core::codes::{CefrLevel, CertificateKind, OrganisationKind, ServiceLine, TargetGroup};
use kazi_core::directory::{
    Certificate, EvidenceGrade, HoursCovered, LanguageSkill, Offer, Profile, Provenance, SaidBy, Site, Workforce, after_edit, slug,
};
use kazi_core::money::MoneyRange;
use kazi_store::directory::NewListing;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

const FIRST: &[&str] = &[
    "Baobab",
    "Acacia",
    "Savanna",
    "Harbour",
    "Monsoon",
    "Lotus",
    "Jacaranda",
    "Kilimo",
    "Umoja",
    "Tumaini",
    "Sahel",
    "Delta",
    "Highland",
    "Coral",
    "Mangrove",
    "Sunbird",
    "Teranga",
    "Ubuntu",
    "Condor",
    "Cardamom",
    "Indigo",
    "Marula",
    "Nile",
    "Zenith",
    "Banyan",
    "Cassava",
    "Dhow",
    "Equator",
    "Fynbos",
    "Ginger",
    "Heron",
    "Ibis",
];
const SECOND: &[&str] = &[
    "Data", "Digital", "Works", "Bridge", "Voice", "Insight", "Link", "Skills", "Craft", "Path", "Reach", "Rise", "Spark", "Stream",
    "Talent", "Hive", "Loop", "Forge", "Gate", "Grove",
];
const THIRD: &[&str] = &["Collective", "Services", "Centre", "Partners", "Hub", "Studio", "Co-operative", "Solutions", "Network", "Lab"];

/// By what a provider of that seed is told again.
pub fn key(seed: u64, n: u64) -> String {
    format!("demo:{seed}:{n}")
}

/// A name that no other number has, which says that it is fictional.
fn name(n: u64) -> String {
    let (a, b, c) = (FIRST.len() as u64, SECOND.len() as u64, THIRD.len() as u64);
    // Steps that share no factor with the number of names visit each once before they come round.
    let at = n * 2_417 % (a * b * c);
    let round = n / (a * b * c);
    let words = [FIRST[(at % a) as usize], SECOND[(at / a % b) as usize], THIRD[(at / a / b) as usize]].join(" ");
    if round == 0 { format!("{words} (fictional)") } else { format!("{words} {} (fictional)", round + 1) }
}

fn some<T>(rng: &mut StdRng, chance: f64, make: impl FnOnce(&mut StdRng) -> T) -> Option<T> {
    rng.random_bool(chance).then(|| make(rng))
}

fn few<T: Copy>(rng: &mut StdRng, list: &[T], most: usize) -> Vec<T> {
    let count = rng.random_range(1..=most);
    list.sample(rng, count).copied().collect()
}

fn id(rng: &mut StdRng, n: u64) -> Uuid {
    let mut bytes = [0; 10];
    bytes.iter_mut().for_each(|b| *b = rng.random());
    // 2026-01-01 and on, a millisecond each: the ids are in the order of the numbers.
    uuid::Builder::from_unix_timestamp_millis(1_767_225_600_000 + n, &bytes).into_uuid()
}

/// The provider of that number, as it would be listed at that moment.
pub fn provider(seed: u64, n: u64, at: Instant) -> NewListing {
    let rng = &mut StdRng::seed_from_u64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ n);
    let id = id(rng, n);
    let profile = profile(rng, n, at.day());
    let (by, grade, source) = match rng.random_range(0..10) {
        0..6 => (SaidBy::Itself, EvidenceGrade::SelfDeclared, None),
        6..9 => (SaidBy::List, EvidenceGrade::Listed, Some("Made-up list".to_owned())),
        _ => (SaidBy::Auditor, EvidenceGrade::Audited, Some("Made-up audit".to_owned())),
    };
    let provenance = after_edit(&Profile::default(), &profile, &Default::default(), &Provenance { by, at, source, grade });
    NewListing { id: id.into(), claimed: by != SaidBy::List, profile, provenance, fictional: true, source_key: Some(key(seed, n)) }
}

fn profile(rng: &mut StdRng, n: u64, today: NaiveDate) -> Profile {
    let place = PLACES.choose_weighted(rng, |p| p.weight).unwrap_or(&PLACES[0]);
    let name = name(n);
    let lines = few(rng, ServiceLine::ALL, 4);
    // Sizes of firms spread over orders of magnitude.
    let headcount = 10f64.powf(rng.random_range(1.0..3.3)) as i32;
    let kinds = match rng.random_range(0..10) {
        0..6 => vec![OrganisationKind::Issp],
        6..8 => vec![OrganisationKind::Bpo],
        8 => vec![OrganisationKind::Issp, OrganisationKind::Bpo],
        _ => vec![OrganisationKind::Issp, OrganisationKind::Trainer],
    };
    let words = lines.iter().map(|l| l.as_str().replace('_', " ")).collect::<Vec<_>>().join(", ");
    let languages = || place.languages.iter().filter_map(|l| l.parse().ok()).collect::<Vec<_>>();
    let offers = lines.iter().map(|line| offer(rng, place, *line, headcount, lines.len(), today)).collect();
    Profile {
        website: some(rng, 0.85, |_| format!("https://{}.example", slug(&name))),
        summary: some(rng, 0.8, |_| format!("A made-up provider in {}: {words}. It exists to try the platform out.", place.city)),
        name,
        other_names: vec![],
        kinds,
        country: place.country.parse().ok(),
        city: Some(place.city.into()),
        delivery_countries: place.country.parse().into_iter().collect(),
        founded: some(rng, 0.8, |r| r.random_range(1995..=2024)),
        headcount: some(rng, 0.75, |_| headcount),
        headcount_year: Some(today.year()),
        languages: languages(),
        sites: vec![site(rng, place, headcount)],
        offers,
        certificates: certificates(rng, today),
        workforce: workforce(rng),
    }
}

fn site(rng: &mut StdRng, place: &Place, headcount: i32) -> Site {
    Site {
        id: id(rng, 0).into(),
        country: place.country.parse().expect("the table has real codes"),
        city: Some(place.city.into()),
        latitude: Some(((place.latitude + rng.random_range(-0.2..0.2)) * 1000.0).round() / 1000.0),
        longitude: Some(((place.longitude + rng.random_range(-0.2..0.2)) * 1000.0).round() / 1000.0),
        time_zone: place.zone.parse().ok(),
        seats: some(rng, 0.6, |_| headcount),
        power_backup: some(rng, 0.6, |r| r.random_bool(0.8)),
        line_backup: some(rng, 0.5, |r| r.random_bool(0.7)),
    }
}

fn skills(line: ServiceLine) -> &'static [&'static str] {
    use ServiceLine::*;
    match line {
        DataAnnotation => &["bounding boxes", "segmentation", "lidar", "text labelling", "audio labelling", "medical images"],
        ContentModeration => &["image review", "policy escalation", "trust and safety"],
        DataEntry | Digitisation | TransactionProcessing | BackOffice => {
            &["ocr correction", "forms", "invoices", "excel", "quality control"]
        }
        Transcription | Translation => &["subtitling", "legal", "medical", "proofreading"],
        CustomerSupportVoice | CustomerSupportChat | TechnicalSupport | Sales | Collections => {
            &["zendesk", "salesforce", "e-commerce", "telecoms"]
        }
        FinanceAccounting | PayrollHr => &["sap", "quickbooks", "reconciliation", "payroll"],
        ItHelpdesk => &["itil", "active directory", "remote support"],
        SoftwareTesting | SoftwareDevelopment => &["python", "javascript", "test automation", "mobile", "rust"],
        DesignMultimedia => &["figma", "video editing", "illustration"],
        Research | Surveys => &["desk research", "interviews", "lead lists", "phone surveys"],
    }
}

fn offer(rng: &mut StdRng, place: &Place, line: ServiceLine, headcount: i32, lines: usize, today: NaiveDate) -> Offer {
    let capacity = (f64::from(headcount) / lines as f64 * rng.random_range(0.4..0.9)).round().max(2.0);
    let low = place.price * rng.random_range(60..110) / 100;
    let levels = [CefrLevel::B1, CefrLevel::B2, CefrLevel::C1, CefrLevel::C2, CefrLevel::Native];
    Offer {
        skills: some(rng, 0.75, |r| few(r, skills(line), 3)).unwrap_or_default().into_iter().map(str::to_owned).collect(),
        languages: place
            .languages
            .iter()
            .filter_map(|l| Some(LanguageSkill { language: l.parse().ok()?, level: some(rng, 0.8, |r| levels[r.random_range(0..5)]) }))
            .collect(),
        capacity_fte: some(rng, 0.75, |_| capacity),
        available_fte: some(rng, 0.6, |r| (capacity * r.random_range(0.0..0.5)).round()),
        available_from: some(rng, 0.4, |r| today + Days::new(r.random_range(0..180))),
        price_per_hour: some(rng, 0.65, |r| MoneyRange {
            from_minor: low,
            to_minor: low * r.random_range(105..160) / 100,
            currency: kazi_core::codes::Currency::USD,
        }),
        hours: some(rng, 0.6, |r| {
            let from_minute = r.random_range(6..12) * 60;
            let time_zone = place.zone.parse().expect("the table has real zones");
            HoursCovered { time_zone, from_minute, until_minute: (from_minute + r.random_range(8..=16) * 60) % 1440 }
        }),
        minimum_fte: some(rng, 0.4, |r| f64::from(r.random_range(1..10))),
        ramp_up_weeks: some(rng, 0.5, |r| r.random_range(1..=12)),
        ..Offer::of(id(rng, 0).into(), line)
    }
}

fn certificates(rng: &mut StdRng, today: NaiveDate) -> Vec<Certificate> {
    let chances = [
        (CertificateKind::Iso27001, 0.3),
        (CertificateKind::Iso9001, 0.25),
        (CertificateKind::Soc2, 0.15),
        (CertificateKind::PciDss, 0.1),
        (CertificateKind::Iso18295, 0.08),
        (CertificateKind::BCorp, 0.06),
        (CertificateKind::CopcCx, 0.04),
    ];
    let held = chances.into_iter().filter(|(_, chance)| rng.random_bool(*chance)).collect::<Vec<_>>();
    held.into_iter()
        .map(|(kind, _)| Certificate {
            kind,
            issuer: None,
            number: None,
            expires_on: some(rng, 0.8, |r| (today - Days::new(200)) + Days::new(r.random_range(0..1200))),
        })
        .collect()
}

fn workforce(rng: &mut StdRng) -> Workforce {
    let share = some(rng, 0.6, |r| f64::from(r.random_range(10..=95)) / 100.0);
    Workforce {
        impact_share: share,
        target_groups: some(rng, 0.8, |r| few(r, TargetGroup::ALL, 3)).unwrap_or_default(),
        definition: share.map(|_| "Hired from the target groups named, unemployed or earning below the living wage before.".into()),
        definition_source: share.map(|_| "Made-up".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use validator::Validate;

    #[test]
    fn providers_are_the_same_again_named_apart_and_in_order() {
        let at = Instant::from_micros(1_795_000_000_000_000);
        let made: Vec<_> = (0..300).map(|n| provider(7, n, at)).collect();
        assert_eq!(made[299].profile, provider(7, 299, at).profile);
        assert_ne!(made[0].profile, provider(8, 0, at).profile);
        assert_eq!((0..20_000).map(name).collect::<BTreeSet<_>>().len(), 20_000);
        assert!(made.is_sorted_by_key(|l| l.id));
        for listing in &made {
            assert!(listing.fictional && listing.profile.name.contains("(fictional)"));
            assert!(listing.profile.check().is_ok(), "{:?}", listing.profile.check());
            assert!(listing.profile.validate().is_ok());
        }
    }
}
