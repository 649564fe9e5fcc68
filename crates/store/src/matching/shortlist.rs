//! Whom a buyer keeps in view for a need.

use super::names;
use crate::columns::Id;
use crate::connection::per_backend;
use crate::schema::{needs, shortlist_entries as s};
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Need, ShortlistEntry};
use kazi_core::problem::{Code, Refusal};
use std::collections::HashMap;
use uuid::Uuid;

/// The most entries of one need's shortlist.
pub const MOST_ENTRIES: i64 = 200;

fn event(actor: Option<Uuid>, need: &Need, organisation: OrganisationId, listed: bool) -> NewEvent {
    let data = serde_json::json!({ "organisation": organisation, "listed": listed });
    NewEvent { kind: EventKind::NeedShortlisted, actor, organisation: need.organisation.map(|o| o.0), subject: need.id.0, data }
}

/// Puts a provider on the list, or changes the note.
pub fn put_entry(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    need: &Need,
    organisation: OrganisationId,
    note: Option<&str>,
) -> StoreResult<ShortlistEntry> {
    let stands = names(db, &[organisation])?.pop().ok_or_else(|| Refusal::not_found("organisation"))?;
    let entries: i64 = s::table.filter(s::need_id.eq(Id(need.id.0))).count().get_result(db)?;
    if entries >= MOST_ENTRIES {
        return Err(Refusal::new(Code::Conflict, format!("A shortlist has at most {MOST_ENTRIES} providers.")).into());
    }
    let row = (
        s::need_id.eq(Id(need.id.0)),
        s::organisation_id.eq(Id(organisation.0)),
        s::note.eq(note.map(str::to_owned)),
        s::created_at.eq(at.micros()),
    );
    per_backend!(db, |c| {
        diesel::insert_into(s::table)
            .values(row)
            .on_conflict((s::need_id, s::organisation_id))
            .do_update()
            .set(s::note.eq(note.map(str::to_owned)))
            .execute(c)
    })?;
    events::append(db, at, event(actor, need, organisation, true))?;
    let created_at: i64 = s::table.find((Id(need.id.0), Id(organisation.0))).select(s::created_at).first(db)?;
    Ok(ShortlistEntry { organisation: stands, note: note.map(str::to_owned), created_at: Instant::from_micros(created_at) })
}

/// Takes a provider off the list.
pub fn remove_entry(db: &mut Db, at: Instant, actor: Option<Uuid>, need: &Need, organisation: OrganisationId) -> StoreResult<()> {
    if diesel::delete(s::table.find((Id(need.id.0), Id(organisation.0)))).execute(db)? == 0 {
        return Err(Refusal::not_found("shortlist entry").into());
    }
    events::append(db, at, event(actor, need, organisation, false))
}

/// Whoever kept the merged listing in view keeps the one it went into; two entries of one need become one.
pub fn follow_merge(db: &mut Db, at: Instant, actor: Option<Uuid>, from: OrganisationId, into: OrganisationId) -> StoreResult<()> {
    let entries: Vec<Id> = s::table.filter(s::organisation_id.eq(Id(from.0))).select(s::need_id).load(db)?;
    for need in entries {
        let owner: Id = needs::table.find(need).select(needs::organisation_id).first(db)?;
        let there: i64 = s::table.filter(s::need_id.eq(need).and(s::organisation_id.eq(Id(into.0)))).count().get_result(db)?;
        if there == 0 {
            diesel::update(s::table.find((need, Id(from.0)))).set(s::organisation_id.eq(Id(into.0))).execute(db)?;
        } else {
            diesel::delete(s::table.find((need, Id(from.0)))).execute(db)?;
        }
        let data = serde_json::json!({ "organisation": into, "listed": true, "merged": from });
        let event = NewEvent { kind: EventKind::NeedShortlisted, actor, organisation: Some(owner.0), subject: need.0, data };
        events::append(db, at, event)?;
    }
    Ok(())
}

/// The whole list, oldest entry first.
pub fn shortlist(db: &mut Db, need: NeedId) -> StoreResult<Vec<ShortlistEntry>> {
    let rows: Vec<(Id, Option<String>, i64)> = s::table
        .filter(s::need_id.eq(Id(need.0)))
        .order((s::created_at, s::organisation_id))
        .select((s::organisation_id, s::note, s::created_at))
        .load(db)?;
    let ids: Vec<OrganisationId> = rows.iter().map(|(id, ..)| id.0.into()).collect();
    let mut known: HashMap<OrganisationId, _> = names(db, &ids)?.into_iter().map(|o| (o.id, o)).collect();
    let entry = |(id, note, created_at): (Id, Option<String>, i64)| {
        Some(ShortlistEntry { organisation: known.remove(&id.0.into())?, note, created_at: Instant::from_micros(created_at) })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}
