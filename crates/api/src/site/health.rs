//! Whether the server lives, and whether it can serve.

use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::{HttpResponse, get, web};
use kazi_core::problem::Code;
use serde_json::json;

#[get("/healthz")]
pub async fn alive(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok", "instance": state.instance }))
}

#[get("/readyz")]
pub async fn ready(state: web::Data<State>) -> Answer<HttpResponse> {
    let end = state.store.read(kazi_store::events::end).await.map_err(|_| Fail::new(Code::Unavailable, "The database does not answer."))?;
    Ok(HttpResponse::Ok().json(json!({ "status": "ready", "log": end.to_string() })))
}
