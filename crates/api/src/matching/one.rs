//! One provider for one need: why it stands where it stands, and what would raise it. Computed from
//! the profile itself, so that the facts told are those that were used.

use super::facts::Stated;
use super::follower::of;
use super::query::unusable;
use super::rank::WeighWords;
use super::sight::own_need;
use crate::http::{Answer, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, web};
use kazi_core::directory::Organisation;
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{
    Candidate, LiftList, METHOD_VERSION, MatchDetail, Shares, Terms, Weights, explain, lift, near_miss, needs_for, standings,
};
use kazi_core::problem::Refusal;
use kazi_store::{Db, directory};
use serde::Serialize;

/// The provider's offer that fits best, and what it is compared with.
struct Fit {
    organisation: Organisation,
    candidate: Candidate,
    terms: Terms,
    shares: Shares,
}

impl Fit {
    fn read(db: &mut Db, who: &Who, need: NeedId, provider: OrganisationId, weights: &Weights, now: kazi_core::Instant) -> Answer<Self> {
        let need = own_need(db, &who.0, need)?;
        let terms = Terms::of(&need.wanted, now.day());
        let shares = weights.over(terms.asked).map_err(unusable)?;
        let organisation = directory::get(db, provider)?;
        let rows = of(&organisation);
        let best = needs_for(&rows, [(need.id, &terms)], weights).map_err(unusable)?.pop();
        let candidate = best.and_then(|fit| rows.into_iter().find(|c| c.offer == fit.offer));
        let candidate = candidate.ok_or_else(|| Refusal::not_found("provider"))?;
        Ok(Self { organisation, candidate, terms, shares })
    }
}

/// Reads how the provider stands to the caller's own need, and answers with what `tell` makes of it.
async fn with_fit<T: Serialize + Send + 'static>(
    state: &State,
    who: Who,
    (need, provider): (NeedId, OrganisationId),
    words: &WeighWords,
    tell: impl FnOnce(&mut Db, Fit) -> Answer<T> + Send + 'static,
) -> Answer<Reply> {
    let (weights, now) = (words.weights()?, state.now());
    let act = move |db: &mut Db| {
        let fit = Fit::read(db, &who, need, provider, &weights, now)?;
        tell(db, fit)
    };
    Ok(Reply::ok(&state.store.read(act).await?))
}

/// Explain one provider's match
///
/// Each criterion's value, weight and contribution, and the facts with their provenance that it comes from.
/// A provider that fails hard constraints is explained as a near miss.
#[utoipa::path(
    tag = "matching", operation_id = "explain_match", security(("bearer" = [])),
    params(
        ("id" = NeedId, Path, description = "The need."),
        ("organisation_id" = OrganisationId, Path, description = "The provider."),
        WeighWords
    ),
    responses((status = 200, body = MatchDetail, description = "The reasons."))
)]
#[get("/needs/{id}/matches/{organisation_id}")]
pub async fn explain_match(
    state: web::Data<State>,
    who: Who,
    path: web::Path<(NeedId, OrganisationId)>,
    words: Words<WeighWords>,
) -> Answer<Reply> {
    let (shelf, provider) = (state.matching.shelf.clone(), path.1);
    let reasons = move |db: &mut Db, fit: Fit| {
        let stated = Stated::of(&fit.organisation);
        let name = shelf.names(db, &[provider])?.pop().ok_or_else(|| Refusal::not_found("provider"))?;
        let mut detail = MatchDetail { method_version: METHOD_VERSION.into(), organisation: name, near_miss: None, ranked: None };
        if standings(&fit.terms, &fit.candidate).0.is_empty() {
            let mut ranked = explain(&fit.terms, &fit.shares, &fit.candidate);
            stated.explain(&fit.terms, &mut ranked);
            detail.ranked = Some(ranked);
        } else {
            let mut near = near_miss(&fit.terms, &fit.shares, &fit.candidate);
            stated.explain(&fit.terms, &mut near.candidate);
            detail.near_miss = Some(near);
        }
        Ok(detail)
    };
    with_fit(&state, who, path.into_inner(), &words.0, reasons).await
}

/// Get what would raise a provider
///
/// The single changes that would raise it most for this need, those that resolve a hard constraint first.
/// Every gain is measured by making the change and scoring again.
#[utoipa::path(
    tag = "matching", operation_id = "get_lift", security(("bearer" = [])),
    params(
        ("id" = NeedId, Path, description = "The need."),
        ("organisation_id" = OrganisationId, Path, description = "The provider."),
        WeighWords
    ),
    responses((status = 200, body = LiftList, description = "Best first."))
)]
#[get("/needs/{id}/matches/{organisation_id}/lift")]
pub async fn get_lift(
    state: web::Data<State>,
    who: Who,
    path: web::Path<(NeedId, OrganisationId)>,
    words: Words<WeighWords>,
) -> Answer<Reply> {
    let changes = |_: &mut Db, fit: Fit| {
        let lifts = lift(&fit.terms, &fit.shares, &fit.candidate);
        Ok(LiftList { method_version: METHOD_VERSION.into(), organisation: fit.organisation.id, lifts })
    };
    with_fit(&state, who, path.into_inner(), &words.0, changes).await
}
