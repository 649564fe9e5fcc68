//! The directory room over HTTP.

mod bodies;
mod create;
pub mod index;
mod organisations;
mod search;

use crate::corridor::{self, Followers, Running};
use crate::state::State;
use bodies::Bodies;
use index::{IndexFollower, SearchIndex};
use search::ReadySearches;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// What the room keeps in memory, shared by all workers.
#[derive(Clone)]
pub struct Directory {
    bodies: Arc<Bodies>,
    searches: Arc<ReadySearches>,
    pub index: Arc<SearchIndex>,
    pub follower: Arc<Running>,
}

impl Directory {
    pub fn open(
        store: &kazi_store::Store,
        data_dir: &std::path::Path,
        followers: &Followers,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let bodies = Arc::new(Bodies::default());
        bodies.follow_commits(store);
        let index = Arc::new(SearchIndex::open(&data_dir.join("index"), store)?);
        let follower = corridor::start(store.clone(), IndexFollower::new(index.clone(), bodies.clone())?);
        followers.watch(&follower);
        Ok(Self { bodies, searches: Arc::default(), index, follower: Arc::new(follower) })
    }
}

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(search::search_organisations)
        .service(create::create_organisation)
        .service(organisations::get_organisation_by_slug)
        .service(organisations::get_organisation)
        .service(organisations::update_organisation)
        .service(organisations::list_organisation_history);
}

/// The provenance of what somebody changes by hand.
fn provenance_of(state: &State, by: kazi_core::directory::SaidBy) -> kazi_core::directory::Provenance {
    use kazi_core::directory::{EvidenceGrade, Provenance};
    Provenance { by, at: state.now(), source: None, grade: EvidenceGrade::SelfDeclared }
}
