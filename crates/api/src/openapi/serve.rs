//! The document and its interactive pages over HTTP; nothing of it comes from another host.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, get};
use std::sync::LazyLock;
use utoipa_swagger_ui::{Config, SwaggerUi};

static THREE_ONE: LazyLock<web::Bytes> = LazyLock::new(|| super::document().to_string().into());
static THREE_ZERO: LazyLock<web::Bytes> = LazyLock::new(|| super::three_zero().to_string().into());

pub fn pages(cfg: &mut ServiceConfig) {
    cfg.service(three_one).service(three_zero).service(docs_start).service(docs());
}

/// The interactive pages, carried in the binary.
pub fn docs() -> SwaggerUi {
    SwaggerUi::new("/api/docs/{_:.*}").config(Config::new(["/api/openapi.json"]).try_it_out_enabled(true).validator_url("none"))
}

fn json(bytes: &web::Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").insert_header(("Cache-Control", "no-cache")).body(bytes.clone())
}

#[get("/api/openapi.json")]
async fn three_one() -> HttpResponse {
    json(&THREE_ONE)
}

#[get("/api/openapi-3.0.json")]
async fn three_zero() -> HttpResponse {
    json(&THREE_ZERO)
}

#[get("/api/docs")]
async fn docs_start() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header(("Location", "/api/docs/")).finish()
}
