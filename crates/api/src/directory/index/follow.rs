//! Brings the index up to date with the log. Documents and the cursor are committed together, so
//! what was taken in is in the index exactly once, whenever the process dies. An index that has nothing yet reads the
//! organisations as they stand instead of their whole history, and commits once.

use super::document::{document, id_term};
use super::{Failure, Reached, SearchIndex};
use crate::corridor::Follower;
use crate::directory::bodies::{Bodies, is_of_organisation};
use kazi_core::directory::Organisation;
use kazi_core::events::{Cursor, Event};
use kazi_core::ids::OrganisationId;
use kazi_store::{Store, directory};
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::IndexWriter;

/// Bytes that the writer may use before it spills.
const BUFFER: usize = 64 * 1024 * 1024;
/// How many organisations the first reading takes at once.
const BATCH: i64 = 10_000;

pub struct IndexFollower {
    index: Arc<SearchIndex>,
    bodies: Arc<Bodies>,
    writer: IndexWriter,
    reached: Reached,
    reading: Option<FirstReading>,
}

/// How far the first reading has come.
struct FirstReading {
    began: std::time::Instant,
    /// The log's end before anything was read: what changes meanwhile is read once more after it.
    end: Cursor,
    after: Option<OrganisationId>,
}

impl IndexFollower {
    pub fn new(index: Arc<SearchIndex>, bodies: Arc<Bodies>) -> Result<Self, Failure> {
        let writer = index.index.writer_with_num_threads(1, BUFFER)?;
        let reached = index.start.clone();
        Ok(Self { index, bodies, writer, reached, reading: None })
    }

    /// Reads the next batch; after the last the index is there, up to the cursor that is given back.
    fn read_on(&mut self, store: &Store) -> Result<Cursor, Failure> {
        let FirstReading { began, end, after } = match self.reading.take() {
            Some(reading) => reading,
            None => FirstReading { began: std::time::Instant::now(), end: store.read_now(kazi_store::events::end)?, after: None },
        };
        let batch = store.read_now(|db| directory::list_after(db, after, BATCH))?;
        if let Some(last) = batch.last() {
            self.add(&batch)?;
            self.reading = Some(FirstReading { began, end, after: Some(last.id) });
            return Ok(Cursor::default());
        }
        if after.is_some() {
            self.commit(end)?;
        }
        let micros = began.elapsed().as_micros() as u64;
        tracing::info!(organisations = self.index.documents(), micros, "the directory's index is built");
        Ok(end)
    }

    fn write(&mut self, store: &Store, changed: &[OrganisationId], cursor: Cursor) -> Result<(), Failure> {
        let organisations = store.read_now(|db| directory::by_ids(db, changed))?;
        for id in changed {
            self.writer.delete_term(id_term(&self.index.fields, id.0));
        }
        self.add(&organisations)?;
        self.commit(cursor)
    }

    fn add(&self, organisations: &[Organisation]) -> Result<(), Failure> {
        for organisation in organisations {
            self.writer.add_document(document(&self.index.fields, organisation))?;
        }
        Ok(())
    }

    fn commit(&mut self, cursor: Cursor) -> Result<(), Failure> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&Reached { cursor, ..self.reached.clone() })?);
        commit.commit()?;
        self.index.refresh()?;
        Ok(())
    }
}

impl Follower for IndexFollower {
    fn name(&self) -> &'static str {
        "directory-index"
    }
    fn cursor(&self) -> Cursor {
        self.reached.cursor
    }
    fn take(&mut self, store: &Store, events: &[Event]) -> Result<(), Failure> {
        let changed: BTreeSet<_> = events.iter().filter(|e| is_of_organisation(e.kind)).map(|e| e.subject).collect();
        changed.iter().for_each(|id| self.bodies.forget(*id));
        let Some(last) = events.last() else { return Ok(()) };
        let first = self.reached.cursor == Cursor::default();
        if self.reached.log.is_empty() {
            let first = store.read_now(|db| kazi_store::events::after(db, Cursor::default(), 1))?;
            self.reached.log = first.first().map(|e| format!("{}-{}", e.at.micros(), e.subject)).unwrap_or_default();
        }
        let changed: Vec<_> = changed.into_iter().map(Into::into).collect();
        let done = match first {
            true => self.read_on(store),
            false if changed.is_empty() => Ok(last.cursor),
            false => self.write(store, &changed, last.cursor).map(|()| last.cursor),
        };
        match done {
            Ok(cursor) => self.reached.cursor = cursor,
            Err(error) => {
                self.reading = None;
                self.writer.rollback()?;
                return Err(error);
            }
        }
        Ok(())
    }
    fn recover(&mut self) -> Result<(), Failure> {
        self.index.view.clear_poison();
        self.index.refreshing.clear_poison();
        self.reading = None;
        self.writer.rollback()?;
        Ok(())
    }
}
