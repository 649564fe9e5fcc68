//! Made-up content for trying Kazi out and for load: the same seed gives the same organisations,
//! each is marked as fictional and named so. Not for production.

pub mod accounts;
mod organisations;
mod places;

use kazi_core::Instant;
use kazi_store::{Store, StoreError, directory};
use std::collections::HashSet;

/// Organisations written in one transaction.
const CHUNK: u64 = 5_000;

/// Lists the first `count` demo providers of that seed, those that are not there yet. Tells how far it is.
pub fn list_providers(store: &Store, seed: u64, count: u64, at: Instant, mut tell: impl FnMut(u64)) -> Result<u64, StoreError> {
    let mut made = 0;
    for start in (0..count).step_by(CHUNK as usize) {
        let range = start..count.min(start + CHUNK);
        let keys: Vec<String> = range.clone().map(|n| organisations::key(seed, n)).collect();
        let there: HashSet<String> = store.read_now(|db| directory::existing_keys(db, &keys))?;
        let new: Vec<_> =
            range.filter(|n| !there.contains(&organisations::key(seed, *n))).map(|n| organisations::provider(seed, n, at)).collect();
        made += new.len() as u64;
        store.write_now(move |db| directory::create_many(db, at, None, &new))?;
        tell(count.min(start + CHUNK));
    }
    Ok(made)
}
