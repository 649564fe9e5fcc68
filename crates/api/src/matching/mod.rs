//! The matching room over HTTP: needs, who fits them and why, and the index in memory behind it.

mod alerts;
pub mod demo;
mod facts;
mod fitting;
mod follower;
mod needs;
mod one;
mod query;
mod rank;
mod shortlist;
mod sight;

use crate::corridor::{self, Followers, Running};
use crate::http::{Answer, Fail};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Index, MatchedOrganisation, Need};
use kazi_store::{Db, Store, StoreError, StoreResult};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::Semaphore;
use utoipa_actix_web::service_config::ServiceConfig;

/// Names kept ready, for a moment.
const NAMES: u64 = 50_000;
/// Profiles' facts kept ready, for a moment.
const PROFILES: u64 = 2_000;
const FRESH: Duration = Duration::from_secs(60);

/// What the room keeps in memory, shared by all workers.
#[derive(Clone)]
pub struct Matching {
    shelf: Arc<Shelf>,
    turns: Arc<Semaphore>,
    _running: Arc<[Running; 2]>,
}

/// What the follower keeps up and the handlers read.
pub(crate) struct Shelf {
    index: RwLock<Index>,
    open: RwLock<BTreeMap<NeedId, Arc<Need>>>,
    names: moka::sync::Cache<OrganisationId, MatchedOrganisation>,
    stated: moka::sync::Cache<OrganisationId, Arc<facts::Stated>>,
}

impl Shelf {
    /// What is kept ready of an organisation is no longer true.
    fn forget(&self, id: OrganisationId) {
        self.names.invalidate(&id);
        self.stated.invalidate(&id);
    }
}

impl Matching {
    /// Starts to read: the index is whole once `readyz` says so.
    pub fn open(store: &Store, followers: &Followers) -> StoreResult<Self> {
        let shelf = Arc::new(Shelf {
            index: RwLock::default(),
            open: RwLock::default(),
            names: moka::sync::Cache::builder().max_capacity(NAMES).time_to_live(FRESH).build(),
            stated: moka::sync::Cache::builder().max_capacity(PROFILES).time_to_live(FRESH).build(),
        });
        let known = Arc::downgrade(&shelf);
        store.on_commit(move |list| {
            if let Some(shelf) = known.upgrade() {
                list.iter().for_each(|e| shelf.forget(OrganisationId(e.subject)));
            }
        });
        let index = corridor::start(store.clone(), follower::IndexFollower::new(shelf.clone()));
        let alerts = corridor::start(store.clone(), alerts::AlertFollower::new(store, shelf.clone())?);
        followers.watch(&index);
        followers.watch_aside(&alerts);
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { shelf, turns: Arc::new(Semaphore::new(processors)), _running: Arc::new([index, alerts]) })
    }

    /// Reads the database and the shelf, first come, first served: more rankings at once than there are processors would
    /// make each of them late.
    async fn read<T: Send + 'static>(&self, store: &Store, work: impl FnOnce(&mut Db, &Shelf) -> Answer<T> + Send + 'static) -> Answer<T> {
        let turn = self.turns.clone().acquire_owned().await.map_err(Fail::inside)?;
        let shelf = self.shelf.clone();
        let act = move |db: &mut Db| {
            let _until_done = turn;
            work(db, &shelf)
        };
        store.read(act).await
    }
}

impl Shelf {
    /// Names in the order of the ids, with at most one query for those not kept ready.
    fn names(&self, db: &mut Db, ids: &[OrganisationId]) -> Result<Vec<MatchedOrganisation>, StoreError> {
        let mut known: HashMap<OrganisationId, MatchedOrganisation> =
            ids.iter().filter_map(|id| Some((*id, self.names.get(id)?))).collect();
        let missing: Vec<OrganisationId> = ids.iter().copied().filter(|id| !known.contains_key(id)).collect();
        if !missing.is_empty() {
            for name in kazi_store::matching::names(db, &missing)? {
                self.names.insert(name.id, name.clone());
                known.insert(name.id, name);
            }
        }
        Ok(ids.iter().filter_map(|id| known.get(id).cloned()).collect())
    }
}

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(needs::create_need)
        .service(needs::list_needs)
        .service(needs::get_need)
        .service(needs::update_need)
        .service(needs::delete_need)
        .service(needs::change_need_state)
        .service(rank::rank_need)
        .service(rank::rank_adhoc)
        .service(rank::list_near_misses)
        .service(rank::get_matrix)
        .service(rank::get_sensitivity)
        .service(one::explain_match)
        .service(one::get_lift)
        .service(fitting::list_fitting_needs)
        .service(alerts::list_need_alerts)
        .service(shortlist::list_shortlist)
        .service(shortlist::put_shortlist_entry)
        .service(shortlist::delete_shortlist_entry);
}
