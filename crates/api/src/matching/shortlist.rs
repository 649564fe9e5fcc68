//! Whom a buyer keeps in view for a need. For the owner's members only; providers are not told.

use super::sight::{changeable_need, own_need};
use crate::http::{Answer, Body, Fail, Reply};
use crate::identity::Who;
use crate::state::State;
use actix_web::{delete, get, put, web};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{ShortlistEntry, ShortlistNote};
use kazi_core::page::Page;
use kazi_store::{Db, matching};

/// List a need's shortlist
///
/// The whole of it, oldest entry first.
#[utoipa::path(
    tag = "matching", operation_id = "list_shortlist", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need.")),
    responses((status = 200, body = Page<ShortlistEntry>, description = "All entries."))
)]
#[get("/needs/{id}/shortlist")]
pub async fn list_shortlist(state: web::Data<State>, who: Who, id: web::Path<NeedId>) -> Answer<Reply> {
    let id = id.into_inner();
    let act = move |db: &mut Db| {
        own_need(db, &who.0, id)?;
        Ok::<_, Fail>(matching::shortlist(db, id)?)
    };
    Ok(Reply::ok(&Page { items: state.store.read(act).await?, next: None }))
}

/// Put a provider on the shortlist
///
/// Or change its note, when it is on it already.
#[utoipa::path(
    tag = "matching", operation_id = "put_shortlist_entry", security(("bearer" = [])),
    params(("id" = NeedId, Path, description = "The need."), ("organisation_id" = OrganisationId, Path, description = "The provider.")),
    request_body(content = ShortlistNote, example = json!({"note": "Ask about night shifts."})),
    responses((status = 200, body = ShortlistEntry, description = "The entry."))
)]
#[put("/needs/{id}/shortlist/{organisation_id}")]
pub async fn put_shortlist_entry(
    state: web::Data<State>,
    who: Who,
    path: web::Path<(NeedId, OrganisationId)>,
    body: Body<ShortlistNote>,
) -> Answer<Reply> {
    let ((need, provider), now, actor) = (path.into_inner(), state.now(), who.0.id());
    let act = move |db: &mut Db| {
        let need = changeable_need(db, &who.0, need)?;
        Ok::<_, Fail>(matching::put_entry(db, now, actor, &need, provider, body.value.note.as_deref())?)
    };
    Ok(Reply::ok(&state.store.write(act).await?))
}

/// Take a provider off the shortlist
#[utoipa::path(
    tag = "matching", operation_id = "delete_shortlist_entry", security(("bearer" = [])),
    description = "The note goes with it.",
    params(("id" = NeedId, Path, description = "The need."), ("organisation_id" = OrganisationId, Path, description = "The provider.")),
    responses((status = 204, description = "It is off the list."))
)]
#[delete("/needs/{id}/shortlist/{organisation_id}")]
pub async fn delete_shortlist_entry(state: web::Data<State>, who: Who, path: web::Path<(NeedId, OrganisationId)>) -> Answer<Reply> {
    let ((need, provider), now, actor) = (path.into_inner(), state.now(), who.0.id());
    let act = move |db: &mut Db| {
        let need = changeable_need(db, &who.0, need)?;
        Ok::<_, Fail>(matching::remove_entry(db, now, actor, &need, provider)?)
    };
    state.store.write(act).await?;
    Ok(Reply::nothing())
}
