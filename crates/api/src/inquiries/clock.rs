//! Marks threads whose reply-by moment has passed, so that it counts in a provider's responsiveness
//! even when nobody does anything. Every replica does it; each thread is marked once.

use kazi_core::Instant;
use kazi_store::{Store, StoreError, inquiries};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(30);
const AT_ONCE: i64 = 500;

/// The running clock; stops when it goes away.
pub struct Clock {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Clock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub fn start(store: Store) -> Clock {
    let (stop, stopped) = channel::<()>();
    let work = move || {
        loop {
            sweep(&store);
            if !matches!(stopped.recv_timeout(EVERY), Err(RecvTimeoutError::Timeout)) {
                return;
            }
        }
    };
    let thread = std::thread::Builder::new().name("kazi-inquiry-clock".into()).spawn(work).expect("the system starts threads");
    Clock { stop: Some(stop), thread: Some(thread) }
}

fn sweep(store: &Store) {
    let now: Instant = chrono::Utc::now().into();
    loop {
        match store.write_now(move |db| inquiries::sweep_overdue(db, now, AT_ONCE)) {
            Ok(marked) if marked as i64 == AT_ONCE => {}
            Ok(_) => return,
            Err(StoreError::Stopped) => return,
            Err(error) => {
                tracing::error!(%error, "overdue threads could not be marked; it tries again");
                return;
            }
        }
    }
}
