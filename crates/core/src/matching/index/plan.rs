//! A need made ready for columns: numbers of words, tables by code, weights as points.

use super::scan::{GROUP, Keys, PENALTY, Ramps};
use super::{Index, NO_LINE};
use crate::codes::{CefrLevel, ServiceLine};
use crate::matching::{CRITERIA, Criterion, Curve, Shares, Terms, criteria};
use hashbrown::HashMap;

/// How to scan one segment.
pub(super) struct Part {
    pub segment: usize,
    /// 1 where the service line itself fails.
    pub failures: u8,
    /// Points for the service line.
    pub points: f32,
}

/// One language that is asked for.
pub(super) struct AskedLanguage {
    /// Numbers of the tags that meet it.
    pub tags: Vec<u32>,
    pub level: Option<CefrLevel>,
}

/// What each code adds to the key, 0 (unknown) adding nothing. Where few codes add something, comparing with each
/// is faster than looking up. A short table has a fixed length, which lets the compiler look up many rows at once
/// without checking each.
pub(super) enum Table {
    Few(Vec<(u32, f32)>),
    Short(Box<[f32; SHORT]>),
    Long(Vec<f32>),
}

const FEW: usize = 4;
const SHORT: usize = 4096;

impl Table {
    fn of(keys: impl Iterator<Item = f32>) -> Self {
        let mut table: Vec<f32> = std::iter::once(0.0).chain(keys).collect();
        let few: Vec<_> = (0u32..).zip(&table).filter(|(_, key)| **key != 0.0).map(|(code, key)| (code, *key)).take(FEW + 1).collect();
        if few.len() <= FEW {
            return Self::Few(few);
        }
        if table.len() > SHORT {
            return Self::Long(table);
        }
        table.resize(SHORT, 0.0);
        table.into_boxed_slice().try_into().map_or_else(|table| Self::Long(table.into_vec()), Self::Short)
    }

    pub fn get(&self, code: u32) -> f32 {
        match self {
            Self::Few(codes) => codes.iter().filter(|(one, _)| *one == code).map(|(_, key)| key).sum(),
            Self::Short(table) => table[code as usize % SHORT],
            Self::Long(table) => table[code as usize],
        }
    }

    #[inline(always)]
    pub fn add(&self, keys: &mut Keys, codes: &[u32; GROUP]) {
        match self {
            Self::Few(few) => {
                for (one, key) in few {
                    keys.iter_mut().zip(codes).for_each(|(k, code)| *k += if code == one { *key } else { 0.0 });
                }
            }
            Self::Short(table) => keys.iter_mut().zip(codes).for_each(|(k, code)| *k += table[*code as usize % SHORT]),
            Self::Long(table) => keys.iter_mut().zip(codes).for_each(|(k, code)| *k += table[*code as usize]),
        }
    }
}

pub(super) struct Plan<'a> {
    pub terms: &'a Terms,
    pub shares: &'a Shares,
    /// Points at full value: 100 × share.
    pub points: [f32; CRITERIA],
    pub parts: Vec<Part>,
    /// Words that must be there; `None` where no candidate has the word.
    pub required: Vec<Option<u32>>,
    pub wished: Vec<u32>,
    pub skill_point: f32,
    pub languages: Vec<AskedLanguage>,
    /// What to add to the key by country set and by shift; the first of each is unknown.
    pub by_countries: Table,
    pub by_shift: Table,
    pub capacity: Ramps,
    pub price: Ramps,
    pub start: Ramps,
    pub share: Ramps,
    /// Points for a quarter of one fact's evidence.
    pub quarter: f32,
    /// The most that criteria which do not decide who passes can add, skills wished apart.
    pub later: f32,
    pub currency: Option<u8>,
    pub certificates: u16,
    pub groups: u16,
}

impl<'a> Plan<'a> {
    pub fn of(index: &Index, terms: &'a Terms, shares: &'a Shares) -> Self {
        let points: [f32; CRITERIA] = shares.0.map(|s| (100.0 * s) as f32);
        let at = |c: Criterion| points[c.ordinal()];
        let mut parts = vec![];
        for line in ServiceLine::ALL {
            let fit = criteria::line_fit(terms.service_line, *line);
            if fit > 0.0 {
                let failures = u8::from(fit < 1.0 && !terms.related_lines);
                parts.push(Part { segment: line.ordinal(), failures, points: fit * at(Criterion::ServiceFit) });
            }
        }
        parts.push(Part { segment: NO_LINE, failures: 1, points: 0.0 });
        // What can pass comes first, so that the bar is high when the others are looked at.
        parts.sort_by(|a, b| a.failures.cmp(&b.failures).then(b.points.total_cmp(&a.points)));

        let word = |w: &String| index.skills.known(w);
        let wished: Vec<u32> = terms.skills_wished.iter().filter_map(word).collect();
        let total = 2 * terms.skills_required.len() + terms.skills_wished.len();
        let skill_point = if total > 0 { at(Criterion::Skills) / total as f32 } else { 0.0 };
        let languages = terms.languages.iter().map(|(asked, level)| AskedLanguage {
            tags: (0u32..).zip(index.languages.iter()).filter(|(_, tag)| criteria::meets(tag, asked)).map(|(n, _)| n).collect(),
            level: *level,
        });
        let penalty = |fails: bool| if fails { -PENALTY } else { 0.0 };
        let by_countries = match terms.restricts_countries() {
            true => {
                let key = |set: &Vec<_>| penalty(!set.iter().any(|c| terms.accepts_country(*c)));
                Table::of(index.country_sets.iter().map(key))
            }
            false => Table::of([].into_iter()),
        };
        let by_shift = terms.overlap.as_ref().map_or_else(
            || Table::of([].into_iter()),
            |overlap| {
                let key = |minutes: f32| at(Criterion::TimeOverlap) * overlap.curve.at(minutes) + penalty(minutes < overlap.minutes);
                // Zones are few and their offsets slow to find.
                let mut offsets = HashMap::new();
                let minutes = index.shifts.iter().map(|hours| {
                    let offset = *offsets.entry(&hours.time_zone).or_insert_with(|| overlap.offset(&hours.time_zone));
                    offset.and_then(|offset| overlap.minutes_shared_at(hours, offset))
                });
                Table::of(minutes.map(|minutes| minutes.map_or(0.0, key)))
            },
        );
        Self {
            parts,
            required: terms.skills_required.iter().map(word).collect(),
            languages: languages.collect(),
            by_countries,
            by_shift,
            capacity: Ramps::of(terms.capacity, at(Criterion::Capacity)),
            price: Ramps::of(terms.budget.map_or(Curve::IDENTITY, |b| b.curve), at(Criterion::Price)),
            start: Ramps::of(terms.start, at(Criterion::Start)),
            share: Ramps::of(terms.impact_share, at(Criterion::ImpactShare)),
            quarter: at(Criterion::Evidence) * terms.evidence.quarter(),
            currency: terms.budget.as_ref().and_then(|b| index.currencies.known(&b.currency)).map(|n| n as u8 + 1),
            certificates: terms.certificates.iter().fold(0, |bits, k| bits | 1 << *k as u16),
            groups: terms.target_groups.iter().fold(0, |bits, g| bits | 1 << *g as u16),
            later: at(Criterion::Evidence) + at(Criterion::Responsiveness) + at(Criterion::TargetGroup),
            wished,
            skill_point,
            terms,
            shares,
            points,
        }
    }
}
