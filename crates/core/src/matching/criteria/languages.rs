//! Languages: all that are asked for, each at its level.

use crate::codes::{CefrLevel, Language};
use crate::matching::{Candidate, Terms};

/// How well a candidate masters one language that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mastery {
    /// The candidate's languages are not stated.
    NotStated,
    /// It has the language at a level that is not stated, and a level is asked for.
    LevelNotStated,
    Absent,
    Below(CefrLevel),
    Enough,
}

/// `pt` is met by any Portuguese; `pt-BR` only by itself.
pub(in crate::matching) fn meets(offered: &Language, asked: &Language) -> bool {
    offered == asked || (asked.primary() == asked.as_str() && offered.primary() == asked.as_str())
}

fn best_level<'a>(list: impl Iterator<Item = (&'a Language, Option<CefrLevel>)>, asked: &Language) -> Option<Option<CefrLevel>> {
    list.filter(|(tag, _)| meets(tag, asked)).map(|(_, level)| level).max()
}

pub fn mastery(candidate: &Candidate, asked: &Language, wanted: Option<CefrLevel>) -> Mastery {
    if candidate.languages.is_empty() {
        return Mastery::NotStated;
    }
    match (best_level(candidate.languages.iter().map(|(l, level)| (l, *level)), asked), wanted) {
        (None, _) => Mastery::Absent,
        (Some(_), None) => Mastery::Enough,
        (Some(None), Some(_)) => Mastery::LevelNotStated,
        (Some(Some(has)), Some(wanted)) if has < wanted => Mastery::Below(has),
        _ => Mastery::Enough,
    }
}

/// A level below the one asked for is worth its rank (a1 is 1, native is 7) over the rank asked for.
pub(in crate::matching) fn level_value(has: CefrLevel, wanted: CefrLevel) -> f32 {
    if has >= wanted { 1.0 } else { (has as u8 + 1) as f32 / (wanted as u8 + 1) as f32 }
}

/// Mean over the languages asked for: 1 at the level or above, the ratio of ranks below, 0 without.
/// Unknown as long as one of them is.
pub fn languages(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    let mut sum = 0.0;
    for (asked, wanted) in &terms.languages {
        sum += match (mastery(candidate, asked, *wanted), wanted) {
            (Mastery::NotStated | Mastery::LevelNotStated, _) => return None,
            (Mastery::Absent, _) => 0.0,
            (Mastery::Below(has), Some(wanted)) => level_value(has, *wanted),
            (Mastery::Below(_) | Mastery::Enough, _) => 1.0,
        };
    }
    Some(sum / terms.languages.len() as f32)
}
