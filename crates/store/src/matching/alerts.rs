//! Alerts on saved needs: each provider once a need. The rows are the memory, the key makes it once,
//! also when two replicas come to the same provider at the same time.

use super::names;
use crate::columns::{Id, Json};
use crate::connection::per_backend;
use crate::schema::{follower_cursors as f, need_alerts as a, needs as n};
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{Cursor, EventKind, NewEvent};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{AlertKey, NeedAlert, NeedState, Wanted};
use kazi_core::page::Page;
use std::collections::HashMap;

/// An open need that wants to hear of new providers.
#[derive(Debug, Clone)]
pub struct Watch {
    pub need: NeedId,
    pub owner: OrganisationId,
    pub wanted: Wanted,
    pub from_score: f64,
}

pub fn watches(db: &mut Db) -> StoreResult<Vec<Watch>> {
    let rows: Vec<(Id, Id, Json, Option<f64>)> = n::table
        .filter(n::state.eq(NeedState::Open.as_str()))
        .filter(n::alert_from_score.is_not_null())
        .order(n::id)
        .select((n::id, n::organisation_id, n::wanted, n::alert_from_score))
        .load(db)?;
    rows.into_iter()
        .filter_map(|(need, owner, wanted, from)| Some((need, owner, wanted, from?)))
        .map(|(need, owner, wanted, from_score)| {
            Ok(Watch { need: need.0.into(), owner: owner.0.into(), wanted: wanted.read()?, from_score })
        })
        .collect()
}

/// These reached the threshold when it was set: nobody is told of them.
pub fn known_already(db: &mut Db, at: Instant, need: NeedId, organisations: &[OrganisationId]) -> StoreResult<()> {
    for chunk in organisations.chunks(500) {
        let row = |o: &OrganisationId| {
            (a::need_id.eq(Id(need.0)), a::organisation_id.eq(Id(o.0)), a::score.eq(None::<f64>), a::created_at.eq(at.micros()))
        };
        let rows: Vec<_> = chunk.iter().map(row).collect();
        per_backend!(db, |c| diesel::insert_into(a::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Tells the owner of a provider, unless that has happened; true when this was the first time.
pub fn alert(db: &mut Db, at: Instant, watch: &Watch, organisation: OrganisationId, score: f32) -> StoreResult<bool> {
    let row = (
        a::need_id.eq(Id(watch.need.0)),
        a::organisation_id.eq(Id(organisation.0)),
        a::score.eq(Some(f64::from(score))),
        a::created_at.eq(at.micros()),
    );
    let inserted = per_backend!(db, |c| diesel::insert_into(a::table).values(row).on_conflict_do_nothing().execute(c))?;
    if inserted == 1 {
        let data = serde_json::json!({ "organisation": organisation, "score": score });
        let event = NewEvent { kind: EventKind::NeedMatched, actor: None, organisation: Some(watch.owner.0), subject: watch.need.0, data };
        events::append(db, at, event)?;
    }
    Ok(inserted == 1)
}

/// Whom the owner was told of, newest first.
pub fn alerts(db: &mut Db, need: NeedId, after: Option<AlertKey>, limit: u32) -> StoreResult<Page<NeedAlert>> {
    let told = a::table.filter(a::need_id.eq(Id(need.0))).filter(a::score.is_not_null());
    let mut query = told.order((a::created_at.desc(), a::organisation_id.desc())).limit(i64::from(limit) + 1).into_boxed();
    if let Some(AlertKey { at, organisation }) = after {
        let same = a::created_at.eq(at.micros()).and(a::organisation_id.lt(Id(organisation.0)));
        query = query.filter(a::created_at.lt(at.micros()).or(same));
    }
    let mut rows: Vec<(Id, Option<f64>, i64)> = query.select((a::organisation_id, a::score, a::created_at)).load(db)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let key = |(id, _, at): &(Id, Option<f64>, i64)| AlertKey { at: Instant::from_micros(*at), organisation: id.0.into() };
    let next = rows.last().filter(|_| more).map(|row| key(row).to_string());
    let ids: Vec<OrganisationId> = rows.iter().map(|(id, ..)| id.0.into()).collect();
    let mut known: HashMap<OrganisationId, _> = names(db, &ids)?.into_iter().map(|o| (o.id, o)).collect();
    let alert = |(id, score, at): (Id, Option<f64>, i64)| {
        Some(NeedAlert { organisation: known.remove(&id.0.into())?, score: score?, created_at: Instant::from_micros(at) })
    };
    Ok(Page { items: rows.into_iter().filter_map(alert).collect(), next })
}

/// How far the follower of that name has read; `None` when it never ran.
pub fn follower_cursor(db: &mut Db, name: &str) -> StoreResult<Option<Cursor>> {
    let row: Option<(i64, i64)> = f::table.find(name).select((f::tx, f::seq)).first(db).optional()?;
    Ok(row.map(|(tx, seq)| Cursor { tx, seq }))
}

/// Remembers how far it has read. Goes forward only: a slower replica does not turn it back.
pub fn advance_follower(db: &mut Db, name: &str, cursor: Cursor) -> StoreResult<()> {
    let row = (f::name.eq(name), f::tx.eq(cursor.tx), f::seq.eq(cursor.seq));
    let inserted = per_backend!(db, |c| diesel::insert_into(f::table).values(row).on_conflict_do_nothing().execute(c))?;
    if inserted == 0 {
        let behind = f::tx.lt(cursor.tx).or(f::tx.eq(cursor.tx).and(f::seq.lt(cursor.seq)));
        diesel::update(f::table.filter(f::name.eq(name)).filter(behind)).set((f::tx.eq(cursor.tx), f::seq.eq(cursor.seq))).execute(db)?;
    }
    Ok(())
}
