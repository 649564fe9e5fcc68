//! Letters on their way: put here in the transaction of the change that they tell of, claimed by one server at a time,
//! and removed once sent, as their texts hold secrets. What they say and how they travel is the api's affair.

use crate::columns::Id;
use crate::schema::letters as table;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use uuid::Uuid;

/// How many letters a server looks at to find one that no other has taken.
const LOOK_AT: i64 = 16;

/// What is to be sent to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Nobody, where it only takes the time that a letter takes.
    pub to: Option<String>,
    pub subject: String,
    pub text: String,
}

/// A letter that this server has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: Uuid,
    pub letter: Letter,
    /// This one is the how manieth, from 1.
    pub attempt: i32,
    pub created_at: Instant,
}

/// Keeps a letter for the server `holder`, which sends it before `until`; later any may.
pub fn put(db: &mut Db, id: Uuid, holder: Uuid, letter: &Letter, at: Instant, until: Instant) -> StoreResult<()> {
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Id(id)),
            table::holder.eq(Id(holder)),
            table::recipient.eq(letter.to.as_deref().unwrap_or_default()),
            table::subject.eq(&letter.subject),
            table::text.eq(&letter.text),
            table::attempts.eq(0),
            table::due_at.eq(until.micros()),
            table::created_at.eq(at.micros()),
        ))
        .execute(db)?;
    Ok(())
}

/// Letters that `holder` may send now, oldest first.
pub fn waiting(db: &mut Db, holder: Uuid, at: Instant) -> StoreResult<Vec<Uuid>> {
    let fresh = table::holder.eq(Id(holder)).and(table::attempts.eq(0));
    let rows: Vec<Id> =
        table::table.filter(fresh.or(table::due_at.le(at.micros()))).order(table::created_at).limit(LOOK_AT).select(table::id).load(db)?;
    Ok(rows.into_iter().map(|id| id.0).collect())
}

/// Takes a letter for `holder` until then; `None` when another server was quicker.
pub fn claim(db: &mut Db, id: Uuid, holder: Uuid, at: Instant, until: Instant) -> StoreResult<Option<Claimed>> {
    let fresh = table::holder.eq(Id(holder)).and(table::attempts.eq(0));
    let free = table::id.eq(Id(id)).and(fresh.or(table::due_at.le(at.micros())));
    let row: Option<(String, String, String, i32, i64)> = diesel::update(table::table.filter(free))
        .set((table::holder.eq(Id(holder)), table::attempts.eq(table::attempts + 1), table::due_at.eq(until.micros())))
        .returning((table::recipient, table::subject, table::text, table::attempts, table::created_at))
        .get_result(db)
        .optional()?;
    Ok(row.map(|(to, subject, text, attempt, created_at)| Claimed {
        id,
        letter: Letter { to: (!to.is_empty()).then_some(to), subject, text },
        attempt,
        created_at: Instant::from_micros(created_at),
    }))
}

/// It is sent, or given up: nothing of it stays.
pub fn remove(db: &mut Db, id: Uuid) -> StoreResult<()> {
    diesel::delete(table::table.find(Id(id))).execute(db)?;
    Ok(())
}

/// It did not go; whoever comes first after `next` tries again.
pub fn put_off(db: &mut Db, id: Uuid, next: Instant) -> StoreResult<()> {
    diesel::update(table::table.find(Id(id))).set(table::due_at.eq(next.micros())).execute(db)?;
    Ok(())
}

/// Takes away what has not gone to an address that is nobody's any more.
pub(crate) fn withdraw(db: &mut Db, to: &str) -> StoreResult<()> {
    diesel::delete(table::table.filter(table::recipient.eq(to))).execute(db)?;
    Ok(())
}
