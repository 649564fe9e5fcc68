//! A need made ready for comparing: curves, bit masks, words in the form that candidates have.

use super::candidate::{day_number, skill_word};
use super::{Asked, Criterion, Curve, EvidenceTerms, Overlap, Wanted};
use crate::Instant;
use crate::codes::{CefrLevel, CertificateKind, Country, Currency, Language, ServiceLine, TargetGroup, TimeZone};
use crate::directory::HoursCovered;
use chrono::{Datelike, NaiveDate};

/// What is asked, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub asked: Asked,
    pub service_line: ServiceLine,
    pub related_lines: bool,
    pub skills_required: Vec<String>,
    /// Without those that are required anyway.
    pub skills_wished: Vec<String>,
    pub languages: Vec<(Language, Option<CefrLevel>)>,
    pub countries_allowed: Vec<Country>,
    pub countries_excluded: Vec<Country>,
    pub fte_from: Option<f32>,
    pub fte_to: Option<f32>,
    pub capacity: Curve,
    pub budget: Option<Budget>,
    pub overlap: Option<OverlapTerms>,
    pub start_by: Option<i32>,
    pub start: Curve,
    pub certificates: Vec<CertificateKind>,
    pub minimum_share: Option<f32>,
    pub impact_share: Curve,
    pub target_groups: Vec<TargetGroup>,
    /// The facts whose grades count as evidence.
    pub evidence: EvidenceTerms,
    pub today: i32,
}

/// Budget per hour in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    pub from: f32,
    pub to: f32,
    pub currency: Currency,
    pub curve: Curve,
}

/// The buyer's day in minutes after UTC midnight, and what is wanted of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverlapTerms {
    /// `None` where the zone database is not at hand: then every overlap is unknown.
    day: Option<(i32, i32)>,
    pub minutes: f32,
    pub curve: Curve,
    /// The moment whose offsets (summer time) count.
    at: Instant,
}

/// Full strength this many days late is worth nothing.
pub const LATE_DAYS: f32 = 84.0;

impl Terms {
    pub fn of(wanted: &Wanted, today: NaiveDate) -> Self {
        let words = |list: &[String]| -> Vec<String> {
            let mut words: Vec<_> = list.iter().map(|s| skill_word(s)).filter(|s| !s.is_empty()).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let skills_required = words(&wanted.skills_required);
        let mut skills_wished = words(&wanted.skills_wished);
        skills_wished.retain(|w| !skills_required.contains(w));
        let mut languages: Vec<(Language, Option<CefrLevel>)> = vec![];
        for l in &wanted.languages {
            match languages.iter_mut().find(|(tag, _)| *tag == l.language) {
                Some(known) => known.1 = known.1.max(l.level),
                None => languages.push((l.language.clone(), l.level)),
            }
        }
        let mut certificates = wanted.certificates_required.clone();
        certificates.sort_unstable();
        certificates.dedup();
        let mut target_groups = wanted.target_groups.clone();
        target_groups.sort_unstable();
        target_groups.dedup();
        let positive = |x: Option<f64>| x.map(|x| x as f32).filter(|x| *x > 0.0);
        let (fte_from, fte_to) = (positive(wanted.fte_from), positive(wanted.fte_to));
        let day = day_number(today);
        // A day that has passed means now.
        let start_by = wanted.start_by.map(|d| day_number(d).max(day));
        let budget = wanted.budget_per_hour.map(Budget::of);
        let overlap = wanted
            .overlap
            .as_ref()
            .filter(|o| o.hours > 0.0)
            .map(|o| OverlapTerms::of(o, noon(wanted.start_by.unwrap_or(today).max(today))));
        let minimum_share = positive(wanted.minimum_impact_share);
        let asked: Asked = Criterion::ALL
            .iter()
            .copied()
            .filter(|c| match c {
                Criterion::ServiceFit | Criterion::ImpactShare | Criterion::Evidence | Criterion::Responsiveness => true,
                Criterion::Skills => !skills_required.is_empty() || !skills_wished.is_empty(),
                Criterion::Languages => !languages.is_empty(),
                Criterion::Capacity => fte_from.is_some() || fte_to.is_some(),
                Criterion::Price => budget.is_some(),
                Criterion::TimeOverlap => overlap.is_some(),
                Criterion::Start => start_by.is_some(),
                Criterion::Certificates => !certificates.is_empty(),
                Criterion::TargetGroup => !target_groups.is_empty(),
            })
            .collect();
        Self {
            asked,
            evidence: EvidenceTerms::of(asked, certificates.len()),
            service_line: wanted.service_line,
            related_lines: wanted.related_lines,
            languages,
            countries_allowed: wanted.countries_allowed.clone(),
            countries_excluded: wanted.countries_excluded.clone(),
            fte_from,
            fte_to,
            capacity: capacity_curve(fte_from, fte_to),
            budget,
            overlap,
            start_by,
            start: start_by.map_or(Curve::IDENTITY, |d| Curve::line((d as f32, 1.0), (d as f32 + LATE_DAYS, 0.0))),
            certificates,
            minimum_share,
            impact_share: minimum_share.filter(|m| *m < 1.0).map_or_else(
                || minimum_share.map_or(Curve::IDENTITY, |_| Curve::line((0.0, 0.0), (1.0, 1.0))),
                |m| Curve::bent((0.0, 0.0), (m, 0.5), (1.0, 1.0)),
            ),
            target_groups,
            skills_required,
            skills_wished,
            today: day,
        }
    }

    /// A candidate that delivers from at least one of these countries will do.
    pub fn accepts_country(&self, country: Country) -> bool {
        (self.countries_allowed.is_empty() || self.countries_allowed.contains(&country)) && !self.countries_excluded.contains(&country)
    }
    pub fn restricts_countries(&self) -> bool {
        !self.countries_allowed.is_empty() || !self.countries_excluded.is_empty()
    }
    /// The largest team that the need can use.
    pub fn largest_team(&self) -> Option<f32> {
        self.fte_to.or(self.fte_from)
    }
}

/// Half the value at the smallest team that helps, all of it at the full team.
fn capacity_curve(from: Option<f32>, to: Option<f32>) -> Curve {
    match (from, to) {
        (Some(from), Some(to)) if to > from => Curve::bent((0.0, 0.0), (from, 0.5), (to, 1.0)),
        (Some(only), _) | (None, Some(only)) => Curve::line((0.0, 0.0), (only, 1.0)),
        (None, None) => Curve::IDENTITY,
    }
}

impl Budget {
    fn of(range: crate::money::MoneyRange) -> Self {
        let (from, to) = (range.from_minor as f32, range.to_minor as f32);
        let worthless = to * 1.5;
        let curve = match to > from {
            true => Curve::bent((from, 1.0), (to, 0.5), (worthless, 0.0)),
            false => Curve::line((to, 1.0), (worthless, 0.0)),
        };
        Self { from, to, currency: range.currency, curve }
    }
}

impl OverlapTerms {
    fn of(wanted: &Overlap, at: Instant) -> Self {
        let day = offset(&wanted.time_zone, at).map(|offset| utc_span(offset, wanted.from_minute, wanted.until_minute));
        // Nobody can share more than the whole of the day asked about.
        let minutes = day.map_or(1440, |(_, length)| length).min((wanted.hours * 60.0).ceil() as i32) as f32;
        Self { day, minutes, curve: Curve::line((0.0, 0.0), (minutes, 1.0)), at }
    }

    /// Hours that would share all that is wanted: the beginning of the buyer's day, in UTC.
    pub fn full_hours(&self) -> Option<HoursCovered> {
        let (from, length) = self.day?;
        let until = (from + length.min(self.minutes.ceil() as i32)) % 1440;
        Some(HoursCovered { time_zone: "UTC".parse().ok()?, from_minute: from, until_minute: until })
    }

    /// Minutes that both work.
    pub fn minutes_shared(&self, hours: &HoursCovered) -> Option<f32> {
        self.minutes_shared_at(hours, self.offset(&hours.time_zone)?)
    }
    /// How far east of UTC a zone is, in minutes, when it counts.
    pub fn offset(&self, zone: &TimeZone) -> Option<i32> {
        offset(zone, self.at)
    }
    /// The same for hours whose offset is known.
    pub fn minutes_shared_at(&self, hours: &HoursCovered, offset: i32) -> Option<f32> {
        let (a, a_len) = self.day?;
        let (b, b_len) = utc_span(offset, hours.from_minute, hours.until_minute);
        let shared = |shift: i32| ((a + a_len).min(b + shift + b_len) - a.max(b + shift)).max(0);
        Some((shared(-1440) + shared(0) + shared(1440)).min(1440) as f32)
    }
}

/// Start in 0..1440 after UTC midnight, and length; equal ends are round the clock.
fn utc_span(offset: i32, from: i32, until: i32) -> (i32, i32) {
    let length = (until - from).rem_euclid(1440);
    ((from - offset).rem_euclid(1440), if length == 0 { 1440 } else { length })
}

#[cfg(feature = "time_zones")]
fn offset(zone: &TimeZone, at: Instant) -> Option<i32> {
    Some(zone.offset_minutes(at))
}
#[cfg(not(feature = "time_zones"))]
fn offset(zone: &TimeZone, _: Instant) -> Option<i32> {
    (zone.as_str() == "UTC").then_some(0)
}

fn noon(day: NaiveDate) -> Instant {
    Instant::from_micros((i64::from(day.num_days_from_ce()) - 719_163) * 86_400_000_000 + 43_200_000_000)
}
