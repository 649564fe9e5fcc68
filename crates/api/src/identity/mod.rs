//! The identity room over HTTP.

mod who;

pub use who::Who;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(_cfg: &mut ServiceConfig) {}
