//! A candidate to a row and back. Back, a candidate has what the need asks about and no more.

use super::segment::{ALIVE, BEST_CERTIFICATE, LANGUAGES_STATED, SKILLS_STATED};
use super::{Index, NO_LINE, NOWHERE, Place, place, whereabouts};
use crate::codes::{CefrLevel, CertificateKind, Language, ServiceLine, TargetGroup};
use crate::ids::OfferId;
use crate::matching::evidence::certificate_quarters;
use crate::matching::{Candidate, Grades, Price, Terms};
use uuid::Uuid;

fn number(x: Option<f32>) -> f32 {
    x.unwrap_or(f32::NAN)
}
fn stated(x: f32) -> Option<f32> {
    (!x.is_nan()).then_some(x)
}

impl Index {
    pub(super) fn write(&mut self, organisation: u32, c: &Candidate) {
        let which = c.service_line.map_or(NO_LINE, ServiceLine::ordinal);
        let currency = c.price.map_or(0, |p| self.currencies.number(&p.currency) as u8 + 1);
        let shift = c.hours.as_ref().map_or(0, |h| self.shifts.number(h) + 1);
        let countries = if c.countries.is_empty() { 0 } else { self.country_sets.number(&c.countries) + 1 };
        let skills: Vec<u32> = c.skills.iter().map(|s| self.skills.number(s)).collect();
        let languages: Vec<(u32, u8)> =
            c.languages.iter().map(|(l, level)| (self.languages.number(l), level.map_or(1, |x| x as u8 + 2))).collect();

        let s = &mut self.segments[which];
        let row = s.row();
        let i = row as usize;
        let at = place(which, row);
        s.organisation[i] = organisation;
        s.next[i] = std::mem::replace(&mut self.organisations[organisation as usize].first, at);
        s.offer[i] = c.offer.map_or(0, |o| o.0.as_u128());
        s.flags[i] =
            ALIVE | if c.skills.is_empty() { 0 } else { SKILLS_STATED } | if c.languages.is_empty() { 0 } else { LANGUAGES_STATED };
        s.available[i] = number(c.available_fte);
        s.capacity[i] = number(c.capacity_fte);
        s.minimum[i] = number(c.minimum_fte);
        s.price_low[i] = number(c.price.map(|p| p.low));
        s.price_middle[i] = number(c.price.map(|p| p.middle));
        s.currency[i] = currency;
        s.from_day[i] = number(c.available_from.map(|d| d as f32));
        s.ramp_days[i] = number(c.ramp_up_weeks.map(|w| (7 * w) as f32));
        s.share[i] = number(c.impact_share);
        s.responsiveness[i] = number(c.responsiveness);
        s.groups[i] = c.target_groups.iter().fold(0, |bits, g| bits | 1 << *g as u16);
        let (facts, certificates) = c.grades.packed();
        let best = c.certificates.iter().map(|(kind, _)| certificate_quarters(certificates, *kind)).max().unwrap_or(1);
        s.grades[i] = facts | best.saturating_sub(1) << BEST_CERTIFICATE;
        s.stated[i] = c.certificates.iter().fold(0, |bits, (kind, _)| bits | 1 << *kind as u16);
        s.shift[i] = shift;
        s.countries[i] = countries;
        skills.into_iter().for_each(|n| s.has_skill(row, n));
        languages.into_iter().for_each(|(n, code)| s.has_language(row, n, code));

        if self.certificate_grades(at) != certificates {
            self.mixed.insert(at, certificates);
        }
        let expiring: Box<[_]> = c.certificates.iter().filter_map(|(kind, until)| Some((*kind as u8, (*until)?))).collect();
        if !expiring.is_empty() {
            for (_, until) in &expiring {
                let places = self.expiries.entry(*until).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
            self.expiring.insert(at, expiring);
        }
        self.segments[which].expired[i] = self.expired(at, self.day);
    }

    /// The grades of the row's certificates, by kind.
    pub(super) fn certificate_grades(&self, at: Place) -> u64 {
        if let Some(grades) = self.mixed.get(&at) {
            return *grades;
        }
        let (which, row) = whereabouts(at);
        let s = &self.segments[which];
        let (stated, best) = (s.stated[row as usize], u64::from((s.grades[row as usize] >> BEST_CERTIFICATE) + 1));
        (0..16).filter(|kind| stated >> kind & 1 == 1).fold(0, |bits, kind| bits | best << (3 * kind))
    }

    /// The row as a candidate, as far as the need asks.
    pub(super) fn read(&self, at: Place, terms: &Terms) -> Candidate {
        let (which, row) = whereabouts(at);
        let s = &self.segments[which];
        let i = row as usize;
        let flags = s.flags[i];
        let mut skills: Vec<String> = vec![];
        if flags & SKILLS_STATED != 0 {
            let has = |word: &&String| self.skills.known(*word).and_then(|n| s.skills.get(n as usize)).is_some_and(|p| p.has(row));
            skills.extend(terms.skills_required.iter().chain(&terms.skills_wished).filter(has).cloned());
            skills.sort_unstable();
            if skills.is_empty() {
                // Stated, but nothing of what is asked: a word that nobody asks for.
                skills.push(String::new());
            }
        }
        let mut languages: Vec<(Language, Option<CefrLevel>)> = vec![];
        if flags & LANGUAGES_STATED != 0 {
            for (n, language) in self.languages.iter().enumerate() {
                if !terms.languages.iter().any(|(asked, _)| asked.primary() == language.primary()) {
                    continue;
                }
                match s.languages.get(n).map_or(0, |l| l.code(row)) {
                    0 => {}
                    code => languages.push((language.clone(), CefrLevel::ALL.get(usize::from(code).wrapping_sub(2)).copied())),
                }
            }
            if languages.is_empty() {
                languages.extend("und".parse().ok().map(|undetermined| (undetermined, None)));
            }
        }
        let expired = self.expired(at, terms.today);
        let (held, groups) = (s.stated[i], s.groups[i]);
        Candidate {
            organisation: self.organisations[s.organisation[i] as usize].id,
            offer: (s.offer[i] != 0).then(|| OfferId(Uuid::from_u128(s.offer[i]))),
            service_line: ServiceLine::ALL.get(which).copied(),
            skills,
            languages,
            countries: if s.countries[i] == 0 { vec![] } else { self.country_sets.get(s.countries[i] - 1).clone() },
            available_fte: stated(s.available[i]),
            capacity_fte: stated(s.capacity[i]),
            minimum_fte: stated(s.minimum[i]),
            price: (s.currency[i] != 0).then(|| Price {
                low: s.price_low[i],
                middle: s.price_middle[i],
                currency: *self.currencies.get(u32::from(s.currency[i]) - 1),
            }),
            hours: (s.shift[i] != 0).then(|| self.shifts.get(s.shift[i] - 1).clone()),
            available_from: stated(s.from_day[i]).map(|d| d as i32),
            ramp_up_weeks: stated(s.ramp_days[i]).map(|d| d as i32 / 7),
            certificates: CertificateKind::ALL
                .iter()
                .filter(|k| held >> **k as u16 & 1 == 1)
                .map(|k| (*k, (expired >> *k as u16 & 1 == 1).then_some(terms.today - 1)))
                .collect(),
            impact_share: stated(s.share[i]),
            target_groups: TargetGroup::ALL.iter().filter(|g| groups >> **g as u16 & 1 == 1).copied().collect(),
            grades: Grades::unpacked(s.grades[i] & !(3 << BEST_CERTIFICATE), self.certificate_grades(at)),
            responsiveness: stated(s.responsiveness[i]),
        }
    }

    /// The other candidates of the row's organisation, itself included.
    pub(super) fn siblings(&self, at: Place) -> impl Iterator<Item = Place> {
        let (which, row) = whereabouts(at);
        let number = self.segments[which].organisation[row as usize];
        let next = |at: Place| Some(at).filter(|at| *at != NOWHERE);
        std::iter::successors(next(self.organisations[number as usize].first), move |at| {
            let (which, row) = whereabouts(*at);
            next(self.segments[which].next[row as usize])
        })
    }
}
