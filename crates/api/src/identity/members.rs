//! An organisation's members. Members see each other; owners change roles; everybody may leave.

use super::Who;
use crate::http::{Answer, IfMatch, PageWords, Patch, Reply, Words};
use crate::state::State;
use actix_web::{delete, get, patch, web};
use kazi_core::identity::{Member, MemberEdit};
use kazi_core::ids::{OrganisationId, PersonId};
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_store::identity;

/// List an organisation's members
///
/// For its members.
#[utoipa::path(tag = "identity", operation_id = "list_members", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), PageWords),
    responses((status = 200, body = Page<Member>, description = "A page of members.")))]
#[get("/organisations/{id}/members")]
pub async fn list_members(state: web::Data<State>, who: Who, id: web::Path<OrganisationId>, words: Words<PageWords>) -> Answer<Reply> {
    let id = id.into_inner();
    policy::see_members(&who.0, id)?;
    let (limit, after) = (words.0.limit()?, super::after(&words.0)?);
    let page = state.store.read(move |db| identity::members(db, id, after.map(PersonId), limit)).await?;
    Ok(Reply::page(&page))
}

/// Change a member's role
///
/// For owners. Refused (409) when the organisation would be left without an owner.
#[utoipa::path(tag = "identity", operation_id = "update_member", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), ("person" = PersonId, Path, description = "The member."),
        ("If-Match" = String, Header, description = "`\"v\"` and the member's version.", example = "\"v1\"")),
    request_body(content = MemberEdit, content_type = "application/merge-patch+json", example = json!({"role": "editor"})),
    responses((status = 200, body = Member, description = "As it stands now.", headers(("ETag" = String)))))]
#[patch("/organisations/{id}/members/{person}")]
pub async fn update_member(
    state: web::Data<State>,
    who: Who,
    path: web::Path<(OrganisationId, PersonId)>,
    version: IfMatch,
    patch: Patch,
) -> Answer<Reply> {
    let (organisation, person) = path.into_inner();
    policy::manage_members(&who.0, organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    let after = state
        .store
        .write(move |db| {
            let before = identity::member(db, organisation, person)?;
            let edit: MemberEdit = patch.apply(&MemberEdit { role: before.role })?;
            identity::set_role(db, organisation, person, edit.role, version.0, now, actor).map_err(crate::http::Fail::from)
        })
        .await?;
    Ok(Reply::ok(&after).version(after.version))
}

/// Remove a member, or leave
///
/// Owners remove members; everybody may leave. Refused (409) when the organisation would be left without an owner.
#[utoipa::path(tag = "identity", operation_id = "remove_member", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), ("person" = PersonId, Path, description = "The member.")),
    responses((status = 204, description = "No member any more.")))]
#[delete("/organisations/{id}/members/{person}")]
pub async fn remove_member(state: web::Data<State>, who: Who, path: web::Path<(OrganisationId, PersonId)>) -> Answer<Reply> {
    let (organisation, person) = path.into_inner();
    policy::remove_member(&who.0, organisation, person)?;
    let (now, actor) = (state.now(), who.0.id());
    state.store.write(move |db| identity::remove_member(db, organisation, person, now, actor)).await?;
    Ok(Reply::nothing())
}
