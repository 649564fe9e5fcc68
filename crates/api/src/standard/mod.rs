//! The standard over HTTP: everybody reads it.

use crate::http::{Answer, Fail, Reply};
use crate::identity::Who;
use actix_web::{get, web};
use kazi_core::problem::Code;
use kazi_core::standard::{Standard, first};
use utoipa_actix_web::service_config::ServiceConfig;

/// The version that readings are made under now.
pub fn in_force() -> &'static Standard {
    first()
}

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_current_standard).service(get_standard);
}

/// Read the standard in force
///
/// All metrics of the newest adopted version, with definitions, units, formulas, crosswalks and thresholds. Everybody may.
#[utoipa::path(
    tag = "standard", operation_id = "get_current_standard",
    responses((status = 200, body = Standard, description = "The version in force."))
)]
#[get("/standard")]
pub async fn get_current_standard(_who: Who) -> Answer<Reply> {
    Ok(Reply::ok(in_force()))
}

/// Read one version of the standard
///
/// Readings keep the version that they were made under; it can be read here for ever.
#[utoipa::path(
    tag = "standard", operation_id = "get_standard",
    params(("version" = u32, Path, description = "1 is the first.", minimum = 1, example = 1)),
    responses((status = 200, body = Standard, description = "That version."))
)]
#[get("/standard/versions/{version}")]
pub async fn get_standard(_who: Who, version: web::Path<u32>) -> Answer<Reply> {
    match in_force() {
        standard if standard.version == *version => Ok(Reply::ok(standard)),
        _ => Err(Fail::new(Code::NotFound, "There is no such version of the standard.")),
    }
}
