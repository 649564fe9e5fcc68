//! The other side: a provider looks at open needs, which fit it and what it lacks for the others.

use super::constraint::standings;
use super::{Candidate, Constraint, Lift, Shortfall, Terms, Weights, WeightsError, criteria, lift, score, score::order, shortfall};
use crate::codes::ServiceLine;
use crate::ids::{NeedId, OfferId};
use serde::{Deserialize, Serialize};

/// How one provider stands to one need, by its offer that fits best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedFit {
    pub need: NeedId,
    pub offer: Option<OfferId>,
    /// It fails no hard constraint.
    pub fits: bool,
    pub score: f32,
    pub ceiling: f32,
    /// What it fails, and by how much.
    pub shortfalls: Vec<Shortfall>,
    /// Hard constraints that its profile leaves open.
    pub unconfirmed: Vec<Constraint>,
    /// The single changes that would raise it most.
    pub lifts: Vec<Lift>,
}

/// One of the candidates is known to meet every hard constraint: none failed, none left open. A ranking is
/// lenient to what is not stated; who may read a need is not, or else an empty profile would open every need.
pub fn is_known_to_meet(terms: &Terms, candidates: &[Candidate]) -> bool {
    candidates.iter().map(|c| standings(terms, c)).any(|(failed, unconfirmed)| failed.is_empty() && unconfirmed.is_empty())
}

/// A need that a provider may not read until it has stated more: of which service line it is, and which of its
/// own facts are missing. Nothing else of it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HiddenNeed {
    /// The line of the provider's own offer.
    pub service_line: ServiceLine,
    /// What its profile leaves open.
    pub unconfirmed: Vec<Constraint>,
}

/// What a provider may know of a need that it would fit but for facts that it has not stated: by the offer
/// with the fewest of them. `None` where every offer fails something.
pub fn hidden_need(terms: &Terms, candidates: &[Candidate]) -> Option<HiddenNeed> {
    let open = candidates.iter().filter_map(|c| {
        let (failed, unconfirmed) = standings(terms, c);
        failed.is_empty().then_some(HiddenNeed { service_line: c.service_line?, unconfirmed })
    });
    open.min_by_key(|need| (need.unconfirmed.len(), need.service_line))
}

/// How many lifts are told a need.
pub const LIFTS: usize = 5;

/// One provider's candidates against needs: those that fit first, then fewest failures, then score.
pub fn needs_for<'a>(
    candidates: &[Candidate],
    needs: impl IntoIterator<Item = (NeedId, &'a Terms)>,
    weights: &Weights,
) -> Result<Vec<NeedFit>, WeightsError> {
    let mut fits = vec![];
    for (need, terms) in needs {
        let shares = weights.over(terms.asked)?;
        let stand = |c: &Candidate| {
            let (failed, unconfirmed) = standings(terms, c);
            (failed, unconfirmed, score(&criteria::values(terms, c), &shares))
        };
        let best = candidates
            .iter()
            .map(|c| (c, stand(c)))
            .min_by(|(a, x), (b, y)| x.0.len().cmp(&y.0.len()).then(order((x.2.0, a.service_line), (y.2.0, b.service_line))));
        let Some((c, (failed, unconfirmed, (score, ceiling)))) = best else { continue };
        let mut lifts = lift(terms, &shares, c);
        lifts.truncate(LIFTS);
        fits.push(NeedFit {
            need,
            offer: c.offer,
            fits: failed.is_empty(),
            score,
            ceiling,
            shortfalls: failed.into_iter().map(|f| shortfall(f, terms, c)).collect(),
            unconfirmed,
            lifts,
        });
    }
    fits.sort_by(|a, b| a.shortfalls.len().cmp(&b.shortfalls.len()).then(order((a.score, a.need), (b.score, b.need))));
    Ok(fits)
}
