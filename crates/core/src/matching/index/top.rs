//! The best few so far.

use crate::ids::OrganisationId;
use crate::matching::order;
use std::cmp::Ordering;

/// A row that was scored exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub failures: u8,
    pub score: f32,
    pub organisation: OrganisationId,
    pub row: u32,
}

impl Hit {
    pub fn compare(&self, other: &Self) -> Ordering {
        self.failures.cmp(&other.failures).then(order((self.score, self.organisation), (other.score, other.organisation)))
    }
}

/// Sorted, best first, at most `room` of them.
pub(super) struct Top {
    room: usize,
    pub hits: Vec<Hit>,
}

impl Top {
    pub fn new(room: usize) -> Self {
        Self { room, hits: Vec::with_capacity(room.min(4096) + 1) }
    }

    pub fn offer(&mut self, hit: Hit) {
        let place = self.hits.partition_point(|h| h.compare(&hit).is_lt());
        if place < self.room {
            self.hits.truncate(self.room - 1);
            self.hits.insert(place, hit);
        }
    }

    /// What a row with so many failures must score at least to have a chance.
    pub fn bar(&self, failures: u8) -> f32 {
        if self.room == 0 {
            return f32::INFINITY;
        }
        match self.hits.last() {
            Some(last) if self.hits.len() == self.room => match failures.cmp(&last.failures) {
                Ordering::Less => f32::NEG_INFINITY,
                Ordering::Equal => last.score,
                Ordering::Greater => f32::INFINITY,
            },
            _ => f32::NEG_INFINITY,
        }
    }
}
