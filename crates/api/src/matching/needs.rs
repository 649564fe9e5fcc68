//! Needs: save, list, read, change, open and end, remove.

use super::sight::{changeable_need, need_for};
use crate::http::{Answer, Body, Fail, IfMatch, List, Once, PageWords, Patch, Reply, Words};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_web::{delete, get, patch, post, web};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Need, NeedEdit, NeedState, NeedStateChange, NeedVisibility, NewNeed};
use kazi_core::page::Page;
use kazi_core::policy::matching as policy;
use kazi_core::problem::Code;
use kazi_store::matching::{self, NeedFilter};
use serde::Deserialize;

/// Save a need
///
/// It begins as a draft that only its owner sees, unless `state` is open.
#[utoipa::path(
    tag = "matching", operation_id = "create_need", security(("bearer" = [])),
    request_body(content = NewNeed, example = json!({
        "organisation": "01930000-0000-7000-8000-000000000001",
        "wanted": {
            "title": "Labels for street scenes", "service_line": "data_annotation", "fte_from": 10.0, "fte_to": 40.0,
            "languages": [{"language": "en", "level": "b2"}], "skills_required": ["bounding boxes"],
            "budget_per_hour": {"from_minor": 400, "to_minor": 900, "currency": "USD"}, "visibility": "matched"
        }
    })),
    responses((status = 201, body = Need, description = "The need.", headers(("Location" = String), ("ETag" = String))))
)]
#[post("/needs")]
pub async fn create_need(state: web::Data<State>, who: Who, once: Once, body: Body<NewNeed>) -> Answer<Reply> {
    policy::create_need(&who.0, body.value.organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    let act = move |db: &mut kazi_store::Db| {
        let need = matching::create(db, now, actor, new_id(), &body.value)?;
        Ok(Reply::created(format!("/api/v1/needs/{}", need.id), &need).version(need.version))
    };
    once.write(&state, &who.0, &body.fingerprint, act).await
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedWords {
    /// Needs of this organisation, for its members. Without it: everybody's open public needs.
    organisation: Option<OrganisationId>,
    /// Only needs in these states, separated by commas; of an organisation's own needs.
    #[param(value_type = Option<String>, example = "draft,open")]
    state: Option<List<NeedState>>,
    /// `next` of the page before.
    after: Option<NeedId>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List needs
///
/// An organisation's own ones, or the open public ones of all; newest first.
#[utoipa::path(
    tag = "matching", operation_id = "list_needs", security((), ("bearer" = [])), params(NeedWords),
    responses((status = 200, body = Page<Need>, description = "A page of needs."))
)]
#[get("/needs")]
pub async fn list_needs(state: web::Data<State>, who: Who, words: Words<NeedWords>) -> Answer<Reply> {
    let NeedWords { organisation, state: states, after, limit } = words.0;
    let limit = PageWords { after: None, limit }.limit()?;
    let filter = match (organisation, states) {
        (Some(organisation), states) => {
            policy::list_needs(&who.0, organisation)?;
            NeedFilter { organisation: Some(organisation), states: states.unwrap_or_default().0, visibility: None }
        }
        (None, None) => NeedFilter { organisation: None, states: vec![NeedState::Open], visibility: Some(NeedVisibility::Public) },
        (None, Some(_)) => return Err(Fail::new(Code::InvalidQuery, "state goes with organisation; others' needs are listed while open.")),
    };
    let page = state.store.read(move |db| matching::list(db, &filter, after, limit)).await?;
    let page = if organisation.is_some() { page } else { page.map(Need::to_others) };
    Ok(Reply::page(&page))
}

/// Read a need
///
/// Its owner's members always; others while it is open and its visibility lets them. Others do not
/// learn who the owner of a confidential need is.
#[utoipa::path(
    tag = "matching", operation_id = "get_need", security((), ("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need.")),
    responses((status = 200, body = Need, description = "The need.", headers(("ETag" = String))),
        (status = 304, description = "Unchanged since the ETag in If-None-Match."))
)]
#[get("/needs/{id}")]
pub async fn get_need(state: web::Data<State>, who: Who, id: web::Path<NeedId>) -> Answer<Reply> {
    let (id, now) = (id.into_inner(), state.now());
    let need = state.store.read(move |db| need_for(db, &who.0, id, now)).await?;
    Ok(Reply::ok(&need).version(need.version))
}

/// Change what a need asks
///
/// A merge patch of `wanted`: what is absent stays, what is null is no longer asked. Lists are whole.
#[utoipa::path(
    tag = "matching", operation_id = "update_need", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need.")),
    request_body(content = NeedEdit, content_type = "application/merge-patch+json", example = json!({"wanted": {"title": "Street scenes labelled", "service_line": "data_annotation", "visibility": "public", "fte_to": 60.0}})),
    responses((status = 200, body = Need, description = "As it stands now.", headers(("ETag" = String))))
)]
#[patch("/needs/{id}")]
pub async fn update_need(state: web::Data<State>, who: Who, id: web::Path<NeedId>, version: IfMatch, patch: Patch) -> Answer<Reply> {
    let (id, now, actor) = (id.into_inner(), state.now(), who.0.id());
    let act = move |db: &mut kazi_store::Db| {
        let before = changeable_need(db, &who.0, id)?;
        version.check(before.version)?;
        let NeedEdit { wanted } = patch.apply(&NeedEdit { wanted: before.wanted.clone() })?;
        if wanted == before.wanted {
            return Ok(before);
        }
        Ok::<_, Fail>(matching::update(db, now, actor, &before, &wanted)?)
    };
    let need = state.store.write(act).await?;
    Ok(Reply::ok(&need).version(need.version))
}

/// Open, close or award a need
///
/// Draft becomes open; open becomes closed or awarded, and stays so.
#[utoipa::path(
    tag = "matching", operation_id = "change_need_state", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")),
    request_body(content = NeedStateChange, example = json!({"state": "open"})),
    responses((status = 200, body = Need, description = "As it stands now.", headers(("ETag" = String))))
)]
#[post("/needs/{id}/state")]
pub async fn change_need_state(
    state: web::Data<State>,
    who: Who,
    id: web::Path<NeedId>,
    once: Once,
    version: IfMatch,
    body: Body<NeedStateChange>,
) -> Answer<Reply> {
    let (id, now, actor, caller) = (id.into_inner(), state.now(), who.0.id(), who.0.clone());
    let act = move |db: &mut kazi_store::Db| {
        let before = changeable_need(db, &who.0, id)?;
        version.check(before.version)?;
        let need = matching::change_state(db, now, actor, &before, body.value.state)?;
        Ok(Reply::ok(&need).version(need.version))
    };
    once.write(&state, &caller, &body.fingerprint, act).await
}

/// Remove a need
///
/// With its shortlist. One that an inquiry speaks of can only be closed.
#[utoipa::path(
    tag = "matching", operation_id = "delete_need", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need.")),
    responses((status = 204, description = "It is gone."))
)]
#[delete("/needs/{id}")]
pub async fn delete_need(state: web::Data<State>, who: Who, id: web::Path<NeedId>) -> Answer<Reply> {
    let (id, now, actor) = (id.into_inner(), state.now(), who.0.id());
    let act = move |db: &mut kazi_store::Db| {
        let need = changeable_need(db, &who.0, id)?;
        Ok::<_, Fail>(matching::remove(db, now, actor, &need)?)
    };
    state.store.write(act).await?;
    Ok(Reply::nothing())
}
