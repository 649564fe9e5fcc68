//! Duplicates over HTTP: which listings may be one organisation, and making one of two.

use crate::http::{Answer, Body, Once, PageWords, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, post, web};
use kazi_core::directory::{Distinct, Duplicate, Merge, Organisation};
use kazi_core::identity::StaffRole;
use kazi_core::ids::OrganisationId;
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_store::directory;

/// List likely duplicates
///
/// Pairs of listings that share a website or a name, then those whose names are spelt nearly alike, with a score and its
/// reasons; without pairs that were found to be two. A page may be empty and have a next one. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "list_duplicates", security(("bearer" = [])), params(PageWords),
    responses((status = 200, body = Page<Duplicate>, description = "A page of pairs."))
)]
#[get("/duplicates")]
pub async fn list_duplicates(state: web::Data<State>, who: Who, words: Words<PageWords>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let limit = words.0.limit()?;
    let page = state.store.read(move |db| directory::duplicates(db, words.0.after.as_deref(), limit)).await?;
    Ok(Reply::page(&page))
}

/// Keep two listings apart
///
/// They look alike and are two organisations: they are not suggested as duplicates again. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "dismiss_duplicate", security(("bearer" = [])),
    request_body(content = Distinct, example = json!({"organisation": "0199a1b2-0000-7000-8000-000000000000", "other": "0199a1b2-0000-7000-8000-000000000001"})),
    responses((status = 204, description = "Kept apart."), (status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "One of them is not listed."))
)]
#[post("/duplicates/dismissals")]
pub async fn dismiss_duplicate(state: web::Data<State>, who: Who, body: Body<Distinct>) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let actor = policy::person(&who.0)?.id;
    let (Distinct { organisation, other }, at) = (body.value, state.now());
    state.store.write(move |db| directory::keep_distinct(db, organisation, other, actor.0, at)).await?;
    Ok(Reply::nothing())
}

/// Merge an organisation into another
///
/// The other takes over what it does not know; the merged one's addresses lead to it for ever. Only an unclaimed
/// listing can be merged into another. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "merge_organisations", security(("bearer" = [])),
    params(
        ("id" = OrganisationId, Path, description = "The one that goes."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    request_body(content = Merge, example = json!({"into": "0199a1b2-0000-7000-8000-000000000000"})),
    responses((status = 200, body = Organisation, description = "The one that stays.", headers(("ETag" = String))))
)]
#[post("/organisations/{id}/merge")]
pub async fn merge_organisations(
    state: web::Data<State>,
    who: Who,
    once: Once,
    id: web::Path<OrganisationId>,
    body: Body<Merge>,
) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let actor = policy::person(&who.0)?.id;
    let (from, into, at) = (id.into_inner(), body.value.into, state.now());
    let write = move |db: &mut kazi_store::Db| {
        let after = directory::merge(db, from, into, actor.0, at)?;
        let version = after.version;
        Ok(Reply::ok(&super::shown(after)).version(version))
    };
    once.write(&state, &who.0, &body.fingerprint, write).await
}
