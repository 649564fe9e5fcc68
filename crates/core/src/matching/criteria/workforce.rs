//! Impact share, target groups, responsiveness.

use crate::matching::{Candidate, Terms};

/// Share of impact workers; where a minimum is asked for, one half at the minimum and 1 at all.
pub fn impact_share(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    candidate.impact_share.map(|share| terms.impact_share.at(share))
}

/// Target groups employed over target groups asked for.
pub fn target_group(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    if candidate.target_groups.is_empty() {
        return None;
    }
    let employed = terms.target_groups.iter().filter(|g| candidate.target_groups.contains(g)).count();
    Some(employed as f32 / terms.target_groups.len() as f32)
}

/// Answers in time, and how fast.
pub fn responsiveness(candidate: &Candidate) -> Option<f32> {
    candidate.responsiveness
}
