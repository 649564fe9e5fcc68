//! Partner systems' keys: the prefix finds one, the hash proves it.

use crate::columns::{Id, Json};
use crate::schema::api_keys as table;
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::identity::{ApiKey, Partner};
use kazi_core::ids::{ApiKeyId, OrganisationId, PersonId};
use kazi_core::page::Page;
use kazi_core::problem::Refusal;
use serde_json::json;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct Row {
    id: Id,
    name: String,
    prefix: String,
    scopes: Json,
    created_at: i64,
    expires_at: Option<i64>,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl Row {
    fn read(self) -> StoreResult<ApiKey> {
        Ok(ApiKey {
            id: self.id.0.into(),
            name: self.name,
            prefix: self.prefix,
            scopes: self.scopes.read()?,
            created_at: Instant::from_micros(self.created_at),
            expires_at: self.expires_at.map(Instant::from_micros),
            used_at: self.used_at.map(Instant::from_micros),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        })
    }
}

/// The prefix is in the data, because callers' caches know a key by that.
fn event(kind: EventKind, organisation: OrganisationId, id: ApiKeyId, prefix: &str, actor: Option<Uuid>) -> NewEvent {
    NewEvent { kind, actor, organisation: Some(organisation.0), subject: id.0, data: json!({ "prefix": prefix }) }
}

pub fn add_api_key(db: &mut Db, organisation: OrganisationId, key: &ApiKey, hash: &str, by: PersonId) -> StoreResult<()> {
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Id(key.id.0)),
            table::organisation.eq(Id(organisation.0)),
            table::name.eq(&key.name),
            table::prefix.eq(&key.prefix),
            table::hash.eq(hash),
            table::scopes.eq(Json::of(&key.scopes)),
            table::made_by.eq(Id(by.0)),
            table::created_at.eq(key.created_at.micros()),
            table::expires_at.eq(key.expires_at.map(Instant::micros)),
        ))
        .execute(db)?;
    events::append(db, key.created_at, event(EventKind::ApiKeyCreated, organisation, key.id, &key.prefix, Some(by.0)))
}

/// The organisation's keys, revoked ones as well, oldest first.
pub fn api_keys(db: &mut Db, organisation: OrganisationId, after: Option<ApiKeyId>, limit: u32) -> StoreResult<Page<ApiKey>> {
    let after = Id(after.map_or(Uuid::nil(), |i| i.0));
    let rows: Vec<Row> = table::table
        .filter(table::organisation.eq(Id(organisation.0)).and(table::id.gt(after)))
        .order(table::id)
        .limit(i64::from(limit) + 1)
        .select(Row::as_select())
        .load(db)?;
    let mut items = rows.into_iter().map(Row::read).collect::<StoreResult<Vec<_>>>()?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|k| k.id.to_string());
    Ok(Page { items, next })
}

/// Ends a key; harmless the second time.
pub fn revoke_api_key(db: &mut Db, organisation: OrganisationId, id: ApiKeyId, at: Instant, actor: Option<Uuid>) -> StoreResult<()> {
    let row: Option<(String, Option<i64>)> = table::table
        .find(Id(id.0))
        .filter(table::organisation.eq(Id(organisation.0)))
        .select((table::prefix, table::revoked_at))
        .first(db)
        .optional()?;
    let (prefix, revoked) = row.ok_or_else(|| Refusal::not_found("API key"))?;
    if revoked.is_some() {
        return Ok(());
    }
    diesel::update(table::table.find(Id(id.0)).filter(table::revoked_at.is_null())).set(table::revoked_at.eq(at.micros())).execute(db)?;
    events::append(db, at, event(EventKind::ApiKeyRevoked, organisation, id, &prefix, actor))
}

/// What proves a key, and whom it speaks for.
#[derive(Debug, Clone)]
pub struct PartnerKey {
    pub partner: Partner,
    pub hash: String,
    pub expires_at: Option<Instant>,
    pub used_at: Option<Instant>,
}

/// The key of that prefix, unless it was revoked.
pub fn partner_key(db: &mut Db, prefix: &str) -> StoreResult<Option<PartnerKey>> {
    let row: Option<(Id, Id, Json, String, Option<i64>, Option<i64>)> = table::table
        .filter(table::prefix.eq(prefix).and(table::revoked_at.is_null()))
        .select((table::id, table::organisation, table::scopes, table::hash, table::expires_at, table::used_at))
        .first(db)
        .optional()?;
    row.map(|(id, organisation, scopes, hash, expires_at, used_at)| {
        let partner = Partner { key: id.0.into(), organisation: organisation.0.into(), scopes: scopes.read()? };
        Ok(PartnerKey { partner, hash, expires_at: expires_at.map(Instant::from_micros), used_at: used_at.map(Instant::from_micros) })
    })
    .transpose()
}

pub fn api_key_used(db: &mut Db, id: ApiKeyId, at: Instant) -> StoreResult<()> {
    diesel::update(table::table.find(Id(id.0))).set(table::used_at.eq(at.micros())).execute(db)?;
    Ok(())
}
