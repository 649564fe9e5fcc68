//! Public halves of the keys that sign access tokens, so that each replica trusts the others' tokens.

use crate::connection::per_backend;
use crate::schema::signing_keys as keys;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub kid: String,
    /// The Ed25519 point, base64url.
    pub public: String,
    pub retired_at: Option<Instant>,
}

/// Makes a key known; harmless the second time.
pub fn publish_key(db: &mut Db, kid: &str, public: &str, at: Instant) -> StoreResult<()> {
    let row = (keys::kid.eq(kid), keys::public.eq(public), keys::created_at.eq(at.micros()));
    per_backend!(db, |c| diesel::insert_into(keys::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// From now on only `kid` signs; tokens of the others are good until they expire.
pub fn retire_keys_but(db: &mut Db, kid: &str, at: Instant) -> StoreResult<usize> {
    let others = keys::kid.ne(kid).and(keys::retired_at.is_null());
    Ok(diesel::update(keys::table.filter(others)).set(keys::retired_at.eq(at.micros())).execute(db)?)
}

/// The keys whose tokens may still be alive: those not retired before `since`.
pub fn signing_keys(db: &mut Db, since: Instant) -> StoreResult<Vec<PublicKey>> {
    let rows: Vec<(String, String, Option<i64>)> = keys::table
        .filter(keys::retired_at.is_null().or(keys::retired_at.gt(since.micros())))
        .order(keys::created_at.desc())
        .select((keys::kid, keys::public, keys::retired_at))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(kid, public, retired_at)| PublicKey { kid, public, retired_at: retired_at.map(Instant::from_micros) })
        .collect())
}
