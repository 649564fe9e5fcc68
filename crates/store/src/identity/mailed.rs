//! Tokens that went out by mail: kept as hashes, good once, for a while. With the token of a later sign-up goes what
//! that sign-up said, so that following one letter never confirms what somebody else wrote.

use super::NewPerson;
use crate::columns::Id;
use crate::schema::mailed_tokens as tokens;
use crate::schema::people;
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

/// Keeps a token that confirms an address. Earlier ones stay good, each for its own sign-up: whoever signs up in between
/// with somebody else's address must not spoil her letter. `said` is what holds when this one is followed, where that is
/// not what the account says already.
pub fn give_confirmation(
    db: &mut Db,
    person: PersonId,
    hash: &str,
    said: Option<&NewPerson>,
    at: Instant,
    until: Instant,
) -> StoreResult<()> {
    diesel::insert_into(tokens::table)
        .values((
            tokens::hash.eq(hash),
            tokens::person.eq(Id(person.0)),
            tokens::purpose.eq(MailedFor::Confirmation.word()),
            tokens::created_at.eq(at.micros()),
            tokens::expires_at.eq(until.micros()),
            tokens::name.eq(said.map(|new| &new.name)),
            tokens::language.eq(said.map(|new| new.language.as_str())),
            tokens::password.eq(said.and_then(|new| new.password.as_ref())),
        ))
        .execute(db)?;
    Ok(())
}

/// Confirms the address whose letter bore the token, with what that letter's sign-up said; false when it is no good.
pub fn confirm_by_letter(db: &mut Db, hash: &str, at: Instant) -> StoreResult<bool> {
    let good = tokens::hash.eq(hash).and(tokens::purpose.eq(MailedFor::Confirmation.word())).and(tokens::expires_at.gt(at.micros()));
    let row: Option<(Id, Option<String>, Option<String>, Option<String>)> = diesel::delete(tokens::table.filter(good))
        .returning((tokens::person, tokens::name, tokens::language, tokens::password))
        .get_result(db)
        .optional()?;
    let Some((person, name, language, password)) = row else { return Ok(false) };
    if let (Some(name), Some(language)) = (name, language) {
        let said = (people::name.eq(name), people::language.eq(language), people::password.eq(password));
        let waits = people::id.eq(person).and(people::confirmed_at.is_null()).and(people::deleted_at.is_null());
        if diesel::update(people::table.filter(waits)).set(said).execute(db)? == 1 {
            super::end_all(db, PersonId(person.0), at)?;
        }
    }
    super::confirm(db, PersonId(person.0), at)?;
    Ok(true)
}

/// No letter confirms this person's address any more.
pub(super) fn forget_confirmations(db: &mut Db, person: PersonId) -> StoreResult<()> {
    let hers = tokens::person.eq(Id(person.0)).and(tokens::purpose.eq(MailedFor::Confirmation.word()));
    diesel::delete(tokens::table.filter(hers)).execute(db)?;
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
