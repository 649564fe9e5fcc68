//! Marks threads whose reply-by moment has passed, so that it counts in a provider's responsiveness
//! even when nobody does anything. Every replica does it; each thread is marked once.

use crate::corridor::clock::{self, Clock};
use kazi_core::Instant;
use kazi_store::{Store, StoreError, inquiries};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(30);
const AT_ONCE: i64 = 500;

pub fn start(store: Store) -> Clock {
    clock::every("inquiry-clock", EVERY, move || sweep(&store))
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
