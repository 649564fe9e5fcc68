//! The log's rows: appended by every room in its own transaction, read by followers in order.

use crate::columns::{Id, Json, word};
use crate::schema::events;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{Cursor, Event, EventKind, NewEvent};
use std::cell::RefCell;
use uuid::Uuid;

thread_local! {
    /// What the running transaction has appended; the engine hands it to listeners after the commit.
    static APPENDED: RefCell<Vec<NewEvent>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn take_appended() -> Vec<NewEvent> {
    APPENDED.with_borrow_mut(std::mem::take)
}

#[derive(Insertable)]
#[diesel(table_name = events)]
struct NewRow {
    at: i64,
    kind: String,
    actor: Option<Id>,
    organisation: Option<Id>,
    subject: Id,
    data: Json,
}

impl NewRow {
    fn of(event: &NewEvent, at: Instant) -> Self {
        Self {
            at: at.micros(),
            kind: event.kind.to_string(),
            actor: event.actor.map(Id),
            organisation: event.organisation.map(Id),
            subject: Id(event.subject),
            data: Json(event.data.clone()),
        }
    }
}

/// Appends to the log, within the transaction of the change that the event tells of.
pub fn append(conn: &mut Db, at: Instant, event: NewEvent) -> StoreResult<()> {
    diesel::insert_into(events::table).values(NewRow::of(&event, at)).execute(conn)?;
    APPENDED.with_borrow_mut(|list| list.push(event));
    Ok(())
}

/// Appends many at once; for bulk loads, whose listeners read the log instead.
pub fn append_many(conn: &mut Db, at: Instant, list: &[NewEvent]) -> StoreResult<()> {
    for chunk in list.chunks(500) {
        let rows: Vec<NewRow> = chunk.iter().map(|e| NewRow::of(e, at)).collect();
        crate::connection::per_backend!(conn, |c| diesel::insert_into(events::table).values(&rows).execute(c))?;
    }
    Ok(())
}

type Row = (i64, i64, i64, String, Option<Id>, Option<Id>, Id, Json);

fn read(row: Row) -> StoreResult<Event> {
    let (seq, tx, at, kind, actor, organisation, subject, data) = row;
    Ok(Event {
        cursor: Cursor { tx, seq },
        at: Instant::from_micros(at),
        kind: word(&kind)?,
        actor: actor.map(|i| i.0),
        organisation: organisation.map(|i| i.0),
        subject: subject.0,
        data: data.0,
    })
}

/// Up to `limit` events after the cursor, in the log's order. On PostgreSQL only those of finished
/// transactions below the snapshot's xmin, so that nothing can appear behind a cursor later.
pub fn after(conn: &mut Db, cursor: Cursor, limit: i64) -> StoreResult<Vec<Event>> {
    let settled = settled_below(conn)?;
    let rows: Vec<Row> = events::table
        .filter(events::tx.gt(cursor.tx).or(events::tx.eq(cursor.tx).and(events::seq.gt(cursor.seq))))
        .filter(events::tx.lt(settled))
        .order((events::tx, events::seq))
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(read).collect()
}

/// Where the log ends for now: a follower that starts from a snapshot taken after this continues here.
pub fn end(conn: &mut Db) -> StoreResult<Cursor> {
    let settled = settled_below(conn)?;
    let last: Option<(i64, i64)> = events::table
        .filter(events::tx.lt(settled))
        .order((events::tx.desc(), events::seq.desc()))
        .select((events::tx, events::seq))
        .first(conn)
        .optional()?;
    Ok(last.map(|(tx, seq)| Cursor { tx, seq }).unwrap_or_default())
}

/// The events that concern one subject, newest first: what an audit trail shows.
pub fn of_subject(conn: &mut Db, subject: Uuid, limit: i64) -> StoreResult<Vec<Event>> {
    let rows: Vec<Row> = events::table.filter(events::subject.eq(Id(subject))).order(events::seq.desc()).limit(limit).load(conn)?;
    rows.into_iter().map(read).collect()
}

/// The events of these kinds in an organisation's audit trail, newest first, from before sequence number `before`.
pub fn of_organisation(
    conn: &mut Db,
    organisation: Uuid,
    kinds: Vec<EventKind>,
    before: Option<i64>,
    limit: i64,
) -> StoreResult<Vec<Event>> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let rows: Vec<Row> = events::table
        .filter(events::organisation.eq(Id(organisation)))
        .filter(events::kind.eq_any(kinds))
        .filter(events::seq.lt(before.unwrap_or(i64::MAX)))
        .order(events::seq.desc())
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(read).collect()
}

fn settled_below(conn: &mut Db) -> StoreResult<i64> {
    match conn {
        Db::Sqlite(_) => Ok(i64::MAX),
        Db::Postgres(c) => {
            let xmin = diesel::dsl::sql::<diesel::sql_types::BigInt>("pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
            Ok(diesel::select(xmin).get_result(c)?)
        }
    }
}
