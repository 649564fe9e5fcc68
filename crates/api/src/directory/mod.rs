//! The directory room over HTTP.

mod bodies;
mod claims;
mod codes;
mod create;
mod export;
mod imports;
pub mod index;
mod letters;
mod merges;
mod organisations;
mod provenance;
pub(crate) mod search;
pub mod sheets;

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
        .service(export::export_organisations)
        .service(organisations::get_organisation_by_slug)
        .service(organisations::get_organisation)
        .service(organisations::update_organisation)
        .service(organisations::list_organisation_history)
        .service(provenance::state_provenance)
        .service(claims::create_claim)
        .service(claims::list_claims)
        .service(claims::count_claims)
        .service(claims::get_claim)
        .service(claims::decide_claim)
        .service(claims::unclaim_organisation)
        .service(merges::list_duplicates)
        .service(merges::dismiss_duplicate)
        .service(merges::merge_organisations)
        .service(imports::create_import)
        .service(imports::list_imports)
        .service(imports::get_import)
        .service(imports::update_import)
        .service(imports::apply_import)
        .service(imports::undo_import)
        .service(codes::list_codes);
}

/// The organisation as an answer of its own, with its summary ready to be shown.
fn shown(organisation: kazi_core::directory::Organisation) -> kazi_core::directory::Organisation {
    let summary_html = organisation.profile.summary.as_deref().map(crate::prose::markdown);
    kazi_core::directory::Organisation { summary_html, ..organisation }
}

/// The provenance of what somebody changes by hand.
fn provenance_of(state: &State, by: kazi_core::directory::SaidBy) -> kazi_core::directory::Provenance {
    use kazi_core::directory::{EvidenceGrade, Provenance};
    Provenance { by, at: state.now(), source: None, grade: EvidenceGrade::SelfDeclared }
}

/// The id that the page before ended with.
fn after_id<T: std::str::FromStr>(words: &crate::http::PageWords) -> crate::http::Answer<Option<T>> {
    let refused = || crate::http::Fail::new(kazi_core::problem::Code::InvalidQuery, "after is not the next of a page of this list.");
    words.after.as_deref().map(|text| text.parse().map_err(|_| refused())).transpose()
}
