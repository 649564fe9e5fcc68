//! What is not the API: health, the app's files, and the pages that the server renders.

mod guides;
mod health;
pub mod metrics;
mod pages;
mod spa;

use actix_web::web::{self, ServiceConfig};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(health::alive)
        .service(health::ready)
        .service(metrics::page)
        .service(guides::style)
        .service(guides::guide)
        .service(crate::identity::jwks)
        .service(pages::providers)
        .service(pages::provider)
        .service(pages::robots)
        .service(pages::sitemap)
        .service(pages::sitemap_part)
        .default_service(web::to(spa::file));
}
