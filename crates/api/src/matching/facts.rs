//! The facts behind a ranking: read from the profiles of whom it ranks, and kept ready for a moment.

use super::Shelf;
use crate::http::Answer;
use kazi_core::directory::{Organisation, Provenance, facts};
use kazi_core::ids::OrganisationId;
use kazi_core::matching::{NearMiss, Ranked, Terms};
use kazi_store::{Db, StoreResult, directory};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What an organisation states, by path, and where each fact comes from.
pub(super) struct Stated {
    facts: BTreeMap<String, Value>,
    provenance: BTreeMap<String, Provenance>,
}

impl Stated {
    pub fn of(o: &Organisation) -> Self {
        Self { facts: facts(&o.profile), provenance: o.provenance.clone() }
    }
    pub fn explain(&self, terms: &Terms, ranked: &mut Ranked) {
        ranked.add_facts(terms, &self.facts, &self.provenance);
    }
}

impl Shelf {
    /// Adds the facts behind each value, with at most one query for the organisations not kept ready.
    pub(super) fn explain(&self, db: &mut Db, terms: &Terms, ranked: &mut [Ranked], near: &mut [NearMiss]) -> Answer<()> {
        let all = || ranked.iter().chain(near.iter().map(|n| &n.candidate)).map(|r| r.organisation);
        let stated = self.stated(db, all().collect())?;
        for one in ranked.iter_mut().chain(near.iter_mut().map(|n| &mut n.candidate)) {
            if let Some(stated) = stated.get(&one.organisation) {
                stated.explain(terms, one);
            }
        }
        Ok(())
    }

    fn stated(&self, db: &mut Db, ids: Vec<OrganisationId>) -> StoreResult<HashMap<OrganisationId, Arc<Stated>>> {
        let mut known: HashMap<_, _> = ids.iter().filter_map(|id| Some((*id, self.stated.get(id)?))).collect();
        let missing: Vec<OrganisationId> = ids.into_iter().filter(|id| !known.contains_key(id)).collect();
        for organisation in directory::by_ids(db, &missing)? {
            let stated = Arc::new(Stated::of(&organisation));
            self.stated.insert(organisation.id, stated.clone());
            known.insert(organisation.id, stated);
        }
        Ok(known)
    }
}
