//! Service fit: the very line, or a related one.

use crate::codes::ServiceLine;
use crate::matching::{Candidate, Terms};

/// Worth of a related service line.
pub const RELATED_FIT: f32 = 0.5;

pub fn line_fit(wanted: ServiceLine, offered: ServiceLine) -> f32 {
    if wanted == offered {
        1.0
    } else if wanted.is_related_to(offered) {
        RELATED_FIT
    } else {
        0.0
    }
}

/// 1 for the line asked for, one half for a related one, 0 for another.
pub fn service_fit(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    candidate.service_line.map(|offered| line_fit(terms.service_line, offered))
}
