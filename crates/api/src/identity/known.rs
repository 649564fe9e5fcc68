//! What is known of callers, kept in memory so that a read need not ask the database who asks. A commit of this process
//! makes it forget before the writer is answered; a follower of the log does so for other replicas' commits. Whoever
//! loads while something is forgotten does not keep what was loaded (the generation has moved on).

use crate::corridor::Follower;
use kazi_core::Instant;
use kazi_core::events::{Cursor, Event, EventKind};
use kazi_core::identity::{Partner, Person};
use kazi_core::ids::{PersonId, SessionId};
use kazi_store::Store;
use moka::sync::Cache;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// A person and the sessions that are alive.
#[derive(Debug)]
pub struct KnownPerson {
    pub person: Person,
    pub sessions: Vec<SessionId>,
}

/// A partner system and what proves its key.
pub struct KnownKey {
    pub partner: Partner,
    pub hash: String,
    pub expires_at: Option<Instant>,
    /// When the last use was written down, in microseconds.
    pub used_at: AtomicI64,
}

pub struct Known {
    keys: Cache<String, Arc<KnownKey>>,
    people: Cache<Uuid, Arc<KnownPerson>>,
    generation: Mutex<u64>,
}

impl Default for Known {
    fn default() -> Self {
        let people = Cache::builder().max_capacity(50_000).time_to_live(std::time::Duration::from_secs(300)).build();
        let keys = Cache::builder().max_capacity(20_000).time_to_live(std::time::Duration::from_secs(300)).build();
        Self { keys, people, generation: Mutex::new(0) }
    }
}

impl Known {
    pub fn person(&self, id: PersonId) -> Option<Arc<KnownPerson>> {
        self.people.get(&id.0)
    }

    /// Read this before loading what `keep_person` is to keep.
    pub fn generation(&self) -> u64 {
        *self.generation.lock().expect("never poisoned")
    }

    pub fn keep_person(&self, known: Arc<KnownPerson>, loaded_at: u64) {
        let generation = self.generation.lock().expect("never poisoned");
        if *generation == loaded_at {
            self.people.insert(known.person.id.0, known);
        }
    }

    pub fn key(&self, prefix: &str) -> Option<Arc<KnownKey>> {
        self.keys.get(prefix)
    }

    pub fn keep_key(&self, prefix: &str, known: Arc<KnownKey>, loaded_at: u64) {
        let generation = self.generation.lock().expect("never poisoned");
        if *generation == loaded_at {
            self.keys.insert(prefix.to_owned(), known);
        }
    }

    /// Forgets what an event may have changed.
    pub fn forget(&self, kind: EventKind, subject: Uuid, data: &serde_json::Value) {
        use EventKind::*;
        let everybody = match kind {
            PersonConfirmed | PersonEdited | PersonDeleted | PasswordChanged | SessionEnded | SessionReuseDetected | MemberAdded
            | MemberEdited | MemberRemoved | ApiKeyRevoked => false,
            OrganisationMerged | OrganisationRemoved => true,
            _ => return,
        };
        let mut generation = self.generation.lock().expect("never poisoned");
        *generation += 1;
        if everybody {
            self.people.invalidate_all();
            self.keys.invalidate_all();
        } else if kind == ApiKeyRevoked {
            self.keys.invalidate(data["prefix"].as_str().unwrap_or_default());
        } else {
            self.people.invalidate(&subject);
        }
    }
}

/// Forgets what other replicas have changed.
pub struct Forgetter {
    pub known: Arc<Known>,
    pub cursor: Cursor,
}

impl Follower for Forgetter {
    fn name(&self) -> &'static str {
        "callers"
    }
    fn cursor(&self) -> Cursor {
        self.cursor
    }
    fn take(&mut self, _: &Store, events: &[Event]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        for event in events {
            self.known.forget(event.kind, event.subject, &event.data);
            self.cursor = event.cursor;
        }
        Ok(())
    }
}
