//! Keeps the index and the open needs as the log says. Nothing of it is kept on disk: a start reads
//! everything anew, batch by batch, so that the index is always of this program's version.

use super::Shelf;
use crate::corridor::Follower;
use kazi_core::directory::Organisation;
use kazi_core::events::{Cursor, Event};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Candidate, Index, NeedState, candidates};
use kazi_store::{Db, Store, StoreError, StoreResult, directory, matching};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many rows the first reading takes at once.
const BATCH: i64 = 10_000;

pub(super) struct IndexFollower {
    shelf: Arc<Shelf>,
    /// `None` until everything was read once.
    reached: Option<Cursor>,
    reading: Option<FirstReading>,
}

/// How far the first reading has come.
struct FirstReading {
    began: std::time::Instant,
    /// The log's end before anything was read: what changes meanwhile is read once more after it.
    end: Cursor,
    index: Index,
    after: Option<OrganisationId>,
}

impl IndexFollower {
    pub fn new(shelf: Arc<Shelf>) -> Self {
        Self { shelf, reached: None, reading: None }
    }

    /// Reads the next batch; after the last the index is there.
    fn read_on(&mut self, store: &Store) -> StoreResult<()> {
        let mut reading = match self.reading.take() {
            Some(reading) => reading,
            None => {
                let end = store.read_now(kazi_store::events::end)?;
                FirstReading { began: std::time::Instant::now(), end, index: Index::default(), after: None }
            }
        };
        let batch = store.read_now(|db| directory::list_after(db, reading.after, BATCH))?;
        if let Some(last) = batch.last() {
            reading.after = Some(last.id);
            batch.iter().for_each(|o| reading.index.upsert(o.id, &of(o)));
            self.reading = Some(reading);
            return Ok(());
        }
        let FirstReading { began, end, mut index, .. } = reading;
        index.advance(chrono::Utc::now().date_naive());
        index.compact();
        let mut open = BTreeMap::new();
        let mut after = None;
        loop {
            let batch = store.read_now(|db| matching::open_after(db, after, BATCH))?;
            let Some(last) = batch.last() else { break };
            after = Some(last.id);
            open.extend(batch.into_iter().map(|need| (need.id, Arc::new(need))));
        }
        let micros = began.elapsed().as_micros() as u64;
        tracing::info!(candidates = index.len(), bytes = index.bytes(), open_needs = open.len(), micros, "the matching index is built");
        *self.shelf.index.write().expect("no holder panics") = index;
        *self.shelf.open.write().expect("no holder panics") = open;
        self.reached = Some(end);
        Ok(())
    }

    fn organisations(&self, store: &Store, ids: &[OrganisationId]) -> StoreResult<()> {
        let found = store.read_now(|db| directory::by_ids(db, ids))?;
        let rows: BTreeMap<OrganisationId, Vec<Candidate>> = found.iter().map(|o| (o.id, of(o))).collect();
        let mut index = self.shelf.index.write().expect("no holder panics");
        for id in ids {
            index.upsert(*id, rows.get(id).map_or(&[][..], |c| c));
            self.shelf.forget(*id);
        }
        index.advance(chrono::Utc::now().date_naive());
        Ok(())
    }

    fn needs(&self, store: &Store, ids: &[NeedId]) -> StoreResult<()> {
        let found = store.read_now(|db: &mut Db| matching::needs_by_ids(db, ids))?;
        let mut open = self.shelf.open.write().expect("no holder panics");
        for id in ids {
            open.remove(id);
        }
        open.extend(found.into_iter().filter(|n| n.state == NeedState::Open).map(|n| (n.id, Arc::new(n))));
        Ok(())
    }
}

/// An organisation's rows in the index.
pub(super) fn of(o: &Organisation) -> Vec<Candidate> {
    candidates(o.id, &o.profile, &o.provenance, o.responsiveness.as_ref())
}

/// The organisations that these events change, each once.
pub(super) fn organisations_in(events: &[Event]) -> Vec<OrganisationId> {
    let ids: BTreeSet<_> = events.iter().filter(|e| e.kind.as_str().starts_with("organisation.")).map(|e| e.subject.into()).collect();
    ids.into_iter().collect()
}

/// The needs that these events change, each once.
pub(super) fn needs_in(events: &[Event]) -> Vec<NeedId> {
    let ids: BTreeSet<_> = events.iter().filter(|e| e.kind.as_str().starts_with("need.")).map(|e| e.subject.into()).collect();
    ids.into_iter().collect()
}

impl Follower for IndexFollower {
    fn name(&self) -> &'static str {
        "matching"
    }
    fn cursor(&self) -> Cursor {
        self.reached.unwrap_or_default()
    }
    fn take(&mut self, store: &Store, events: &[Event]) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if self.reached.is_none() {
            // The first events are part of what the first reading reads.
            return Ok(self.read_on(store)?);
        }
        let (organisations, needs) = (organisations_in(events), needs_in(events));
        if !organisations.is_empty() {
            self.organisations(store, &organisations)?;
        }
        if !needs.is_empty() {
            self.needs(store, &needs)?;
        }
        self.reached = events.last().map(|e| e.cursor).or(self.reached);
        Ok::<_, StoreError>(()).map_err(Into::into)
    }
    fn recover(&mut self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        (self.reached, self.reading) = (None, None);
        self.shelf.index.clear_poison();
        self.shelf.open.clear_poison();
        Ok(())
    }
}
