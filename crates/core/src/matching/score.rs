//! The score, its ceiling, the order, and `rank`: the one function that both the server and the
//! browser order by.

use super::constraint::standings;
use super::explain::unknown;
use super::{Asked, CRITERIA, Candidate, Constraint, Criterion, Shares, Terms, Unknown, Values, Weights, WeightsError, criteria};
use crate::ids::{OfferId, OrganisationId};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Names the formulas that a result was made with; changes whenever one of them does.
pub const METHOD_VERSION: &str = "kazi-match-2";

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

/// Orders organisations by their rows of values under weights, each by its best row; ties break by id. The rows of
/// an organisation stand together, the one that wins a tie first.
pub fn rank(organisations: &[OrganisationId], rows: &[Values], asked: Asked, weights: &Weights) -> Result<Vec<Place>, WeightsError> {
    let shares = weights.over(asked)?;
    let mut places: Vec<Place> = Vec::with_capacity(rows.len());
    for (row, values) in rows.iter().enumerate() {
        let (score, ceiling) = score(values, &shares);
        let place = Place { row, score, ceiling };
        match places.last_mut() {
            Some(best) if organisations[best.row] == organisations[row] => {
                if score > best.score {
                    *best = place;
                }
            }
            _ => places.push(place),
        }
    }
    places.sort_by(|a, b| order((a.score, organisations[a.row]), (b.score, organisations[b.row])));
    Ok(places)
}

/// The values of all offers that pass, for ordering their organisations again under other weights without asking
/// the server. The rows of an organisation stand together, in the order of the list of service lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidateMatrix {
    pub method_version: String,
    /// The criteria that the need asks for; the others take no part.
    pub asked: Vec<Criterion>,
    /// One a row.
    pub organisations: Vec<OrganisationId>,
    /// One a row.
    pub offers: Vec<Option<OfferId>>,
    /// Twelve a row, in the order of the criteria; null is unknown or not asked.
    pub values: Vec<Option<f32>>,
    /// Twelve a row: why a value that is asked for is unknown.
    pub unknown: Vec<Option<Unknown>>,
    /// One a row: the hard constraints that nobody has confirmed, because the fact is not stated.
    pub unconfirmed: Vec<Vec<Constraint>>,
    /// Every organisation that meets the hard constraints is here, not only the first ones.
    pub complete: bool,
}

impl CandidateMatrix {
    /// The candidates come as the rows have to stand.
    pub(super) fn of<'a>(terms: &Terms, candidates: impl IntoIterator<Item = &'a Candidate>, complete: bool) -> Self {
        let mut matrix = Self {
            method_version: METHOD_VERSION.into(),
            asked: terms.asked.into(),
            organisations: vec![],
            offers: vec![],
            values: vec![],
            unknown: vec![],
            unconfirmed: vec![],
            complete,
        };
        for c in candidates {
            let values = criteria::values(terms, c);
            let why = |k: &Criterion| (terms.asked.has(*k) && values[k.ordinal()].is_none()).then(|| unknown(*k, terms, c));
            matrix.organisations.push(c.organisation);
            matrix.offers.push(c.offer);
            matrix.unknown.extend(Criterion::ALL.iter().map(why));
            matrix.values.extend(values);
            matrix.unconfirmed.push(standings(terms, c).1);
        }
        matrix
    }

    pub fn rows(&self) -> Vec<Values> {
        let (rows, _) = self.values.as_chunks::<CRITERIA>();
        rows.to_vec()
    }
    pub fn asked(&self) -> Asked {
        self.asked.iter().copied().collect()
    }
    /// Orders the organisations as the server does.
    pub fn rank(&self, weights: &Weights) -> Result<Vec<Place>, WeightsError> {
        rank(&self.organisations, &self.rows(), self.asked(), weights)
    }
}
