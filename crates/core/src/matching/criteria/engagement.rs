//! Capacity, price, time overlap, start: numbers on a curve.

use crate::matching::{Candidate, Terms};

/// Free full-time equivalents: one half at the smallest team that helps, 1 at the full team.
pub fn capacity(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    candidate.available_fte.map(|x| terms.capacity.at(x))
}

/// Middle price: 1 at the low end of the budget or below, one half at its top, 0 at one and a half times
/// the top. A price in another currency is unknown: nobody here makes up exchange rates.
pub fn price(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    let budget = terms.budget?;
    candidate.price.filter(|p| p.currency == budget.currency).map(|p| budget.curve.at(p.middle))
}

/// Hours shared over hours wanted, at most 1.
pub fn time_overlap(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    let overlap = terms.overlap.as_ref()?;
    overlap.minutes_shared(candidate.hours.as_ref()?).map(|m| overlap.curve.at(m))
}

/// The day at full strength: available from (today at the earliest) and the ramp-up weeks.
pub fn ready_day(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    let from = candidate.available_from?.max(terms.today);
    candidate.ramp_up_weeks.map(|weeks| (from + 7 * weeks) as f32)
}

/// 1 at full strength by the day asked for, falling to 0 at twelve weeks late.
pub fn start(terms: &Terms, candidate: &Candidate) -> Option<f32> {
    ready_day(terms, candidate).map(|day| terms.start.at(day))
}
