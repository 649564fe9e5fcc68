//! Organisations with readings, plain ones to start from and random ones from a seed.

use crate::Instant;
use crate::codes::{Region, ServiceLine};
use crate::ids::OrganisationId;
use crate::metrics::peers::{Place, Reading, SizeBand};
use uuid::Uuid;

pub const LINE: ServiceLine = ServiceLine::DataAnnotation;
pub const OTHER_LINE: ServiceLine = ServiceLine::Translation;

pub fn organisation(n: usize) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n as u128))
}

pub fn at(day: u32) -> Instant {
    let day = chrono::NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
    Instant::from(day.and_hms_opt(0, 0, 0).unwrap().and_utc())
}

pub fn reading(n: usize, place: Place, value: f64) -> Reading {
    Reading { organisation: organisation(n), place, value }
}

pub fn in_line(line: ServiceLine) -> Place {
    Place { line: Some(line), ..Place::default() }
}

/// Organisations `from..to` in a place, each with its number + 100.
pub fn some(range: std::ops::Range<usize>, place: Place) -> Vec<Reading> {
    range.map(|n| reading(n, place, n as f64 + 100.0)).collect()
}

/// xorshift64*, so that a failing case is its seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Of a lattice of 3 lines × 2 regions × 2 sizes; now and then not stated.
    pub fn place(&mut self) -> Place {
        let line = [ServiceLine::DataAnnotation, ServiceLine::Translation, ServiceLine::Sales][self.below(3)];
        let region = Region::ALL[self.below(2)];
        let size = [SizeBand::Small, SizeBand::Large][self.below(2)];
        Place {
            line: (!self.one_in(12)).then_some(line),
            region: (!self.one_in(8)).then_some(region),
            size: (!self.one_in(8)).then_some(size),
        }
    }

    /// Mostly of one order of magnitude, now and then a giant, a zero or a negative one.
    pub fn value(&mut self) -> f64 {
        let plain = 10.0 + self.below(9000) as f64 / 100.0;
        match self.below(25) {
            0 => plain * 40.0,
            1 => 0.0,
            2 => -plain,
            _ => plain,
        }
    }

    /// Readings of `organisations`, a few of which have several.
    pub fn readings(&mut self, organisations: usize) -> Vec<Reading> {
        let mut all = vec![];
        for n in 0..organisations {
            let home = self.place();
            all.push(reading(n, home, self.value()));
            while self.one_in(6) {
                let place = if self.one_in(2) { home } else { self.place() };
                all.push(reading(n, place, self.value()));
            }
        }
        all
    }

    /// What the same organisations and some more say later.
    pub fn later(&mut self, readings: &[Reading], seen: &[Vec<Reading>]) -> Vec<Reading> {
        let eager = 1 + self.below(4);
        let mut all = vec![];
        for (at, before) in readings.iter().enumerate() {
            let mut now = *before;
            if self.one_in(eager) {
                // back to what it once was, or news
                let once = &seen[self.below(seen.len())];
                now.value = once.get(at).filter(|_| self.one_in(3)).map_or_else(|| self.value(), |reading| reading.value);
            }
            if self.one_in(25) {
                now.place = self.place();
            }
            if !self.one_in(25) {
                all.push(now);
            }
        }
        for n in 0..self.below(9) {
            all.push(reading(1000 * seen.len() + n, self.place(), self.value()));
        }
        all
    }
}
