//! The plain way: every candidate scored one by one. What the index must equal; also for small lists.

use super::constraint::{standing, standings};
use super::score::order;
use super::{
    Candidate, Constraint, METHOD_VERSION, Ranked, Ranking, Standing, Terms, Weights, WeightsError, criteria, explain, near_miss, score,
    sensitivity,
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
    let mut best: HashMap<OrganisationId, (usize, f32, &Candidate)> = HashMap::new();
    for c in candidates {
        let Some(failed) = failures(terms, c) else { continue };
        let points = score(&criteria::values(terms, c), &shares).0;
        let better = |known: &(usize, f32, &Candidate)| {
            (failed.cmp(&known.0)).then(order((points, c.service_line), (known.1, known.2.service_line))).is_lt()
        };
        if best.get(&c.organisation).is_none_or(better) {
            best.insert(c.organisation, (failed, points, c));
        }
    }
    let mut all: Vec<_> = best.into_values().collect();
    all.sort_by(|a, b| a.0.cmp(&b.0).then(order((a.1, a.2.organisation), (b.1, b.2.organisation))));
    let passing = all.partition_point(|(failed, ..)| *failed == 0);
    let ranked = all[..passing].iter().take(top).map(|(.., c)| explain(terms, &shares, c)).collect();
    let near = all[passing..].iter().take(NEAR_MISSES).map(|(.., c)| near_miss(terms, &shares, c)).collect();
    finish(terms, weights, ranked, passing, near)
}

pub(super) fn finish(
    terms: &Terms,
    weights: &Weights,
    ranked: Vec<Ranked>,
    passing: usize,
    near_misses: Vec<super::NearMiss>,
) -> Result<Ranking, WeightsError> {
    let mut ranking = Ranking {
        method_version: METHOD_VERSION.into(),
        asked: terms.asked.into(),
        weights: *weights,
        ranked,
        total_passing: passing as u32,
        near_misses,
        sensitivity: vec![],
    };
    ranking.sensitivity = sensitivity(&ranking.matrix(), weights)?;
    Ok(ranking)
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
