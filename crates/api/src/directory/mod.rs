//! The directory room over HTTP.

mod bodies;
mod organisations;

use crate::state::State;
use bodies::Bodies;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// What the room keeps in memory, shared by all workers.
#[derive(Clone)]
pub struct Directory {
    bodies: Arc<Bodies>,
}

impl Directory {
    pub fn open(store: &kazi_store::Store) -> Self {
        let bodies = Arc::new(Bodies::default());
        bodies.follow_commits(store);
        Self { bodies }
    }
}

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(organisations::get_organisation_by_slug)
        .service(organisations::get_organisation)
        .service(organisations::update_organisation)
        .service(organisations::list_organisation_history);
}

/// The provenance of what somebody changes by hand.
fn provenance_of(state: &State, by: kazi_core::directory::SaidBy) -> kazi_core::directory::Provenance {
    use kazi_core::directory::{EvidenceGrade, Provenance};
    Provenance { by, at: state.now(), source: None, grade: EvidenceGrade::SelfDeclared }
}
