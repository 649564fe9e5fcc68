//! The public keys of access tokens, for whoever wants to check one.

use crate::http::Answer;
use crate::state::State;
use actix_web::{HttpResponse, get, web};

#[get("/.well-known/jwks.json")]
pub async fn jwks(state: web::Data<State>) -> Answer<HttpResponse> {
    let keys = state.identity.access.keys.published(&state.store, state.now()).await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "public, max-age=60")).json(keys))
}
