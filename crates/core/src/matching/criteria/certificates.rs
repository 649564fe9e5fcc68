//! Certificates: how many of those required are held and have not expired.

use crate::matching::{Candidate, Terms};

/// Held over required.
pub fn certificates(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    if candidate.certificates.is_empty() {
        return None;
    }
    let held = terms.certificates.iter().filter(|kind| candidate.holds(**kind, terms.today)).count();
    Some(held as f32 / terms.certificates.len() as f32)
}
