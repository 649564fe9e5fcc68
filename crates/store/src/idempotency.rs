//! What was answered to a POST with an idempotency key: kept in the transaction of the change, so
//! that a repeated request gets the first one's answer even when the server died in between.

use crate::columns::Json;
use crate::connection::per_backend;
use crate::schema::idempotency_keys as keys;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::problem::{Code, Refusal};

/// What a key is at the moment of a request.
pub enum Claim {
    /// First seen: act, then `fulfil`.
    Ours,
    /// Answered before, with this.
    Answered(serde_json::Value),
}

/// Takes the key for this request. A concurrent twin waits on the row, or for the one writer.
pub fn claim(conn: &mut Db, owner: &str, key: &str, fingerprint: &str, at: Instant) -> StoreResult<Claim> {
    let row = (keys::owner.eq(owner), keys::key.eq(key), keys::fingerprint.eq(fingerprint), keys::created_at.eq(at.micros()));
    let inserted = per_backend!(conn, |c| diesel::insert_into(keys::table).values(row).on_conflict_do_nothing().execute(c))?;
    if inserted == 1 {
        return Ok(Claim::Ours);
    }
    let (known, reply): (String, Option<Json>) = keys::table.find((owner, key)).select((keys::fingerprint, keys::reply)).first(conn)?;
    if known != fingerprint {
        return Err(Refusal::new(Code::IdempotencyKeyReused, "Use a new Idempotency-Key for a different request.").into());
    }
    match reply {
        Some(reply) => Ok(Claim::Answered(reply.0)),
        None => Err(Refusal::new(Code::Conflict, "The first request with this Idempotency-Key is still running.").into()),
    }
}

/// Keeps the answer beside the key.
pub fn fulfil(conn: &mut Db, owner: &str, key: &str, reply: serde_json::Value) -> StoreResult<()> {
    diesel::update(keys::table.find((owner, key))).set(keys::reply.eq(Some(Json(reply)))).execute(conn)?;
    Ok(())
}

/// Forgets keys from before `before`.
pub fn forget(conn: &mut Db, before: Instant) -> StoreResult<usize> {
    Ok(diesel::delete(keys::table.filter(keys::created_at.lt(before.micros()))).execute(conn)?)
}
