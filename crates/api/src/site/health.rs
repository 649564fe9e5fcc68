//! Whether the server lives, and whether it can serve.

use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::{HttpResponse, get, web};
use kazi_core::problem::Code;
use serde_json::json;
use std::time::Duration;

/// How long readiness waits for the database before it says no.
const PATIENCE: Duration = Duration::from_secs(2);

#[get("/healthz")]
pub async fn alive(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok", "instance": state.instance }))
}

#[get("/readyz")]
pub async fn ready(state: web::Data<State>) -> Answer<HttpResponse> {
    let unreachable = || Fail::new(Code::Unavailable, "The database does not answer.");
    let end = tokio::time::timeout(PATIENCE, state.store.read(kazi_store::events::end)).await;
    let end = end.map_err(|_| unreachable())?.map_err(|_: kazi_store::StoreError| unreachable())?;
    let broken = state.followers.broken();
    if !broken.is_empty() {
        return Err(Fail::new(Code::Unavailable, format!("Fell and is started again: {}.", broken.join(", "))));
    }
    let behind = state.followers.not_yet_at(end);
    if !behind.is_empty() {
        return Err(Fail::new(Code::Unavailable, format!("Still reading the log: {}.", behind.join(", "))));
    }
    Ok(HttpResponse::Ok().json(json!({ "status": "ready", "log": end.to_string() })))
}
