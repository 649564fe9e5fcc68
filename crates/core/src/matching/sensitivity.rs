//! How far one weight can move, the others rescaled in proportion, before the first place changes hands.
//!
//! With share t for criterion i and (1 − t) spread over the others as they stand, the lead of the first
//! over another candidate is a straight line in t, so that the interval is exact: no search. An organisation with
//! several offers leads where one of them does: the intervals of its offers, as far as they hang together.

use super::{Asked, CRITERIA, CandidateMatrix, Criterion, Shares, Values, Weights, WeightsError};
use serde::{Deserialize, Serialize};

/// The interval of one criterion's share in which the first place stays first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sensitivity {
    pub criterion: Criterion,
    /// Its share now, 0 to 1.
    pub share: f32,
    pub from: f32,
    pub to: f32,
}

/// One interval a criterion asked for; empty without candidates.
pub fn sensitivity(matrix: &CandidateMatrix, weights: &Weights) -> Result<Vec<Sensitivity>, WeightsError> {
    let asked = matrix.asked();
    let shares = weights.over(asked)?;
    let rows = matrix.rows();
    let owner = |i: &usize| matrix.organisations[*i];
    let Some(first) = super::rank(&matrix.organisations, &rows, asked, weights)?.first().map(|place| place.row) else {
        return Ok(vec![]);
    };
    // The first by its best offer, and by its others.
    let mine: Vec<usize> = (0..rows.len()).filter(|i| *i != first && owner(i) == owner(&first)).collect();
    let interval = |criterion: Criterion| {
        let spread = spread_without(criterion, &shares, asked);
        let now = shares.get(criterion);
        let (mut from, mut to) = (0.0f64, 1.0f64);
        for other in (0..rows.len()).filter(|i| owner(i) != owner(&first)) {
            let best = lead(criterion, &spread, &rows[first], &rows[other]);
            let mut lasts = best.map_or((now, now), |(low, high)| (low.min(now), high.max(now)));
            let mut more: Vec<_> = mine.iter().filter_map(|own| lead(criterion, &spread, &rows[*own], &rows[other])).collect();
            while let Some(at) = more.iter().position(|(low, high)| *low <= lasts.1 && *high >= lasts.0) {
                let (low, high) = more.swap_remove(at);
                lasts = (lasts.0.min(low), lasts.1.max(high));
            }
            from = from.max(lasts.0);
            to = to.min(lasts.1);
        }
        Sensitivity { criterion, share: shares.get(criterion) as f32, from: from as f32, to: to as f32 }
    };
    Ok(asked.iter().map(interval).collect())
}

/// How the rest of 1 is shared among the other criteria: as they stand, or evenly where they weigh nothing.
fn spread_without(criterion: Criterion, shares: &Shares, asked: Asked) -> [f64; CRITERIA] {
    let mut spread = shares.0;
    spread[criterion.ordinal()] = 0.0;
    if spread.iter().sum::<f64>() == 0.0 {
        for other in asked.iter().filter(|c| *c != criterion) {
            spread[other.ordinal()] = 1.0;
        }
    }
    let rest: f64 = spread.iter().sum();
    if rest > 0.0 { spread.map(|w| w / rest) } else { spread }
}

/// Where in 0..=1 the straight line through the lead at t = 0 and at t = 1 is not below zero; nowhere is `None`.
fn lead(criterion: Criterion, spread: &[f64; CRITERIA], own: &Values, other: &Values) -> Option<(f64, f64)> {
    let ahead = |i: usize| f64::from(own[i].unwrap_or(0.0)) - f64::from(other[i].unwrap_or(0.0));
    let at_zero: f64 = (0..CRITERIA).map(|i| spread[i] * ahead(i)).sum();
    let at_one = ahead(criterion.ordinal());
    let crossing = at_zero / (at_zero - at_one);
    match (at_zero >= 0.0, at_one >= 0.0) {
        (true, true) => Some((0.0, 1.0)),
        (true, false) => Some((0.0, crossing)),
        (false, true) => Some((crossing, 1.0)),
        (false, false) => None,
    }
}
