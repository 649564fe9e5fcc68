//! Every hour: what nobody needs any more goes (`kazi_store::sweep`).

use crate::corridor::clock::{self, Clock};
use kazi_core::Instant;
use kazi_store::{Store, StoreError};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3600);

pub fn start(store: Store) -> Clock {
    clock::every("sweep", EVERY, move || {
        let now: Instant = chrono::Utc::now().into();
        match store.write_now(move |db| kazi_store::sweep::sweep(db, now)) {
            Ok(0) | Err(StoreError::Stopped) => {}
            Ok(rows) => tracing::info!(rows, "old rows were taken away"),
            Err(error) => tracing::error!(%error, "old rows could not be taken away; it tries again in an hour"),
        }
    })
}
