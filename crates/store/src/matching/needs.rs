//! The rows of needs. What is asked is a document: it is edited, versioned and read as one thing.

use crate::columns::{Id, Json, word};
use crate::schema::{inquiries, inquiry_threads, needs as n};
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Need, NeedState, NeedVisibility, NewNeed, Wanted};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use uuid::Uuid;

type Row = (Id, Id, String, Json, i32, i64, i64);
const COLUMNS: (n::id, n::organisation_id, n::state, n::wanted, n::version, n::created_at, n::updated_at) =
    (n::id, n::organisation_id, n::state, n::wanted, n::version, n::created_at, n::updated_at);

fn read(row: Row) -> StoreResult<Need> {
    let (id, organisation, state, wanted, version, created_at, updated_at) = row;
    Ok(Need {
        id: id.0.into(),
        organisation: Some(organisation.0.into()),
        state: word(&state)?,
        wanted: wanted.read()?,
        version,
        created_at: Instant::from_micros(created_at),
        updated_at: Instant::from_micros(updated_at),
    })
}

/// The event of a change to a need; its owner's audit trail has it.
fn event(kind: EventKind, actor: Option<Uuid>, need: &Need, data: serde_json::Value) -> NewEvent {
    NewEvent { kind, actor, organisation: need.organisation.map(|o| o.0), subject: need.id.0, data }
}

pub fn create(db: &mut Db, at: Instant, actor: Option<Uuid>, id: NeedId, new: &NewNeed) -> StoreResult<Need> {
    let state = new.state.unwrap_or(NeedState::Draft);
    if !matches!(state, NeedState::Draft | NeedState::Open) {
        return Err(Refusal::field("/state", "range", "A need begins as draft or open.").into());
    }
    new.wanted.check()?;
    diesel::insert_into(n::table)
        .values((
            n::id.eq(Id(id.0)),
            n::organisation_id.eq(Id(new.organisation.0)),
            n::state.eq(state.as_str()),
            n::visibility.eq(new.wanted.visibility.as_str()),
            n::wanted.eq(Json::of(&new.wanted)),
            n::alert_from_score.eq(new.wanted.alert_from_score),
            n::version.eq(1),
            n::created_at.eq(at.micros()),
            n::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    let need = get(db, id)?;
    events::append(db, at, event(EventKind::NeedCreated, actor, &need, serde_json::json!({ "version": 1, "state": state })))?;
    Ok(need)
}

/// The need with its owner, whatever its state; who may see it is the caller's to decide.
pub fn get(db: &mut Db, id: NeedId) -> StoreResult<Need> {
    let row = n::table.find(Id(id.0)).select(COLUMNS).first::<Row>(db).optional()?;
    read(row.ok_or_else(|| Refusal::not_found("need"))?)
}

fn changed_meanwhile() -> StoreError {
    Refusal::changed_meanwhile().into()
}

/// Changes what is asked, if the need still stands as `before` says.
pub fn update(db: &mut Db, at: Instant, actor: Option<Uuid>, before: &Need, wanted: &Wanted) -> StoreResult<Need> {
    before.state.check_editable()?;
    wanted.check()?;
    let changed = diesel::update(n::table.find(Id(before.id.0)).filter(n::version.eq(before.version)))
        .set((
            n::visibility.eq(wanted.visibility.as_str()),
            n::wanted.eq(Json::of(wanted)),
            n::alert_from_score.eq(wanted.alert_from_score),
            n::version.eq(before.version + 1),
            n::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    if changed == 0 {
        return Err(changed_meanwhile());
    }
    events::append(db, at, event(EventKind::NeedEdited, actor, before, serde_json::json!({ "version": before.version + 1 })))?;
    get(db, before.id)
}

/// Takes the need to its next state, if it still stands as `before` says.
pub fn change_state(db: &mut Db, at: Instant, actor: Option<Uuid>, before: &Need, next: NeedState) -> StoreResult<Need> {
    let next = before.state.change_to(next)?;
    let changed = diesel::update(n::table.find(Id(before.id.0)).filter(n::version.eq(before.version)))
        .set((n::state.eq(next.as_str()), n::version.eq(before.version + 1), n::updated_at.eq(at.micros())))
        .execute(db)?;
    if changed == 0 {
        return Err(changed_meanwhile());
    }
    let data = serde_json::json!({ "version": before.version + 1, "state": next });
    events::append(db, at, event(EventKind::NeedEdited, actor, before, data))?;
    get(db, before.id)
}

/// Removes the need with its shortlist and alerts. One that an inquiry speaks of stays.
pub fn remove(db: &mut Db, at: Instant, actor: Option<Uuid>, need: &Need) -> StoreResult<()> {
    use diesel::result::{DatabaseErrorKind::ForeignKeyViolation, Error::DatabaseError};
    let removed = diesel::delete(n::table.find(Id(need.id.0))).execute(db).map_err(|e| match e {
        DatabaseError(ForeignKeyViolation, _) => {
            Refusal::new(Code::Conflict, "An inquiry speaks of this need; close the need instead.").into()
        }
        other => StoreError::from(other),
    })?;
    if removed == 0 {
        return Err(Refusal::not_found("need").into());
    }
    events::append(db, at, event(EventKind::NeedRemoved, actor, need, serde_json::json!({})))
}

/// Which needs a list has.
#[derive(Debug, Clone, Default)]
pub struct NeedFilter {
    pub organisation: Option<OrganisationId>,
    /// Empty: any.
    pub states: Vec<NeedState>,
    pub visibility: Option<NeedVisibility>,
}

/// Newest first.
pub fn list(db: &mut Db, filter: &NeedFilter, after: Option<NeedId>, limit: u32) -> StoreResult<Page<Need>> {
    let mut query = n::table.select(COLUMNS).order(n::id.desc()).limit(i64::from(limit) + 1).into_boxed();
    if let Some(organisation) = filter.organisation {
        query = query.filter(n::organisation_id.eq(Id(organisation.0)));
    }
    if !filter.states.is_empty() {
        query = query.filter(n::state.eq_any(filter.states.iter().map(|s| s.as_str()).collect::<Vec<_>>()));
    }
    if let Some(visibility) = filter.visibility {
        query = query.filter(n::visibility.eq(visibility.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(n::id.lt(Id(after.0)));
    }
    let rows: Vec<Row> = query.load(db)?;
    let more = rows.len() > limit as usize;
    let items = rows.into_iter().take(limit as usize).map(read).collect::<StoreResult<Vec<_>>>()?;
    let next = items.last().filter(|_| more).map(|need| need.id.to_string());
    Ok(Page { items, next })
}

/// Open needs by id, after the given one: how a follower reads them all.
pub fn open_after(db: &mut Db, after: Option<NeedId>, limit: i64) -> StoreResult<Vec<Need>> {
    let after = Id(after.map_or(Uuid::nil(), |id| id.0));
    let open = n::table.filter(n::state.eq(NeedState::Open.as_str())).filter(n::id.gt(after));
    let rows: Vec<Row> = open.order(n::id).limit(limit).select(COLUMNS).load(db)?;
    rows.into_iter().map(read).collect()
}

/// Those of the needs that stand, in no particular order.
pub fn needs_by_ids(db: &mut Db, ids: &[NeedId]) -> StoreResult<Vec<Need>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<Row> = n::table.filter(n::id.eq_any(ids)).select(COLUMNS).load(db)?;
        for row in rows {
            found.push(read(row)?);
        }
    }
    Ok(found)
}

/// Whether one of the organisations was sent an inquiry about the need.
pub fn is_invited(db: &mut Db, need: NeedId, organisations: &[OrganisationId]) -> StoreResult<bool> {
    if organisations.is_empty() {
        return Ok(false);
    }
    let ids: Vec<Id> = organisations.iter().map(|o| Id(o.0)).collect();
    let threads = inquiry_threads::table
        .inner_join(inquiries::table)
        .filter(inquiries::need_id.eq(Id(need.0)))
        .filter(inquiry_threads::provider_id.eq_any(ids));
    Ok(threads.count().get_result::<i64>(db)? > 0)
}

/// The needs about which the organisation was sent an inquiry.
pub fn invitations(db: &mut Db, organisation: OrganisationId) -> StoreResult<Vec<NeedId>> {
    let ids: Vec<Option<Id>> = inquiry_threads::table
        .inner_join(inquiries::table)
        .filter(inquiry_threads::provider_id.eq(Id(organisation.0)))
        .filter(inquiries::need_id.is_not_null())
        .select(inquiries::need_id)
        .distinct()
        .load(db)?;
    Ok(ids.into_iter().flatten().map(|id| id.0.into()).collect())
}
