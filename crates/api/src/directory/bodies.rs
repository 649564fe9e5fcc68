//! Organisations as they go over the wire, kept ready. An answer that was read before a change and
//! comes to be kept after it is dropped: each shard counts its changes, and who reads says at which
//! count.

use crate::http::{etag, etag_with};
use actix_web::web::Bytes;
use kazi_core::directory::Organisation;
use kazi_core::events::NewEvent;
use kazi_core::ids::OrganisationId;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

const SHARDS: usize = 64;
/// Bytes that all kept answers may take together.
const ROOM: u64 = 64 * 1024 * 1024;

/// A ready answer.
#[derive(Debug, Clone)]
pub struct Ready {
    pub tag: String,
    pub json: Bytes,
}

impl Ready {
    pub fn of(organisation: Organisation) -> Self {
        let tag = match &organisation.responsiveness {
            None => etag(organisation.version),
            Some(r) => {
                let hours = r.median_hours.map(|hours| hours.to_string()).unwrap_or_default();
                etag_with(organisation.version, &format!("{}-{}-{hours}", r.received, r.answered))
            }
        };
        Self { tag, json: Bytes::from(serde_json::to_vec(&super::shown(organisation)).unwrap_or_default()) }
    }
}

pub struct Bodies {
    kept: moka::sync::Cache<Uuid, Ready>,
    changes: Vec<Mutex<u64>>,
}

impl Default for Bodies {
    fn default() -> Self {
        let weigh = |_: &Uuid, ready: &Ready| u32::try_from(ready.json.len() + 128).unwrap_or(u32::MAX);
        Self {
            kept: moka::sync::Cache::builder().max_capacity(ROOM).weigher(weigh).build(),
            changes: (0..SHARDS).map(|_| Mutex::new(0)).collect(),
        }
    }
}

/// How many changes a shard had seen when a read began.
#[derive(Debug, Clone, Copy)]
pub struct Seen(u64);

impl Bodies {
    fn shard(&self, id: Uuid) -> &Mutex<u64> {
        &self.changes[usize::from(id.as_bytes()[15]) % SHARDS]
    }

    pub fn get(&self, id: OrganisationId) -> Option<Ready> {
        self.kept.get(&id.0)
    }

    /// To be asked before the database is.
    pub fn seen(&self, id: OrganisationId) -> Seen {
        Seen(*self.shard(id.0).lock().expect("no holder panics"))
    }

    pub fn keep(&self, organisation: Organisation, seen: Seen) -> Ready {
        let id = organisation.id.0;
        let ready = Ready::of(organisation);
        let changes = self.shard(id).lock().expect("no holder panics");
        if *changes == seen.0 {
            self.kept.insert(id, ready.clone());
        }
        ready
    }

    pub fn forget(&self, id: Uuid) {
        let mut changes = self.shard(id).lock().expect("no holder panics");
        *changes += 1;
        self.kept.invalidate(&id);
    }

    /// Forgets what this process changes, before the writer is answered.
    pub fn follow_commits(self: &Arc<Self>, store: &kazi_store::Store) {
        let bodies = Arc::downgrade(self);
        store.on_commit(move |list: &[NewEvent]| {
            if let Some(bodies) = bodies.upgrade() {
                for event in list.iter().filter(|e| is_of_organisation(e.kind)) {
                    bodies.forget(event.subject);
                }
            }
        });
    }
}

/// Whether the event's subject is an organisation whose profile may have changed.
pub fn is_of_organisation(kind: kazi_core::events::EventKind) -> bool {
    kind.as_str().starts_with("organisation.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kazi_core::Instant;

    #[test]
    fn an_answer_read_before_a_change_is_not_kept_after_it() {
        let bodies = Bodies::default();
        let organisation = Organisation {
            id: Uuid::now_v7().into(),
            slug: "a".into(),
            profile: Default::default(),
            provenance: Default::default(),
            claimed: false,
            fictional: false,
            summary_html: None,
            responsiveness: None,
            version: 1,
            created_at: Instant::from_micros(0),
            updated_at: Instant::from_micros(0),
        };
        let seen = bodies.seen(organisation.id);
        bodies.forget(organisation.id.0);
        let id = organisation.id;
        bodies.keep(organisation.clone(), seen);
        assert!(bodies.get(id).is_none());
        bodies.keep(organisation, bodies.seen(id));
        assert_eq!(bodies.get(id).map(|r| r.tag), Some("\"v1\"".into()));
    }
}
