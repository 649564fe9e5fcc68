//! Partner systems' keys: `kazi_<prefix>_<secret>`, of which we keep the prefix and a hash.

use super::{Who, secret};
use crate::http::{Answer, Body, Once, PageWords, Reply, Words};
use crate::state::{State, new_id};
use actix_web::{delete, get, post, web};
use kazi_core::identity::{ApiKey, ApiKeyMade, NewApiKey};
use kazi_core::ids::{ApiKeyId, OrganisationId};
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_core::problem::Refusal;
use kazi_store::identity;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Make an API key
///
/// For a partner system that acts for the organisation. The whole key is in this answer and never shown again. For owners.
#[utoipa::path(tag = "identity", operation_id = "create_api_key", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    request_body(content = NewApiKey, example = json!({"name": "CRM sync", "scopes": ["directory.read"], "expires_at": "2030-01-01T00:00:00Z"})),
    responses((status = 201, body = ApiKeyMade, description = "The key, with its secret.", headers(("Location" = String)))))]
#[post("/organisations/{id}/api-keys")]
pub async fn create_api_key(
    state: web::Data<State>,
    who: Who,
    once: Once,
    id: web::Path<OrganisationId>,
    body: Body<NewApiKey>,
) -> Answer<Reply> {
    let organisation = id.into_inner();
    let by = policy::manage_keys(&who.0, organisation)?.id;
    let (new, now) = (body.value, state.now());
    if new.expires_at.is_some_and(|at| at <= now) {
        return Err(Refusal::field("/expires_at", "range", "Must be in the future.").into());
    }
    let mut scopes = new.scopes;
    scopes.sort();
    scopes.dedup();
    let (prefix, secret) = (secret::hash(&secret::new_secret())[..10].to_owned(), secret::new_secret());
    let key = ApiKey {
        id: new_id(),
        name: new.name,
        prefix: prefix.clone(),
        scopes,
        created_at: now,
        expires_at: new.expires_at,
        used_at: None,
        revoked_at: None,
    };
    let location = format!("/api/v1/organisations/{organisation}/api-keys/{}", key.id);
    let (hash, made) = (secret::hash(&secret), Arc::new(AtomicBool::new(false)));
    let (kept, kept_at, first) = (key.clone(), location.clone(), made.clone());
    // What is kept beside the idempotency key is without the secret.
    let reply = once
        .write(&state, &who.0, &body.fingerprint, move |db| {
            identity::add_api_key(db, organisation, &kept, &hash, by)?;
            first.store(true, Ordering::Relaxed);
            Ok(Reply::created(kept_at, &ApiKeyMade { key: kept, secret: None }))
        })
        .await?;
    if made.load(Ordering::Relaxed) {
        return Ok(Reply::created(location, &ApiKeyMade { key, secret: Some(format!("kazi_{prefix}_{secret}")) }));
    }
    Ok(reply)
}

/// List an organisation's API keys
///
/// Without their secrets; revoked ones as well. For owners.
#[utoipa::path(tag = "identity", operation_id = "list_api_keys", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), PageWords),
    responses((status = 200, body = Page<ApiKey>, description = "A page of keys.")))]
#[get("/organisations/{id}/api-keys")]
pub async fn list_api_keys(state: web::Data<State>, who: Who, id: web::Path<OrganisationId>, words: Words<PageWords>) -> Answer<Reply> {
    let id = id.into_inner();
    policy::manage_keys(&who.0, id)?;
    let (limit, after) = (words.0.limit()?, super::after(&words.0)?);
    let page = state.store.read(move |db| identity::api_keys(db, id, after.map(ApiKeyId), limit)).await?;
    Ok(Reply::page(&page))
}

/// Revoke an API key
///
/// It is refused from now on. For owners.
#[utoipa::path(tag = "identity", operation_id = "revoke_api_key", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), ("key" = ApiKeyId, Path, description = "The key.")),
    responses((status = 204, description = "Revoked.")))]
#[delete("/organisations/{id}/api-keys/{key}")]
pub async fn revoke_api_key(state: web::Data<State>, who: Who, path: web::Path<(OrganisationId, ApiKeyId)>) -> Answer<Reply> {
    let (organisation, key) = path.into_inner();
    policy::manage_keys(&who.0, organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    state.store.write(move |db| identity::revoke_api_key(db, organisation, key, now, actor)).await?;
    Ok(Reply::nothing())
}
