//! Skills: what is required counts double what is wished.

use crate::matching::{Candidate, Terms};

/// `(2 × required it has + wished it has) / (2 × required + wished)`.
pub fn skills(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    if candidate.skills.is_empty() {
        return None;
    }
    let has = |list: &[String]| list.iter().filter(|s| candidate.skills.binary_search(s).is_ok()).count();
    Some(value(terms, 2 * has(&terms.skills_required) + has(&terms.skills_wished)))
}

pub(in crate::matching) fn value(terms: &Terms, points: usize) -> f32 {
    points as f32 / (2 * terms.skills_required.len() + terms.skills_wished.len()) as f32
}
