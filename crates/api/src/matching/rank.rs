//! Who fits a need: the ranking, the near misses, the matrix for the browser, the sensitivity.
//! Each is one trip to a thread that may block: the need, the index, the names.

use super::Shelf;
use super::query::{Own, unusable, weights};
use super::sight::own_need;
use crate::http::{Answer, Body, Fail, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, post, web};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{
    AdhocMatch, CandidateMatrix, MatchList, MatchMatrix, NearMissList, Preset, Ranking, SensitivityList, Terms, Wanted, Weights,
    sensitivity,
};
use kazi_core::policy::matching as policy;
use kazi_core::problem::{Code, Refusal};
use kazi_core::{Instant, identity::Caller};
use kazi_store::Db;
use serde::Deserialize;

const DEFAULT_TOP: u32 = 20;
const MOST_TOP: u32 = 100;
/// The most organisations of a matrix.
const MOST_ROWS: usize = 5000;

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RankWords {
    /// Ready-made weights; balanced when neither this nor weights is given.
    #[param(inline)]
    preset: Option<Preset>,
    /// Weights of one's own as criterion:weight, separated by commas; what is not named weighs nothing.
    #[param(value_type = Option<String>, example = "skills:2,price:1")]
    weights: Option<Own>,
    /// Organisations ranked, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WeighWords {
    /// Ready-made weights; balanced when neither this nor weights is given.
    #[param(inline)]
    preset: Option<Preset>,
    /// Weights of one's own as criterion:weight, separated by commas; what is not named weighs nothing.
    #[param(value_type = Option<String>, example = "skills:2,price:1")]
    weights: Option<Own>,
}

impl WeighWords {
    pub(super) fn weights(&self) -> Result<Weights, Fail> {
        weights(self.preset, self.weights)
    }
}

impl Shelf {
    fn search(&self, terms: &Terms, weights: &Weights, top: usize) -> Result<Ranking, Fail> {
        self.index.read().expect("no holder panics").search(terms, weights, top).map_err(unusable)
    }

    fn matrix(&self, wanted: &Wanted, weights: &Weights, now: Instant) -> Result<(CandidateMatrix, u32), Fail> {
        let terms = Terms::of(wanted, now.day());
        self.index.read().expect("no holder panics").matrix(&terms, weights, MOST_ROWS).map_err(unusable)
    }

    /// With names, and the facts behind each value.
    fn told(&self, db: &mut Db, terms: &Terms, mut ranking: Ranking) -> Answer<MatchList> {
        self.explain(db, terms, &mut ranking.ranked, &mut ranking.near_misses)?;
        let near = ranking.near_misses.iter().map(|n| n.candidate.organisation);
        let ids: Vec<OrganisationId> = ranking.ranked.iter().map(|r| r.organisation).chain(near).collect();
        Ok(MatchList { organisations: self.names(db, &ids)?, ranking })
    }
}

/// Reads the caller's own need and answers from it, all on a thread that may block.
async fn with_need(
    state: &State,
    caller: Caller,
    id: NeedId,
    work: impl FnOnce(&mut Db, &Shelf, &Wanted, Instant) -> Answer<Reply> + Send + 'static,
) -> Answer<Reply> {
    let now = state.now();
    let act = move |db: &mut Db, shelf: &Shelf| {
        let need = own_need(db, &caller, id)?;
        work(db, shelf, &need.wanted, now)
    };
    state.matching.read(&state.store, act).await
}

/// Rank providers for a need
///
/// The best first, each with its reasons: every criterion's value, weight and contribution, and the facts with
/// their provenance that it comes from. Also the near misses, and in which weights the first place stays first
/// among the ranked.
#[utoipa::path(
    tag = "matching", operation_id = "rank_need", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), RankWords),
    responses((status = 200, body = MatchList, description = "The ranking and the names of whom it ranks."))
)]
#[get("/needs/{id}/matches")]
pub async fn rank_need(state: web::Data<State>, who: Who, id: web::Path<NeedId>, words: Words<RankWords>) -> Answer<Reply> {
    let weights = weights(words.0.preset, words.0.weights)?;
    let top = match words.0.limit.unwrap_or(DEFAULT_TOP) {
        n @ 1..=MOST_TOP => n as usize,
        n => return Err(Fail::new(Code::InvalidQuery, format!("limit is {n}; it must be from 1 to {MOST_TOP}."))),
    };
    let rank = move |db: &mut Db, shelf: &Shelf, wanted: &Wanted, now: Instant| {
        let terms = Terms::of(wanted, now.day());
        Ok(Reply::ok(&shelf.told(db, &terms, shelf.search(&terms, &weights, top)?)?))
    };
    with_need(&state, who.0, id.into_inner(), rank).await
}

/// Rank providers without saving a need
///
/// Everybody may; a limit of 0 only counts.
#[utoipa::path(
    tag = "matching", operation_id = "rank_adhoc", security((), ("bearer" = [])),
    request_body(content = AdhocMatch, example = json!({
        "wanted": {
            "title": "Labels for street scenes", "service_line": "data_annotation", "fte_from": 10.0, "visibility": "matched",
            "skills_required": ["bounding boxes"], "budget_per_hour": {"from_minor": 500, "to_minor": 1200, "currency": "USD"}
        },
        "weights": {"skills": 2.0, "price": 1.0}, "limit": 10
    })),
    responses((status = 200, body = MatchList, description = "The ranking and the names of whom it ranks."))
)]
#[post("/matches")]
pub async fn rank_adhoc(state: web::Data<State>, who: Who, body: Body<AdhocMatch>) -> Answer<Reply> {
    policy::rank_adhoc(&who.0)?;
    let AdhocMatch { wanted, weights, limit } = body.value;
    wanted.check()?;
    let now = state.now();
    let top = limit.unwrap_or(DEFAULT_TOP) as usize;
    let act = move |db: &mut Db, shelf: &Shelf| {
        let unusable = |e| Fail::from(Refusal::field("/weights", "range", format!("{e}.")));
        let terms = Terms::of(&wanted, now.day());
        let weights = weights.unwrap_or_default();
        let mut ranking = shelf.index.read().expect("no holder panics").search(&terms, &weights, top.max(1)).map_err(unusable)?;
        if top == 0 {
            ranking.ranked.clear();
            ranking.near_misses.clear();
            ranking.sensitivity.clear();
        }
        Ok(Reply::ok(&shelf.told(db, &terms, ranking)?))
    };
    state.matching.read(&state.store, act).await
}

/// List near misses
///
/// Providers that fail at most two hard constraints, which ones, and by how much.
#[utoipa::path(
    tag = "matching", operation_id = "list_near_misses", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), WeighWords),
    responses((status = 200, body = NearMissList, description = "Fewest failures first, then best score."))
)]
#[get("/needs/{id}/near-misses")]
pub async fn list_near_misses(state: web::Data<State>, who: Who, id: web::Path<NeedId>, words: Words<WeighWords>) -> Answer<Reply> {
    let weights = words.0.weights()?;
    let rank = move |db: &mut Db, shelf: &Shelf, wanted: &Wanted, now: Instant| {
        let terms = Terms::of(wanted, now.day());
        let Ranking { method_version, mut near_misses, .. } = shelf.search(&terms, &weights, 1)?;
        shelf.explain(db, &terms, &mut [], &mut near_misses)?;
        let ids: Vec<OrganisationId> = near_misses.iter().map(|n| n.candidate.organisation).collect();
        Ok(Reply::ok(&NearMissList { method_version, organisations: shelf.names(db, &ids)?, near_misses }))
    };
    with_need(&state, who.0, id.into_inner(), rank).await
}

/// Get the matrix of a need
///
/// The values of all offers that pass, for ordering their organisations again under other weights without asking
/// the server. At most the 5,000 best organisations under the weights given; `complete` is false when there are more.
#[utoipa::path(
    tag = "matching", operation_id = "get_matrix", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), WeighWords),
    responses((status = 200, body = MatchMatrix, description = "Values and names in the same order."))
)]
#[get("/needs/{id}/matrix")]
pub async fn get_matrix(state: web::Data<State>, who: Who, id: web::Path<NeedId>, words: Words<WeighWords>) -> Answer<Reply> {
    let weights = words.0.weights()?;
    let rank = move |db: &mut Db, shelf: &Shelf, wanted: &Wanted, now| {
        let (matrix, total_passing) = shelf.matrix(wanted, &weights, now)?;
        let mut ids = matrix.organisations.clone();
        ids.dedup();
        Ok(Reply::ok(&MatchMatrix { organisations: shelf.names(db, &ids)?, total_passing, matrix }))
    };
    with_need(&state, who.0, id.into_inner(), rank).await
}

/// Get the sensitivity of a ranking
///
/// For each weight the interval in which the first place stays first, the other weights in proportion.
#[utoipa::path(
    tag = "matching", operation_id = "get_sensitivity", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), WeighWords),
    responses((status = 200, body = SensitivityList, description = "One interval a criterion asked for."))
)]
#[get("/needs/{id}/sensitivity")]
pub async fn get_sensitivity(state: web::Data<State>, who: Who, id: web::Path<NeedId>, words: Words<WeighWords>) -> Answer<Reply> {
    let weights = words.0.weights()?;
    let rank = move |_: &mut Db, shelf: &Shelf, wanted: &Wanted, now| {
        let (matrix, _) = shelf.matrix(wanted, &weights, now)?;
        let intervals = sensitivity(&matrix, &weights).map_err(unusable)?;
        Ok(Reply::ok(&SensitivityList { method_version: matrix.method_version, intervals, complete: matrix.complete }))
    };
    with_need(&state, who.0, id.into_inner(), rank).await
}
