//! One organisation: list it, read it, change it, see what was changed.

use super::bodies::Ready;
use super::create::refuse_listed;
use super::{provenance_of, shown};
use crate::http::{Answer, Fail, IfMatch, PageWords, Patch, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, patch, web};
use kazi_core::directory::{HistoryEntry, Organisation, Profile, Provenance, SaidBy, after_edit, name_key};
use kazi_core::identity::{Scope, StaffRole};
use kazi_core::ids::OrganisationId;
use kazi_core::page::Page;
use kazi_core::policy::{self, Standing};
use kazi_core::problem::Code;
use kazi_store::directory;
use uuid::Uuid;

/// Read an organisation
///
/// Everybody may. One that was merged into another answers 308 with the other's address.
#[utoipa::path(
    tag = "directory", operation_id = "get_organisation",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses(
        (status = 200, body = Organisation, description = "The organisation.", headers(("ETag" = String))),
        (status = 304, description = "Unchanged since the ETag in If-None-Match."),
        (status = 308, description = "Merged into another; Location says which.", headers(("Location" = String)))
    )
)]
#[get("/organisations/{id}")]
pub async fn get_organisation(state: web::Data<State>, req: HttpRequest, _who: Who, id: web::Path<OrganisationId>) -> Answer<HttpResponse> {
    let id = id.into_inner();
    if let Some(ready) = state.directory.bodies.get(id) {
        return Ok(answer(&req, &ready));
    }
    let seen = state.directory.bodies.seen(id);
    match state.store.read(move |db| directory::get_or_moved(db, id)).await? {
        Ok(organisation) => Ok(answer(&req, &state.directory.bodies.keep(organisation, seen))),
        Err((into, _)) => Ok(moved(format!("/api/v1/organisations/{into}"))),
    }
}

/// Read an organisation by its slug
///
/// The name that it has in addresses. One that was merged into another answers 308 with the other's address.
#[utoipa::path(
    tag = "directory", operation_id = "get_organisation_by_slug",
    params(("slug" = String, Path, description = "Its name in addresses.", max_length = 120, example = "digital-divide-data")),
    responses(
        (status = 200, body = Organisation, description = "The organisation.", headers(("ETag" = String))),
        (status = 304, description = "Unchanged since the ETag in If-None-Match."),
        (status = 308, description = "Merged into another; Location says which.", headers(("Location" = String)))
    )
)]
#[get("/organisations/by-slug/{slug}")]
pub async fn get_organisation_by_slug(
    state: web::Data<State>,
    req: HttpRequest,
    _who: Who,
    slug: web::Path<String>,
) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    match state.store.read(move |db| directory::by_slug_or_moved(db, &slug)).await? {
        Ok(organisation) => Ok(answer(&req, &Ready::of(organisation))),
        Err((_, slug)) => Ok(moved(format!("/api/v1/organisations/by-slug/{slug}"))),
    }
}

fn moved(to: String) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, to)).finish()
}

fn answer(req: &HttpRequest, ready: &Ready) -> HttpResponse {
    let tag = ready.tag.as_str();
    if req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish();
    }
    HttpResponse::Ok().insert_header((header::ETAG, tag)).content_type("application/json").body(ready.json.clone())
}

/// Change an organisation's profile
///
/// A merge patch of the profile: what is absent stays, what is null becomes unknown. Lists are whole. What changes
/// bears the caller's provenance. Editors and owners may, and stewards.
#[utoipa::path(
    tag = "directory", operation_id = "update_organisation", security(("bearer" = [])),
    params(
        ("id" = OrganisationId, Path, description = "The organisation."),
        ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")
    ),
    request_body(content = Profile, content_type = "application/merge-patch+json", example = json!({"city": "Nairobi", "founded": 2012})),
    responses((status = 200, body = Organisation, description = "As it stands now.", headers(("ETag" = String))))
)]
#[patch("/organisations/{id}")]
pub async fn update_organisation(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    version: IfMatch,
    patch: Patch,
) -> Answer<Reply> {
    let id = id.into_inner();
    let (by, actor) = (provenance_of(&state, as_whom(&who, id)?), who.0.id());
    let after = state.store.write(move |db| edit(db, id, version, &patch, &by, actor)).await?;
    let version = after.version;
    Ok(Reply::ok(&shown(after)).version(version))
}

/// A steward who does not belong to it speaks as staff, its editors as the organisation itself.
pub(super) fn as_whom(who: &Who, id: OrganisationId) -> Answer<SaidBy> {
    if policy::staff(&who.0, &[StaffRole::Steward]).is_ok() && who.0.role_in(id).is_none() {
        return Ok(SaidBy::Staff);
    }
    policy::act_for(&who.0, id, Standing::Edit, Some(Scope::DirectoryWrite))?;
    Ok(SaidBy::Itself)
}

fn edit(
    db: &mut kazi_store::Db,
    id: OrganisationId,
    version: IfMatch,
    patch: &Patch,
    by: &Provenance,
    actor: Option<Uuid>,
) -> Answer<Organisation> {
    let before = directory::get(db, id)?;
    version.check(before.version)?;
    let profile = patch.apply(&before.profile)?;
    profile.check()?;
    if profile == before.profile {
        return Ok(before);
    }
    if by.by == SaidBy::Itself && name_key(&profile.name) != name_key(&before.profile.name) {
        refuse_listed(db, &Profile { website: None, ..profile.clone() }, Some(id))?;
    }
    let provenance = after_edit(&before.profile, &profile, &before.provenance, by);
    Ok(directory::update(db, by.at, actor, &before, &profile, &provenance)?)
}

/// List what was done to an organisation
///
/// Newest first. For members; the platform's staff sees what was done to the listing and its claims, not to members or keys.
#[utoipa::path(
    tag = "directory", operation_id = "list_organisation_history", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), PageWords),
    responses((status = 200, body = Page<HistoryEntry>, description = "A page of changes."))
)]
#[get("/organisations/{id}/history")]
pub async fn list_organisation_history(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    words: Words<PageWords>,
) -> Answer<Reply> {
    let id = id.into_inner();
    let theirs = policy::read_history(&who.0, id)?;
    let limit = words.0.limit()?;
    let before = match words.0.after.as_deref().map(str::parse::<i64>) {
        None => None,
        Some(Ok(seq)) => Some(seq),
        Some(Err(_)) => return Err(Fail::new(Code::InvalidQuery, "after is not the next of a page of this list.")),
    };
    let read = move |db: &mut kazi_store::Db| {
        directory::get_or_moved(db, id)?.ok();
        kazi_store::events::of_organisation(db, id.0, theirs.kinds(), before, i64::from(limit) + 1)
    };
    let mut events = state.store.read(read).await?;
    let more = events.len() > limit as usize;
    events.truncate(limit as usize);
    let next = events.last().filter(|_| more).map(|e| e.cursor.seq.to_string());
    let items = events
        .into_iter()
        .map(|e| HistoryEntry {
            at: e.at,
            kind: e.kind,
            actor: e.actor,
            subject: e.subject,
            changed: e.data["changed"].as_array().into_iter().flatten().filter_map(|p| p.as_str().map(str::to_owned)).collect(),
        })
        .collect();
    Ok(Reply::page(&Page::<HistoryEntry> { items, next }))
}
