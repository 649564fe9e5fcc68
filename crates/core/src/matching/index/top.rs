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

/// The best `room` hits. Twice as many are let in before the worse half is thrown out, so that taking one in
/// costs the same however many there are.
pub(super) struct Top {
    room: usize,
    hits: Vec<Hit>,
    /// The worst that was kept when the worse half went.
    worst: Option<Hit>,
}

impl Top {
    pub fn new(room: usize) -> Self {
        Self { room, hits: vec![], worst: None }
    }

    pub fn offer(&mut self, hit: Hit) {
        if self.room == 0 || self.worst.is_some_and(|worst| worst.compare(&hit).is_lt()) {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() >= 2 * self.room {
            let (_, worst, _) = self.hits.select_nth_unstable_by(self.room - 1, Hit::compare);
            self.worst = Some(*worst);
            self.hits.truncate(self.room);
        }
    }

    pub fn take_in(&mut self, other: Self) {
        other.hits.into_iter().for_each(|hit| self.offer(hit));
    }

    /// What a row with so many failures must score at least to have a chance.
    pub fn bar(&self, failures: u8) -> f32 {
        match self.worst {
            _ if self.room == 0 => f32::INFINITY,
            None => f32::NEG_INFINITY,
            Some(worst) => match failures.cmp(&worst.failures) {
                Ordering::Less => f32::NEG_INFINITY,
                Ordering::Equal => worst.score,
                Ordering::Greater => f32::INFINITY,
            },
        }
    }

    /// Best first.
    pub fn sorted(mut self) -> Vec<Hit> {
        self.hits.sort_unstable_by(Hit::compare);
        self.hits.truncate(self.room);
        self.hits
    }
}
