//! A million made-up candidates, the same on every machine, and the needs that they are searched for.

use chrono::NaiveDate;
use kazi_core::codes::*;
use kazi_core::directory::{EvidenceGrade, HoursCovered, LanguageSkill};
use kazi_core::ids::{OfferId, OrganisationId};
use kazi_core::matching::*;
use kazi_core::money::MoneyRange;
use uuid::Uuid;

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.draw() % n as u64) as usize
    }
    /// Stated in seven of ten cases.
    fn stated<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(10) < 7).then(|| make(self))
    }
    /// Small numbers much more often than large ones, as words and languages are used.
    fn skewed(&mut self, n: usize) -> usize {
        let x = self.below(1 << 20) as f64 / (1 << 20) as f64;
        ((n as f64) * x * x * x) as usize
    }
}

const TAGS: [&str; 40] = [
    "en", "fr", "es", "hi", "sw", "pt", "ar", "bn", "ta", "te", "kn", "mr", "gu", "ur", "ne", "km", "lo", "vi", "th", "id", "ms", "tl",
    "zh", "ja", "ko", "de", "it", "nl", "pl", "ro", "bg", "ru", "uk", "tr", "am", "zu", "xh", "af", "ha", "yo",
];
pub const SKILLS: usize = 5_000;

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn skill(n: usize) -> String {
    format!("skill {n}")
}

pub fn candidate(c: &mut Chance, n: u64, line: ServiceLine) -> Candidate {
    let countries: Vec<Country> = Country::all().collect();
    let day = 739_943;
    let mut skills: Vec<String> = (0..c.below(8)).map(|_| skill(c.skewed(SKILLS))).collect();
    skills.sort();
    skills.dedup();
    let mut languages: Vec<(Language, Option<CefrLevel>)> = vec![];
    for _ in 0..c.below(5) {
        let tag: Language = TAGS[c.skewed(TAGS.len())].parse().unwrap();
        if languages.iter().all(|(l, _)| *l != tag) {
            languages.push((tag, c.stated(|c| CefrLevel::ALL[c.below(7)])));
        }
    }
    let mut delivery: Vec<Country> = (0..c.below(3)).map(|_| countries[c.below(60)]).collect();
    delivery.sort();
    delivery.dedup();
    let low = 200 + c.below(2_000);
    let mut row = Candidate {
        organisation: OrganisationId(Uuid::from_u64_pair((n << 20) | 0x7000, c.draw() | 1 << 63)),
        offer: Some(OfferId(Uuid::from_u64_pair(n << 20, c.draw() | 1 << 63))),
        service_line: Some(line),
        skills,
        languages,
        countries: delivery,
        available_fte: c.stated(|c| c.skewed(500) as f32),
        capacity_fte: c.stated(|c| c.skewed(900) as f32),
        minimum_fte: (c.below(4) == 0).then(|| c.below(20) as f32),
        price: c.stated(|c| Price {
            low: low as f32,
            middle: (low + c.below(300)) as f32,
            currency: if c.below(8) == 0 { "INR".parse().unwrap() } else { Currency::USD },
        }),
        hours: c.stated(|c| HoursCovered {
            time_zone: "UTC".parse().unwrap(),
            from_minute: c.below(48) as i32 * 30,
            until_minute: c.below(48) as i32 * 30,
        }),
        available_from: c.stated(|c| day - 60 + c.below(240) as i32),
        ramp_up_weeks: c.stated(|c| c.below(16) as i32),
        certificates: (0..c.below(3))
            .map(|i| (CertificateKind::ALL[3 * i + c.below(3)], (c.below(8) == 0).then(|| day - 30 + c.below(700) as i32)))
            .collect(),
        impact_share: c.stated(|c| c.below(1_001) as f32 / 1_000.0),
        target_groups: (0..c.below(4)).map(|i| TargetGroup::ALL[3 * i + c.below(3)]).collect(),
        grades: Grades::default(),
        responsiveness: c.stated(|c| c.below(101) as f32 / 100.0),
    };
    let draws: [usize; 10] = std::array::from_fn(|_| c.below(EvidenceGrade::ALL.len()));
    let of_certificates = EvidenceGrade::ALL[c.below(EvidenceGrade::ALL.len())];
    row.grades = Grades::of(&row, |fact| Some(EvidenceGrade::ALL[draws[fact as usize]]), |_| Some(of_certificates));
    row
}

/// Candidates of all lines, or all of one.
pub fn index(candidates: usize, line: Option<ServiceLine>) -> Index {
    let mut c = Chance(1);
    let mut index = Index::default();
    index.advance(today());
    for n in 0..candidates as u64 {
        let line = line.unwrap_or(ServiceLine::ALL[n as usize % ServiceLine::ALL.len()]);
        let row = candidate(&mut c, n, line);
        index.upsert(row.organisation, &[row]);
    }
    index.compact();
    index
}

/// Asks for all twelve criteria. Demanding: few pass. Lenient: nearly everybody passes, so that no filter helps.
pub fn need(demanding: bool) -> Wanted {
    let language = |tag: &str, level| LanguageSkill { language: tag.parse().unwrap(), level };
    Wanted {
        title: "Benchmark".into(),
        description: None,
        service_line: ServiceLine::DataAnnotation,
        related_lines: false,
        fte_from: demanding.then_some(20.0),
        fte_to: Some(200.0),
        start_by: NaiveDate::from_ymd_opt(2027, if demanding { 2 } else { 12 }, 1),
        duration_months: Some(12),
        languages: if demanding { vec![language("en", Some(CefrLevel::B2)), language("fr", None)] } else { vec![] },
        skills_required: if demanding { vec![skill(1)] } else { vec![] },
        skills_wished: vec![skill(0), skill(2), skill(30)],
        countries_allowed: vec![],
        countries_excluded: vec!["US".parse().unwrap()],
        overlap: Some(Overlap {
            time_zone: "UTC".parse().unwrap(),
            from_minute: 540,
            until_minute: 1020,
            hours: if demanding { 4.0 } else { 0.01 },
        }),
        certificates_required: if demanding { vec![CertificateKind::Iso27001] } else { vec![] },
        budget_per_hour: Some(MoneyRange { from_minor: 400, to_minor: if demanding { 1_200 } else { 3_000 }, currency: Currency::USD }),
        target_groups: vec![TargetGroup::Women, TargetGroup::Youth, TargetGroup::Disability],
        minimum_impact_share: demanding.then_some(0.3),
        visibility: NeedVisibility::Matched,
        confidential: false,
        alert_from_score: None,
    }
}
