//! Takes away what nobody needs any more: old idempotency keys, and what has expired of invitations, mailed tokens, sessions
//! and spent refresh tokens.

use crate::schema::{invitations, mailed_tokens, refresh_tokens, sessions};
use crate::{Db, StoreResult, idempotency};
use diesel::prelude::*;
use kazi_core::Instant;

/// How long a repeated request gets the first one's answer.
pub const KEY_HOURS: i64 = 24;
/// How long a spent refresh token still betrays that somebody has a copy: as long as it would have been good itself.
pub const SPENT_DAYS: i64 = 30;

/// Everything that is too old at that moment; says how many rows.
pub fn sweep(db: &mut Db, now: Instant) -> StoreResult<usize> {
    let before = |span: chrono::Duration| now.plus(-span);
    let mut gone = idempotency::forget(db, before(chrono::Duration::hours(KEY_HOURS)))?;
    gone += diesel::delete(invitations::table.filter(invitations::expires_at.le(now.micros()))).execute(db)?;
    gone += diesel::delete(mailed_tokens::table.filter(mailed_tokens::expires_at.le(now.micros()))).execute(db)?;
    let long_ago = before(chrono::Duration::days(SPENT_DAYS)).micros();
    // Its refresh tokens go with a session.
    let ended = sessions::expires_at.le(long_ago).or(sessions::ended_at.le(long_ago).assume_not_null());
    gone += diesel::delete(sessions::table.filter(ended)).execute(db)?;
    gone += diesel::delete(refresh_tokens::table.filter(refresh_tokens::spent_at.le(long_ago))).execute(db)?;
    Ok(gone)
}
