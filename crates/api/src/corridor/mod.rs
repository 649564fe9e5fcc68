//! The corridor's followers: each has a thread and a cursor of its own, reads the log in order, and
//! can be thrown away and rebuilt. A slow or failing follower holds up nobody else.

use kazi_core::events::{Cursor, Event};
use kazi_store::Store;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// How many events a follower is given at once.
const BATCH: i64 = 1000;
/// How often a follower looks for what another replica has written.
const LOOK: Duration = Duration::from_millis(250);

/// Something derived from the log.
pub trait Follower: Send + 'static {
    fn name(&self) -> &'static str;
    /// Up to where it has taken the log in.
    fn cursor(&self) -> Cursor;
    /// Takes in the next events. On an error it is given them again.
    fn take(&mut self, store: &Store, events: &[Event]) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// A running follower.
pub struct Running {
    pub name: &'static str,
    reached: watch::Receiver<Cursor>,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    pub fn reached(&self) -> Cursor {
        *self.reached.borrow()
    }
    /// Waits until it has taken in everything up to `cursor`; false when that took longer than `most`.
    pub async fn wait_for(&self, cursor: Cursor, most: Duration) -> bool {
        let mut reached = self.reached.clone();
        tokio::time::timeout(most, reached.wait_for(|r| *r >= cursor)).await.is_ok_and(|r| r.is_ok())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The followers of one server, for readiness and metrics.
#[derive(Clone, Default)]
pub struct Followers {
    list: Arc<RwLock<Vec<Watched>>>,
}

struct Watched {
    name: &'static str,
    reached: watch::Receiver<Cursor>,
    /// It has once been at the log's end since the server started.
    caught_up: AtomicBool,
}

impl Followers {
    /// From now on `readyz` waits until this one has caught up with the log.
    pub fn watch(&self, running: &Running) {
        let watched = Watched { name: running.name, reached: running.reached.clone(), caught_up: AtomicBool::new(false) };
        self.list.write().expect("nobody panics here").push(watched);
    }
    /// Where each is in the log.
    pub fn reached(&self) -> Vec<(&'static str, Cursor)> {
        self.list.read().expect("nobody panics here").iter().map(|w| (w.name, *w.reached.borrow())).collect()
    }
    /// Those that have never yet been at the log's end.
    pub fn not_yet_at(&self, end: Cursor) -> Vec<&'static str> {
        let list = self.list.read().expect("nobody panics here");
        let behind = list.iter().filter(|w| {
            let there = w.caught_up.load(Ordering::Relaxed) || *w.reached.borrow() >= end;
            w.caught_up.store(there, Ordering::Relaxed);
            !there
        });
        behind.map(|w| w.name).collect()
    }
}

/// Starts a follower on a thread of its own.
pub fn start(store: Store, mut follower: impl Follower) -> Running {
    let name = follower.name();
    let (report, reached) = watch::channel(follower.cursor());
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let work = move || {
        let mut commits = store.commits();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a timer");
        while !stopped.load(Ordering::Relaxed) {
            match step(&store, &mut follower) {
                Ok(0) => runtime.block_on(async {
                    let _ = tokio::time::timeout(LOOK, commits.changed()).await;
                }),
                Ok(_) => {
                    report.send_replace(follower.cursor());
                }
                Err(error) => {
                    tracing::error!(follower = name, %error, "a follower could not take events in; it tries again");
                    std::thread::sleep(LOOK * 4);
                }
            }
        }
    };
    let thread = std::thread::Builder::new().name(format!("kazi-{name}")).spawn(work).expect("the system starts threads");
    Running { name, reached, stop, thread: Some(thread) }
}

fn step(store: &Store, follower: &mut impl Follower) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let cursor = follower.cursor();
    let events = store.read_now(|db| kazi_store::events::after(db, cursor, BATCH))?;
    if !events.is_empty() {
        follower.take(store, &events)?;
    }
    Ok(events.len())
}
