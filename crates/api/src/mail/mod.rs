//! The outbox: letters are written in the transaction of the change that they tell of, so a killed server loses none, and
//! sent off the request's way by one thread a server, with a growing wait after each failure. Without SMTP they go to
//! DATA_DIR/outbox as .eml files. What the letters say is in `texts`; who gets one is the rooms' affair.

mod texts;
mod way;

pub use kazi_store::letters::Letter;
pub use texts::Text;

use crate::settings::Settings;
use chrono::Duration as Span;
use kazi_core::Instant;
use kazi_store::{Db, Store, StoreError, StoreResult, letters};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;
use uuid::Uuid;
use way::Way;

/// How often a server looks for letters that it was not told of: those that failed, and those of a server that died.
const LOOK: Duration = Duration::from_secs(2);
/// How long a new letter waits for the server that wrote it before another may send it.
const OWN: Span = Span::seconds(15);
/// How long a server may take to send one before another tries.
const SENDING: Span = Span::seconds(180);
/// A letter is given up after that: its link has expired by then.
const GIVEN_UP: Span = Span::days(2);
/// How long a stopping server goes on with what waits.
const LAST: Duration = Duration::from_secs(5);

/// Sends what is in the outbox; clones share one thread, which ends with the last of them.
#[derive(Clone)]
pub struct Mailer {
    shared: Arc<Shared>,
}

struct Shared {
    outbox: Outbox,
    wake: Option<SyncSender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Where a change puts its letters.
#[derive(Debug, Clone, Copy)]
pub struct Outbox {
    server: Uuid,
}

impl Outbox {
    /// Within the transaction of the change; `Mailer::wake` after it.
    pub fn put(self, db: &mut Db, letter: &Letter, at: Instant) -> StoreResult<()> {
        letters::put(db, Uuid::now_v7(), self.server, letter, at, at.plus(OWN))
    }
}

impl Mailer {
    pub fn open(settings: &Settings, store: &Store) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let sender = Sender { server: Uuid::now_v7(), store: store.clone(), way: Way::open(settings)? };
        let outbox = Outbox { server: sender.server };
        let (wake, woken) = sync_channel(1);
        let thread = std::thread::Builder::new().name("kazi-mail".into()).spawn(move || sender.work(&woken))?;
        Ok(Self { shared: Arc::new(Shared { outbox, wake: Some(wake), thread: Some(thread) }) })
    }

    pub fn outbox(&self) -> Outbox {
        self.shared.outbox
    }

    /// Says that a letter was put into the outbox, so that it goes at once.
    pub fn wake(&self) {
        if let Some(wake) = &self.shared.wake {
            let _ = wake.try_send(());
        }
    }
}

struct Sender {
    server: Uuid,
    store: Store,
    way: Way,
}

impl Sender {
    fn work(&self, woken: &Receiver<()>) {
        let mut broken = false;
        loop {
            let open = !matches!(woken.recv_timeout(LOOK), Err(RecvTimeoutError::Disconnected));
            let since = std::time::Instant::now();
            loop {
                // A letter over which it panics is claimed, so the next turn goes on with others.
                let outcome = catch_unwind(AssertUnwindSafe(|| self.one())).unwrap_or(Err(StoreError::Stopped));
                match outcome {
                    Ok(more) => {
                        broken = false;
                        if !more || (!open && since.elapsed() > LAST) {
                            break;
                        }
                    }
                    Err(error) => {
                        if !std::mem::replace(&mut broken, true) {
                            tracing::error!(%error, "letters can't be sent; it tries again");
                        }
                        break;
                    }
                }
            }
            if !open {
                return;
            }
        }
    }

    /// Sends one letter; false when none waits.
    fn one(&self) -> Result<bool, StoreError> {
        let (server, now) = (self.server, Instant::from(chrono::Utc::now()));
        for id in self.store.read_now(|db| letters::waiting(db, server, now))? {
            if let Some(claimed) = self.store.write_now(move |db| letters::claim(db, id, server, now, now.plus(SENDING)))? {
                self.send(claimed)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn send(&self, claimed: letters::Claimed) -> Result<(), StoreError> {
        let (id, attempt) = (claimed.id, claimed.attempt);
        let began = Instant::from(chrono::Utc::now());
        let outcome = match &claimed.letter.to {
            // Perhaps nobody could say what was wrong with it.
            _ if claimed.created_at.plus(GIVEN_UP) < began => Err(way::Undelivered::too_old()),
            Some(to) => self.way.deliver(id, to, &claimed.letter),
            None => Ok(()),
        };
        let now = Instant::from(chrono::Utc::now());
        match outcome {
            Ok(()) => {}
            Err(error) if error.for_good => {
                tracing::error!(%error, letter = %id, "a letter was given up");
            }
            Err(error) => {
                self.store.write_now(move |db| letters::put_off(db, id, now.plus(wait_after(attempt))))?;
                tracing::warn!(%error, letter = %id, attempt, "a letter did not go out; it is tried again");
                return Ok(());
            }
        }
        self.store.write_now(move |db| letters::remove(db, id))
    }
}

/// 2, 4, 8 seconds and so on, up to half an hour.
fn wait_after(attempt: i32) -> Span {
    Span::seconds(1 << attempt.clamp(1, 11)).min(Span::minutes(30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_has_an_end() {
        let waits: Vec<i64> = [1, 2, 5, 11, 40].into_iter().map(|n| wait_after(n).num_seconds()).collect();
        assert_eq!(waits, [2, 4, 32, 1800, 1800]);
    }
}
