//! Readings over HTTP: enter, correct, confirm, read; many at once by API or file; all figures of a period.

mod bulk;
mod comparison;
pub mod demo;
mod figures;
mod readings;
mod sight;
mod template;

pub(crate) use sight::is_partner;

use crate::standard::in_force;
use kazi_core::Instant;
use kazi_store::metrics::Wear;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(readings::create_reading)
        .service(readings::list_readings)
        .service(readings::get_reading)
        .service(readings::correct_reading)
        .service(readings::list_reading_revisions)
        .service(readings::confirm_reading)
        .service(bulk::import_readings)
        .service(figures::get_figures)
        .service(comparison::compare_figures)
        .service(template::get_reading_template)
        .service(template::upload_reading_template);
}

pub(crate) fn wear(now: Instant) -> Wear {
    Wear { decay: in_force().decay, today: now.day() }
}
