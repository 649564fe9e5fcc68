//! The signed-in person's own account.

use super::{Who, browser};
use crate::http::{Answer, Fail, IfMatch, Patch, Reply};
use crate::state::State;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, web};
use kazi_core::identity::{AccountEdit, MyAccount};
use kazi_core::policy;
use kazi_store::identity;

/// Read my account
///
/// Who is signed in, and the organisations that she may act for.
#[utoipa::path(tag = "identity", operation_id = "get_me", security(("bearer" = [])),
    responses((status = 200, body = MyAccount, description = "The account.", headers(("ETag" = String)))))]
#[get("/me")]
pub async fn get_me(state: web::Data<State>, who: Who) -> Answer<HttpResponse> {
    let id = policy::person(&who.0)?.id;
    let account = state.store.read(move |db| identity::my_account(db, id)).await?;
    // Memberships and organisations' names change without the account's version, so there is no 304 by it.
    Ok(HttpResponse::Ok().insert_header(("ETag", crate::http::etag(account.version))).json(account))
}

/// Change my account
///
/// A merge patch of name and language.
#[utoipa::path(tag = "identity", operation_id = "update_me", security(("bearer" = [])),
    params(("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")),
    request_body(content = AccountEdit, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MyAccount, description = "As it stands now.", headers(("ETag" = String)))))]
#[patch("/me")]
pub async fn update_me(state: web::Data<State>, who: Who, version: IfMatch, patch: Patch) -> Answer<Reply> {
    let id = policy::person(&who.0)?.id;
    let now = state.now();
    let after = state
        .store
        .write(move |db| {
            let before = identity::account(db, id)?;
            version.check(before.version)?;
            let edit: AccountEdit = patch.apply(&AccountEdit { name: before.name, language: before.language })?;
            identity::edit_account(db, id, version.0, &edit, now).map_err(Fail::from)
        })
        .await?;
    Ok(Reply::ok(&after).version(after.version))
}

/// Delete my account
///
/// Everything personal is removed; the event log keeps only the id. Refused (409) while an organisation would be left
/// without an owner.
#[utoipa::path(tag = "identity", operation_id = "delete_me", security(("bearer" = [])),
    responses((status = 204, description = "The account is gone, and its sessions with it.")))]
#[delete("/me")]
pub async fn delete_me(state: web::Data<State>, who: Who) -> Answer<HttpResponse> {
    let id = policy::person(&who.0)?.id;
    let now = state.now();
    state.store.write(move |db| identity::delete_account(db, id, now)).await?;
    Ok(HttpResponse::NoContent().cookie(browser::no_cookie()).finish())
}

/// Export my account
///
/// Everything that is held of the person, but secrets, as one JSON document.
#[utoipa::path(tag = "identity", operation_id = "export_me", security(("bearer" = [])),
    responses((status = 200, body = serde_json::Value, description = "Account, sessions, invitations, keys made, claims and decisions, imports, messages, history.")))]
#[get("/me/export")]
pub async fn export_me(state: web::Data<State>, who: Who, _req: HttpRequest) -> Answer<HttpResponse> {
    let id = policy::person(&who.0)?.id;
    let everything = state.store.read(move |db| identity::export_account(db, id)).await?;
    let name = ("Content-Disposition", "attachment; filename=\"kazi-account.json\"");
    Ok(HttpResponse::Ok().insert_header(name).insert_header(("Cache-Control", "no-store")).json(everything))
}
