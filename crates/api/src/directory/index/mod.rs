//! The full-text index of the directory: tantivy finds the words, sets of bits in memory do the
//! filters and the counts. It follows the log, keeps its cursor in its own commits, and is thrown
//! away and built anew when it is missing, damaged, of another version or of another database.

mod bits;
mod document;
mod follow;
mod hits;
mod search;
mod segment;
mod words;

pub use follow::IndexFollower;
pub use search::SearchFail;

use document::{Fields, VERSION, day_number};
use kazi_core::events::Cursor;
use segment::Segment;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};
use tantivy::index::SegmentId;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

/// Up to where in which log the index has come; the payload of its commits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Reached {
    cursor: Cursor,
    /// The log's first event, by which another database is told.
    log: String,
}

/// What searches run on: one state of the index.
pub(crate) struct View {
    pub searcher: Searcher,
    /// Counts the states, so that what was answered from one is not given for another.
    pub number: u64,
    pub day: u64,
    pub segments: Vec<(Arc<Segment>, bits::Bits)>,
    made: HashMap<SegmentId, Arc<Segment>>,
}

/// The index as searches see it.
pub struct SearchIndex {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    view: RwLock<Arc<View>>,
    refreshing: Mutex<()>,
    start: Reached,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl SearchIndex {
    /// Opens the index in `folder`, or begins a new one there.
    pub fn open(folder: &Path, store: &kazi_store::Store) -> Result<Self, Failure> {
        let path = folder.join(format!("directory-v{VERSION}"));
        let log = store.read_now(|db| {
            let first = kazi_store::events::after(db, Cursor::default(), 1)?;
            Ok::<_, kazi_store::StoreError>(first.first().map(|e| format!("{}-{}", e.at.micros(), e.subject)).unwrap_or_default())
        })?;
        let end = store.read_now(kazi_store::events::end)?;
        // Tantivy panics over some kinds of damage.
        let opened = std::panic::catch_unwind(|| Self::try_open(&path)).unwrap_or_else(|_| Err("its files are damaged".into()));
        match opened {
            Ok(found) if found.start.cursor <= end && (found.start.log == log || found.start.cursor == Cursor::default()) => Ok(found),
            found => {
                if let Err(error) = &found
                    && path.exists()
                {
                    tracing::warn!(%error, "the directory's index can't be read; it is built anew");
                }
                drop(found);
                remove_all_versions(folder)?;
                std::fs::create_dir_all(&path)?;
                let index = tantivy::Index::create_in_dir(&path, document::schema().0)?;
                Self::of(index, Reached { cursor: Cursor::default(), log })
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, Failure> {
        let index = tantivy::Index::open_in_dir(path)?;
        if index.schema() != document::schema().0 {
            return Err("it has other fields".into());
        }
        if !index.validate_checksum()?.is_empty() {
            return Err("its files are damaged".into());
        }
        let payload = index.load_metas()?.payload.ok_or("it was never committed")?;
        Self::of(index, serde_json::from_str(&payload)?)
    }

    fn of(index: tantivy::Index, start: Reached) -> Result<Self, Failure> {
        document::register_analysers(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let fields = document::schema().1;
        let view = View::of(reader.searcher(), today(), None)?;
        Ok(Self { index, reader, fields, view: RwLock::new(Arc::new(view)), refreshing: Mutex::new(()), start })
    }

    /// The newest state; made anew when the day has changed, because certificates expire.
    pub(crate) fn view(&self) -> tantivy::Result<Arc<View>> {
        let view = self.view.read().expect("no holder panics").clone();
        if view.day == today() { Ok(view) } else { self.refresh() }
    }

    /// Shows what was committed last.
    fn refresh(&self) -> tantivy::Result<Arc<View>> {
        // One at a time, while searches go on with the state before.
        let _turn = self.refreshing.lock().expect("no holder panics");
        self.reader.reload()?;
        let before = self.view.read().expect("no holder panics").clone();
        let after = Arc::new(View::of(self.reader.searcher(), today(), Some(&before))?);
        *self.view.write().expect("no holder panics") = after.clone();
        Ok(after)
    }

    /// Names the state that a search would run on now.
    pub fn state_number(&self) -> tantivy::Result<u64> {
        Ok(self.view()?.number)
    }

    /// Tantivy's own searcher, to measure against.
    pub fn searcher(&self) -> Searcher {
        self.view.read().expect("no holder panics").searcher.clone()
    }

    /// The query that a search makes of these words.
    pub fn words(&self, text: &str) -> tantivy::Result<Option<Box<dyn tantivy::query::Query>>> {
        words::query(text, &self.fields, &self.searcher(), words::Tolerance::Unknown)
    }

    /// Finds who has a value that holds at all times.
    pub fn facet_term(&self, facet: kazi_core::directory::Facet, code: u32) -> tantivy::Term {
        let value = kazi_core::directory::FacetValue { facet, code, from: None, until: None };
        tantivy::Term::from_field_u64(self.fields.facets, document::pack(&value))
    }

    pub fn documents(&self) -> u64 {
        self.view.read().expect("no holder panics").searcher.num_docs()
    }
}

impl View {
    fn of(searcher: Searcher, day: u64, before: Option<&View>) -> tantivy::Result<Self> {
        let mut made = HashMap::new();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let known = before.filter(|b| b.day == day).and_then(|b| b.made.get(&id).cloned());
            let segment = match known {
                Some(segment) => segment,
                None => Arc::new(Segment::read(reader, day)?),
            };
            segments.push((segment.clone(), segment.alive(reader)));
            made.insert(id, segment);
        }
        Ok(Self { searcher, number: before.map_or(0, |b| b.number + 1), day, segments, made })
    }
}

/// What earlier programs have left goes too: nobody reads it any more.
fn remove_all_versions(folder: &Path) -> std::io::Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("directory-v")) {
        std::fs::remove_dir_all(entry.path())?;
    }
    Ok(())
}

fn today() -> u64 {
    day_number(chrono::Utc::now().date_naive())
}
