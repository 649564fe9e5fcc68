//! From values to reasons: one candidate's parts, and whole candidates in detail.

use super::criteria::{self, Mastery, mastery};
use super::{
    Candidate, Criterion, NearMiss, Part, Ranked, Shares, Terms, Unknown, Values, constraint::standings, contribution, score, shortfall,
};

/// One candidate with its reasons.
pub fn explain(terms: &Terms, shares: &Shares, candidate: &Candidate) -> Ranked {
    let values = criteria::values(terms, candidate);
    let (score, ceiling) = score(&values, shares);
    Ranked {
        organisation: candidate.organisation,
        offer: candidate.offer,
        score,
        ceiling,
        unconfirmed: standings(terms, candidate).1,
        parts: parts(terms, shares, &values, |c| unknown(c, terms, candidate)),
    }
}

/// The same for one that fails hard constraints.
pub fn near_miss(terms: &Terms, shares: &Shares, candidate: &Candidate) -> NearMiss {
    let failed = standings(terms, candidate).0;
    NearMiss {
        shortfalls: failed.into_iter().map(|c| shortfall(c, terms, candidate)).collect(),
        candidate: explain(terms, shares, candidate),
    }
}

fn parts(terms: &Terms, shares: &Shares, values: &Values, why: impl Fn(Criterion) -> Unknown) -> Vec<Part> {
    let part = |criterion: Criterion| {
        let value = values[criterion.ordinal()];
        Part {
            criterion,
            value,
            unknown: value.is_none().then(|| why(criterion)),
            weight: shares.get(criterion) as f32,
            contribution: contribution(values, shares, criterion),
            facts: vec![],
        }
    };
    terms.asked.iter().map(part).collect()
}

/// Why a criterion that is asked for has no value.
pub(super) fn unknown(criterion: Criterion, terms: &Terms, candidate: &Candidate) -> Unknown {
    match criterion {
        Criterion::Price if candidate.price.is_some() => Unknown::OtherCurrency,
        Criterion::Languages if terms.languages.iter().any(|(l, level)| mastery(candidate, l, *level) == Mastery::LevelNotStated) => {
            Unknown::LevelNotStated
        }
        Criterion::Responsiveness => Unknown::NotMeasured,
        _ => Unknown::NotStated,
    }
}
