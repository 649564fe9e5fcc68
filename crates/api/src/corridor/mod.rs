//! The corridor's followers: each has a thread and a cursor of its own, reads the log in order, and
//! can be thrown away and rebuilt. A slow or failing follower holds up nobody else; one that panics is started again, and
//! readiness says so until it has.

pub mod clock;

use kazi_core::events::{Cursor, Event};
use kazi_store::Store;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// How many events a follower is given at once.
const BATCH: i64 = 1000;
/// How often a follower looks for what another replica has written.
const LOOK: Duration = Duration::from_millis(250);
/// The longest pause before one that panicked is started again.
const LONGEST: Duration = Duration::from_secs(60);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Something derived from the log.
pub trait Follower: Send + 'static {
    fn name(&self) -> &'static str;
    /// Up to where it has taken the log in.
    fn cursor(&self) -> Cursor;
    /// Takes in the next events. On an error it is given them again.
    fn take(&mut self, store: &Store, events: &[Event]) -> Result<(), Failure>;
    /// Before it goes on after a panic: throws away what may be half done.
    fn recover(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}

/// A running follower.
pub struct Running {
    pub name: &'static str,
    reached: watch::Receiver<Cursor>,
    broken: Arc<AtomicBool>,
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
    /// It has panicked and not yet gone on.
    broken: Arc<AtomicBool>,
    /// It has once been at the log's end since the server started, or nobody waits for that.
    caught_up: AtomicBool,
}

impl Followers {
    /// From now on `readyz` waits until this one has caught up with the log.
    pub fn watch(&self, running: &Running) {
        self.add(running, true);
    }
    /// The same for one without which the server can serve.
    pub fn watch_aside(&self, running: &Running) {
        self.add(running, false);
    }
    fn add(&self, running: &Running, wait: bool) {
        let (reached, broken) = (running.reached.clone(), running.broken.clone());
        let watched = Watched { name: running.name, reached, broken, caught_up: AtomicBool::new(!wait) };
        self.list.write().expect("nobody panics here").push(watched);
    }
    /// Those that have panicked and not yet gone on.
    pub fn broken(&self) -> Vec<&'static str> {
        let list = self.list.read().expect("nobody panics here");
        list.iter().filter(|w| w.broken.load(Ordering::Relaxed)).map(|w| w.name).collect()
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
    let broken = Arc::new(AtomicBool::new(false));
    let (stopped, fell) = (stop.clone(), broken.clone());
    let work = move || {
        let mut commits = store.commits();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a timer");
        let mut pause = LOOK * 4;
        while !stopped.load(Ordering::Relaxed) {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                if fell.load(Ordering::Relaxed) {
                    follower.recover()?;
                }
                step(&store, &mut follower)
            }));
            let Ok(outcome) = outcome else {
                fell.store(true, Ordering::Relaxed);
                tracing::error!(follower = name, seconds = pause.as_secs(), "a follower panicked; it is started again");
                sleep(pause, &stopped);
                pause = (pause * 2).min(LONGEST);
                continue;
            };
            if outcome.is_ok() && fell.swap(false, Ordering::Relaxed) {
                tracing::info!(follower = name, "the follower goes on");
                pause = LOOK * 4;
            }
            match outcome {
                Ok(0) => runtime.block_on(async {
                    let _ = tokio::time::timeout(LOOK, commits.changed()).await;
                }),
                Ok(_) => {
                    report.send_replace(follower.cursor());
                }
                Err(error) => {
                    tracing::error!(follower = name, %error, "a follower could not take events in; it tries again");
                    sleep(LOOK * 4, &stopped);
                }
            }
        }
    };
    let thread = std::thread::Builder::new().name(format!("kazi-{name}")).spawn(work).expect("the system starts threads");
    Running { name, reached, broken, stop, thread: Some(thread) }
}

/// Not longer than until it is told to stop.
fn sleep(pause: Duration, stopped: &AtomicBool) {
    let until = std::time::Instant::now() + pause;
    while std::time::Instant::now() < until && !stopped.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK);
    }
}

fn step(store: &Store, follower: &mut impl Follower) -> Result<usize, Failure> {
    let cursor = follower.cursor();
    let events = store.read_now(|db| kazi_store::events::after(db, cursor, BATCH))?;
    if !events.is_empty() {
        follower.take(store, &events)?;
    }
    Ok(events.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kazi_core::events::{EventKind, NewEvent};
    use kazi_store::testing;

    /// Panics at the first batch it is given, and halfway through.
    struct Clumsy {
        cursor: Cursor,
        half_done: bool,
        fell: bool,
    }

    impl Follower for Clumsy {
        fn name(&self) -> &'static str {
            "clumsy"
        }
        fn cursor(&self) -> Cursor {
            self.cursor
        }
        fn take(&mut self, _: &Store, events: &[Event]) -> Result<(), Failure> {
            assert!(!self.half_done, "it was told to throw away what is half done");
            self.half_done = true;
            if !std::mem::replace(&mut self.fell, true) {
                panic!("a bug in a follower");
            }
            self.half_done = false;
            self.cursor = events.last().map_or(self.cursor, |e| e.cursor);
            Ok(())
        }
        fn recover(&mut self) -> Result<(), Failure> {
            self.half_done = false;
            Ok(())
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_that_panics_is_reported_and_goes_on() {
        for db in testing::databases() {
            let running = start(db.store.clone(), Clumsy { cursor: Cursor::default(), half_done: false, fell: false });
            let followers = Followers::default();
            followers.watch_aside(&running);
            assert_eq!(followers.broken(), Vec::<&str>::new());
            let event = NewEvent {
                kind: EventKind::NeedEdited,
                actor: None,
                organisation: None,
                subject: uuid::Uuid::now_v7(),
                data: Default::default(),
            };
            db.store.write(move |c| kazi_store::events::append(c, kazi_core::Instant::from_micros(0), event)).await.unwrap();
            let deadline = std::time::Instant::now() + Duration::from_secs(20);
            while followers.broken() != ["clumsy"] {
                assert!(std::time::Instant::now() < deadline, "it should have panicked");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let end = db.log(1)[0].cursor;
            assert!(running.wait_for(end, Duration::from_secs(20)).await, "it goes on");
            assert_eq!(followers.broken(), Vec::<&str>::new());
        }
    }
}
