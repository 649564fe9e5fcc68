//! The plain way: every candidate scored one by one. What the index must equal; also for small lists.

use super::constraint::{standing, standings};
use super::score::order;
use super::{
    Candidate, CandidateMatrix, Constraint, METHOD_VERSION, Ranked, Ranking, Shares, Standing, Terms, Weights, WeightsError, criteria,
    explain, near_miss, score, sensitivity,
};
use crate::ids::OrganisationId;
use std::collections::HashMap;

/// How many near misses a ranking tells of.
pub const NEAR_MISSES: usize = 10;
/// A near miss fails at most so many constraints.
pub const NEAR_FAILURES: usize = 2;

/// Ranks candidates for a need, an organisation once.
pub fn search_naively<'a>(
    candidates: impl Iterator<Item = &'a Candidate>,
    terms: &Terms,
    weights: &Weights,
    top: usize,
) -> Result<Ranking, WeightsError> {
    let shares = weights.over(terms.asked)?;
    let Sorted { passing, near } = sort(candidates, terms, &shares);
    let ranked = passing.iter().take(top).map(|one| explain(terms, &shares, one.best)).collect();
    let near = near.iter().take(NEAR_MISSES).map(|c| near_miss(terms, &shares, c)).collect();
    let matrix = matrix_of(&passing, terms, top);
    finish(terms, weights, ranked, passing.len(), near, &matrix)
}

/// The values of the best `rows` organisations' offers, and how many organisations pass.
pub fn matrix_naively<'a>(
    candidates: impl Iterator<Item = &'a Candidate>,
    terms: &Terms,
    weights: &Weights,
    rows: usize,
) -> Result<(CandidateMatrix, u32), WeightsError> {
    let passing = sort(candidates, terms, &weights.over(terms.asked)?).passing;
    Ok((matrix_of(&passing, terms, rows), passing.len() as u32))
}

/// An organisation that passes: by its best offer, with all of its offers that do.
struct Passing<'a> {
    best: &'a Candidate,
    offers: Vec<&'a Candidate>,
}

struct Sorted<'a> {
    passing: Vec<Passing<'a>>,
    near: Vec<&'a Candidate>,
}

fn sort<'a>(candidates: impl Iterator<Item = &'a Candidate>, terms: &Terms, shares: &Shares) -> Sorted<'a> {
    let mut all: HashMap<OrganisationId, Vec<(usize, f32, &Candidate)>> = HashMap::new();
    for c in candidates {
        if let Some(failed) = failures(terms, c) {
            all.entry(c.organisation).or_default().push((failed, score(&criteria::values(terms, c), shares).0, c));
        }
    }
    let mut all: Vec<_> = all.into_values().collect();
    for rows in &mut all {
        rows.sort_by(|a, b| a.0.cmp(&b.0).then(order((a.1, a.2.service_line), (b.1, b.2.service_line))));
    }
    all.sort_by(|a, b| a[0].0.cmp(&b[0].0).then(order((a[0].1, a[0].2.organisation), (b[0].1, b[0].2.organisation))));
    let split = all.partition_point(|rows| rows[0].0 == 0);
    let passing = all[..split].iter().map(|rows| {
        let mut offers: Vec<_> = rows.iter().filter(|row| row.0 == 0).map(|row| row.2).collect();
        offers.sort_by_key(|c| c.service_line);
        Passing { best: rows[0].2, offers }
    });
    Sorted { passing: passing.collect(), near: all[split..].iter().map(|rows| rows[0].2).collect() }
}

fn matrix_of(passing: &[Passing], terms: &Terms, rows: usize) -> CandidateMatrix {
    let offers = passing.iter().take(rows).flat_map(|one| one.offers.iter().copied());
    CandidateMatrix::of(terms, offers, passing.len() <= rows)
}

pub(super) fn finish(
    terms: &Terms,
    weights: &Weights,
    ranked: Vec<Ranked>,
    passing: usize,
    near_misses: Vec<super::NearMiss>,
    matrix: &CandidateMatrix,
) -> Result<Ranking, WeightsError> {
    Ok(Ranking {
        method_version: METHOD_VERSION.into(),
        asked: terms.asked.into(),
        weights: *weights,
        ranked,
        total_passing: passing as u32,
        near_misses,
        sensitivity: sensitivity(matrix, weights)?,
    })
}

/// How many hard constraints it fails; `None` for who is too far off to be told of: another line
/// altogether, or more than two failures.
fn failures(terms: &Terms, c: &Candidate) -> Option<usize> {
    if standing(Constraint::ServiceLine, terms, c) == Standing::Failed
        && c.service_line.is_some_and(|line| criteria::line_fit(terms.service_line, line) == 0.0)
    {
        return None;
    }
    Some(standings(terms, c).0.len()).filter(|n| *n <= NEAR_FAILURES)
}
