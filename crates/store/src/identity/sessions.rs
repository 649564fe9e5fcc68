//! Sessions: each a family of refresh tokens of which only the newest is good.

use super::about;
use crate::columns::Id;
use crate::schema::{refresh_tokens as tokens, sessions};
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::EventKind;
use kazi_core::ids::{PersonId, SessionId};

/// What came of a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It was good and is spent now; the new one stands in its place.
    Good {
        person: PersonId,
        session: SessionId,
    },
    /// It was spent before: somebody else has a copy, so the session has ended for both.
    Reused {
        person: PersonId,
    },
    Unknown,
}

pub fn open_session(db: &mut Db, session: SessionId, person: PersonId, hash: &str, at: Instant, until: Instant) -> StoreResult<()> {
    diesel::delete(sessions::table.filter(sessions::person.eq(Id(person.0)).and(sessions::expires_at.le(at.micros())))).execute(db)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(Id(session.0)),
            sessions::person.eq(Id(person.0)),
            sessions::created_at.eq(at.micros()),
            sessions::refreshed_at.eq(at.micros()),
            sessions::expires_at.eq(until.micros()),
        ))
        .execute(db)?;
    add_token(db, session, hash, at)
}

fn add_token(db: &mut Db, session: SessionId, hash: &str, at: Instant) -> StoreResult<()> {
    diesel::insert_into(tokens::table)
        .values((tokens::hash.eq(hash), tokens::session.eq(Id(session.0)), tokens::created_at.eq(at.micros())))
        .execute(db)?;
    Ok(())
}

/// Spends a refresh token for the next one. Of two at once exactly one wins, and the other is a reuse.
pub fn refresh_session(db: &mut Db, hash: &str, next: &str, at: Instant, until: Instant) -> StoreResult<Opened> {
    let spent: Option<Id> = diesel::update(tokens::table.filter(tokens::hash.eq(hash).and(tokens::spent_at.is_null())))
        .set(tokens::spent_at.eq(at.micros()))
        .returning(tokens::session)
        .get_result(db)
        .optional()?;
    let Some(session) = spent else { return reused(db, hash, at) };
    let alive = sessions::id.eq(session).and(sessions::ended_at.is_null()).and(sessions::expires_at.gt(at.micros()));
    let person: Option<Id> = diesel::update(sessions::table.filter(alive))
        .set((sessions::refreshed_at.eq(at.micros()), sessions::expires_at.eq(until.micros())))
        .returning(sessions::person)
        .get_result(db)
        .optional()?;
    let Some(person) = person else { return Ok(Opened::Unknown) };
    let session = SessionId(session.0);
    add_token(db, session, next, at)?;
    Ok(Opened::Good { person: PersonId(person.0), session })
}

fn reused(db: &mut Db, hash: &str, at: Instant) -> StoreResult<Opened> {
    let family: Option<(Id, Id)> = tokens::table
        .inner_join(sessions::table)
        .filter(tokens::hash.eq(hash))
        .select((sessions::id, sessions::person))
        .first(db)
        .optional()?;
    let Some((session, person)) = family else { return Ok(Opened::Unknown) };
    let ended = diesel::update(sessions::table.filter(sessions::id.eq(session).and(sessions::ended_at.is_null())))
        .set(sessions::ended_at.eq(at.micros()))
        .execute(db)?;
    let person = PersonId(person.0);
    if ended == 1 {
        events::append(db, at, about(EventKind::SessionReuseDetected, person, None))?;
    }
    Ok(Opened::Reused { person })
}

/// Signs out on one device.
pub fn end_session(db: &mut Db, person: PersonId, session: SessionId, at: Instant) -> StoreResult<()> {
    end(db, person, Some(session), at)
}

/// Signs out everywhere.
pub fn end_all(db: &mut Db, person: PersonId, at: Instant) -> StoreResult<()> {
    end(db, person, None, at)
}

fn end(db: &mut Db, person: PersonId, one: Option<SessionId>, at: Instant) -> StoreResult<()> {
    let alive = sessions::person.eq(Id(person.0)).and(sessions::ended_at.is_null());
    let ended = match one {
        Some(session) => diesel::update(sessions::table.filter(alive.and(sessions::id.eq(Id(session.0)))))
            .set(sessions::ended_at.eq(at.micros()))
            .execute(db)?,
        None => diesel::update(sessions::table.filter(alive)).set(sessions::ended_at.eq(at.micros())).execute(db)?,
    };
    if ended > 0 {
        events::append(db, at, about(EventKind::SessionEnded, person, Some(person.0)))?;
    }
    Ok(())
}
