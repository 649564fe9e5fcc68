//! The score, its ceiling, the order, and `rank`: the one function that both the server and the
//! browser order by.

use super::{Asked, CRITERIA, Criterion, Shares, Values, Weights, WeightsError};
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Names the formulas that a result was made with; changes whenever one of them does.
pub const METHOD_VERSION: &str = "kazi-match-1";

/// `(score, ceiling)`: 100 × Σ share × value, an unknown being 0 in the first and 1 in the second.
/// Summed in the order of the criteria in f64, so that every machine gets the same bits.
pub fn score(values: &Values, shares: &Shares) -> (f32, f32) {
    let (mut low, mut high) = (0.0f64, 0.0f64);
    for (value, share) in values.iter().zip(shares.0) {
        low += share * f64::from(value.unwrap_or(0.0));
        high += share * f64::from(value.unwrap_or(1.0));
    }
    ((100.0 * low) as f32, (100.0 * high) as f32)
}

/// What one criterion adds to the score.
pub fn contribution(values: &Values, shares: &Shares, criterion: Criterion) -> f32 {
    let i = criterion.ordinal();
    (100.0 * shares.0[i] * f64::from(values[i].unwrap_or(0.0))) as f32
}

/// The better first: higher score, then smaller id.
pub fn order<I: Ord>((a, a_id): (f32, I), (b, b_id): (f32, I)) -> Ordering {
    b.total_cmp(&a).then_with(|| a_id.cmp(&b_id))
}

/// A place in a ranking: which row, and what it scored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub row: usize,
    pub score: f32,
    pub ceiling: f32,
}

/// Orders rows of values under weights; ties break by organisation id.
pub fn rank(organisations: &[OrganisationId], rows: &[Values], asked: Asked, weights: &Weights) -> Result<Vec<Place>, WeightsError> {
    let shares = weights.over(asked)?;
    let mut places: Vec<Place> = rows
        .iter()
        .enumerate()
        .map(|(row, values)| {
            let (score, ceiling) = score(values, &shares);
            Place { row, score, ceiling }
        })
        .collect();
    places.sort_by(|a, b| order((a.score, organisations[a.row]), (b.score, organisations[b.row])));
    Ok(places)
}

/// The values of a ranking's candidates, for ordering them again under other weights without asking
/// the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidateMatrix {
    pub method_version: String,
    /// The criteria that the need asks for; the others take no part.
    pub asked: Vec<Criterion>,
    pub organisations: Vec<OrganisationId>,
    /// Twelve a candidate, in the order of the criteria; null is unknown or not asked.
    pub values: Vec<Option<f32>>,
    /// Every candidate that meets the hard constraints is here, not only the first ones.
    pub complete: bool,
}

impl CandidateMatrix {
    pub fn rows(&self) -> Vec<Values> {
        let (rows, _) = self.values.as_chunks::<CRITERIA>();
        rows.to_vec()
    }
    pub fn asked(&self) -> Asked {
        self.asked.iter().copied().collect()
    }
    /// Orders the candidates as the server does.
    pub fn rank(&self, weights: &Weights) -> Result<Vec<Place>, WeightsError> {
        rank(&self.organisations, &self.rows(), self.asked(), weights)
    }
}
