//! All candidates in memory, kept up by the event log, searched for a need.

use super::{Candidate, Ranking, Terms, Weights, WeightsError, search_naively};
use crate::ids::OrganisationId;
use std::collections::BTreeMap;

/// The candidates of every provider.
#[derive(Debug, Clone, Default)]
pub struct Index {
    rows: BTreeMap<OrganisationId, Vec<Candidate>>,
}

impl Index {
    /// Takes in an organisation's candidates in place of those it had; none removes it.
    pub fn upsert(&mut self, organisation: OrganisationId, candidates: &[Candidate]) {
        self.rows.remove(&organisation);
        if !candidates.is_empty() {
            self.rows.insert(organisation, candidates.to_vec());
        }
    }

    pub fn remove(&mut self, organisation: OrganisationId) {
        self.rows.remove(&organisation);
    }

    /// Candidates held.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The best `top` organisations for a need, with reasons, and the near misses.
    pub fn search(&self, terms: &Terms, weights: &Weights, top: usize) -> Result<Ranking, WeightsError> {
        search_naively(self.rows.values().flatten(), terms, weights, top)
    }
}
