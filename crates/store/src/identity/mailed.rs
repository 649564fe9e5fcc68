//! Tokens that went out by mail: kept as hashes, good once, for a while.

use crate::columns::Id;
use crate::schema::mailed_tokens as tokens;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::ids::PersonId;

/// What a mailed token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailedFor {
    Confirmation,
    PasswordReset,
}

impl MailedFor {
    const fn word(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// Keeps a token's hash; an earlier one for the same purpose is good no more.
pub fn give(db: &mut Db, person: PersonId, purpose: MailedFor, hash: &str, at: Instant, until: Instant) -> StoreResult<()> {
    let earlier = tokens::person.eq(Id(person.0)).and(tokens::purpose.eq(purpose.word()));
    diesel::delete(tokens::table.filter(earlier.or(tokens::expires_at.le(at.micros())))).execute(db)?;
    diesel::insert_into(tokens::table)
        .values((
            tokens::hash.eq(hash),
            tokens::person.eq(Id(person.0)),
            tokens::purpose.eq(purpose.word()),
            tokens::created_at.eq(at.micros()),
            tokens::expires_at.eq(until.micros()),
        ))
        .execute(db)?;
    Ok(())
}

/// Uses a token up; whose it was, if it was any good.
pub fn take(db: &mut Db, purpose: MailedFor, hash: &str, at: Instant) -> StoreResult<Option<PersonId>> {
    let row: Option<Id> = diesel::delete(
        tokens::table.filter(tokens::hash.eq(hash).and(tokens::purpose.eq(purpose.word())).and(tokens::expires_at.gt(at.micros()))),
    )
    .returning(tokens::person)
    .get_result(db)
    .optional()?;
    Ok(row.map(|id| PersonId(id.0)))
}
