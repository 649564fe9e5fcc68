//! All candidates in memory, in columns, kept up by the event log, searched for a need.
//!
//! A segment holds the candidates of one service line, so that a search reads only the lines that matter.
//! Columns hold the very numbers that `Candidate` has: a search answers what scoring one by one would.

mod exact;
mod intern;
mod plan;
mod postings;
mod rows;
mod scan;
mod search;
mod segment;
mod top;
mod touched;

use super::Candidate;
use crate::codes::{Country, Currency, Language, ServiceLine};
use crate::directory::HoursCovered;
use crate::ids::OrganisationId;
use chrono::NaiveDate;
use hashbrown::{HashMap, HashTable};
use intern::Interned;
use segment::Segment;
use std::collections::BTreeMap;

pub use touched::Touched;

/// One segment a service line, and one for who states none.
const SEGMENTS: usize = ServiceLine::ALL.len() + 1;
const NO_LINE: usize = SEGMENTS - 1;

/// A row of a segment in one number; `NOWHERE` ends a chain.
type Place = u32;
const NOWHERE: Place = u32::MAX;
const SLOT_BITS: u32 = 27;

fn place(segment: usize, slot: u32) -> Place {
    debug_assert!(slot < 1 << SLOT_BITS);
    (segment as u32) << SLOT_BITS | slot
}
fn whereabouts(place: Place) -> (usize, u32) {
    ((place >> SLOT_BITS) as usize, place & ((1 << SLOT_BITS) - 1))
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    id: OrganisationId,
    /// Its first candidate; the others follow by `Segment::next`.
    first: Place,
}

/// The candidates of every provider.
#[derive(Debug, Clone)]
pub struct Index {
    segments: Vec<Segment>,
    organisations: Vec<Entry>,
    numbers: HashTable<u32>,
    free: Vec<u32>,
    skills: Interned<String>,
    languages: Interned<Language>,
    currencies: Interned<Currency>,
    shifts: Interned<HoursCovered>,
    country_sets: Interned<Vec<Country>>,
    /// Certificates that expire: what rows have, and when to look at them.
    expiring: HashMap<Place, Box<[(u8, i32)]>>,
    expiries: BTreeMap<i32, Vec<Place>>,
    /// Grades by certificate, of rows whose certificates differ in them.
    mixed: HashMap<Place, u64>,
    /// Expired certificates are marked as of this day.
    day: i32,
}

impl Default for Index {
    fn default() -> Self {
        Self {
            segments: vec![Segment::default(); SEGMENTS],
            organisations: vec![],
            numbers: HashTable::new(),
            free: vec![],
            skills: Interned::default(),
            languages: Interned::default(),
            currencies: Interned::default(),
            shifts: Interned::default(),
            country_sets: Interned::default(),
            expiring: HashMap::new(),
            expiries: BTreeMap::new(),
            mixed: HashMap::new(),
            day: 0,
        }
    }
}

/// UUIDv7 ends in random bits; mixing them is hash enough.
fn hash(id: OrganisationId) -> u64 {
    let bits = id.0.as_u128();
    ((bits >> 64) as u64 ^ bits as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Index {
    /// Takes in an organisation's candidates in place of those it had; none removes it.
    pub fn upsert(&mut self, organisation: OrganisationId, candidates: &[Candidate]) {
        self.remove(organisation);
        if candidates.is_empty() {
            return;
        }
        let entry = Entry { id: organisation, first: NOWHERE };
        let number = match self.free.pop() {
            Some(n) => {
                self.organisations[n as usize] = entry;
                n
            }
            None => {
                self.organisations.push(entry);
                self.organisations.len() as u32 - 1
            }
        };
        let organisations = &self.organisations;
        self.numbers.insert_unique(hash(organisation), number, |n| hash(organisations[*n as usize].id));
        for c in candidates {
            self.write(number, c);
        }
    }

    pub fn remove(&mut self, organisation: OrganisationId) {
        let Ok(found) = self.numbers.find_entry(hash(organisation), |n| self.organisations[*n as usize].id == organisation) else {
            return;
        };
        let (number, _) = found.remove();
        let mut at = self.organisations[number as usize].first;
        while at != NOWHERE {
            let (segment, slot) = whereabouts(at);
            self.expiring.remove(&at);
            self.mixed.remove(&at);
            at = self.segments[segment].next[slot as usize];
            self.segments[segment].clear(slot);
        }
        self.organisations[number as usize].first = NOWHERE;
        self.free.push(number);
    }

    /// Marks what has expired by that day. A search for a later day is right without it, and slower.
    pub fn advance(&mut self, today: NaiveDate) {
        let today = super::candidate::day_number(today);
        for at in self.expiries_between(self.day, today) {
            let (segment, slot) = whereabouts(at);
            self.segments[segment].expired[slot as usize] = self.expired(at, today);
        }
        self.day = today;
    }

    /// Candidates held.
    pub fn len(&self) -> usize {
        self.segments.iter().map(Segment::alive).sum()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives back what growing reserved; worth calling after a bulk load.
    pub fn compact(&mut self) {
        self.segments.iter_mut().for_each(Segment::shrink);
        self.organisations.shrink_to_fit();
        let organisations = &self.organisations;
        self.numbers.shrink_to_fit(|n| hash(organisations[*n as usize].id));
    }

    /// All memory of the index, as reserved.
    pub fn bytes(&self) -> usize {
        let owned = self.skills.iter().map(|s| 2 * s.capacity()).sum::<usize>()
            + self.country_sets.iter().map(|s| 2 * s.capacity() * size_of::<Country>()).sum::<usize>()
            + self.shifts.iter().map(|h| 2 * h.time_zone.as_str().len()).sum::<usize>()
            + self.expiring.values().map(|v| v.len() * 8).sum::<usize>()
            + self.expiries.values().map(|v| v.capacity() * 4 + 40).sum::<usize>();
        owned
            + self.segments.iter().map(Segment::bytes).sum::<usize>()
            + self.organisations.capacity() * size_of::<Entry>()
            + self.numbers.allocation_size()
            + self.free.capacity() * 4
            + self.skills.bytes()
            + self.languages.bytes()
            + self.currencies.bytes()
            + self.shifts.bytes()
            + self.country_sets.bytes()
            + self.expiring.capacity() * 8 / 7 * 25
            + self.mixed.capacity() * 8 / 7 * 17
    }
    pub fn bytes_per_candidate(&self) -> f64 {
        self.bytes() as f64 / self.len().max(1) as f64
    }

    fn expiries_between(&self, a: i32, b: i32) -> Vec<Place> {
        let mut places: Vec<_> = self.expiries.range(a.min(b)..a.max(b)).flat_map(|(_, places)| places.iter().copied()).collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|p| self.expiring.contains_key(p));
        places
    }
    fn expired(&self, at: Place, day: i32) -> u16 {
        let list = self.expiring.get(&at).map_or(&[][..], |list| list);
        list.iter().filter(|(_, until)| *until < day).fold(0, |bits, (kind, _)| bits | 1 << kind)
    }
}
