//! Who keeps a listing, and how well its facts are backed: claimed, unclaimed, restated; and whether somebody who wants
//! to list an organisation would list one that is here already.

use super::organisations as listings;
use crate::columns::Id;
use crate::schema::organisations as table;
use crate::{Db, StoreResult, events, identity};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{Organisation, Provenance, after_unclaim, name_key, website_key};
use kazi_core::events::EventKind;
use kazi_core::ids::{OrganisationId, PersonId};
use kazi_core::problem::{Code, Refusal};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Somebody who belongs to it keeps it from now on.
pub fn set_claimed(db: &mut Db, at: Instant, actor: Option<Uuid>, id: OrganisationId) -> StoreResult<()> {
    let changed = diesel::update(table::table.find(Id(id.0)).filter(table::merged_into.is_null()))
        .set((table::claimed.eq(true), table::version.eq(table::version + 1), table::updated_at.eq(at.micros())))
        .execute(db)?;
    if changed == 0 {
        return Err(Refusal::not_found("organisation").into());
    }
    events::append(db, at, listings::event(EventKind::OrganisationClaimed, actor, id, serde_json::json!({})))
}

/// Nobody keeps it any more: what its keepers said of it counts as listed, and they are its members no longer.
pub fn unclaim(db: &mut Db, at: Instant, actor: Option<Uuid>, id: OrganisationId, reason: &str) -> StoreResult<Vec<PersonId>> {
    let before = listings::get(db, id)?;
    if !before.claimed {
        return Err(Refusal::new(Code::Conflict, "Nobody has claimed it.").into());
    }
    let left = identity::disband(db, id, at, actor)?;
    diesel::update(table::table.find(Id(id.0)))
        .set((
            table::claimed.eq(false),
            table::provenance.eq(listings::text(&after_unclaim(&before.provenance))?),
            table::version.eq(before.version + 1),
            table::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    events::append(db, at, listings::event(EventKind::OrganisationUnclaimed, actor, id, serde_json::json!({ "reason": reason })))?;
    Ok(left)
}

/// Keeps another provenance of facts that stay as they are; `paths` are those that it was stated of.
pub fn restate(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    before: &Organisation,
    provenance: &BTreeMap<String, Provenance>,
    paths: &[String],
) -> StoreResult<Organisation> {
    let changed =
        diesel::update(table::table.find(Id(before.id.0)).filter(table::version.eq(before.version)).filter(table::merged_into.is_null()))
            .set((
                table::provenance.eq(listings::text(provenance)?),
                table::version.eq(before.version + 1),
                table::updated_at.eq(at.micros()),
            ))
            .execute(db)?;
    if changed == 0 {
        return Err(listings::changed_meanwhile());
    }
    let data = serde_json::json!({ "version": before.version + 1, "changed": paths });
    events::append(db, at, listings::event(EventKind::OrganisationEdited, actor, before.id, data))?;
    listings::get(db, before.id)
}

/// The most listings of one key that are looked at.
const MOST: i64 = 50;

/// Which listing has that website or, failing that, that name already: its slug, and whether it is by the website. One
/// that was merged stands for the one it went into; `but` is not looked at.
pub fn listed_as(db: &mut Db, name: &str, website: Option<&str>, but: Option<OrganisationId>) -> StoreResult<Option<(String, bool)>> {
    let but = Id(but.map_or(Uuid::nil(), |id| id.0));
    let columns = (table::id, table::slug, table::merged_into);
    if let Some(key) = website.and_then(website_key) {
        let of = table::website_key.eq(key);
        let rows = table::table.filter(of).order(table::created_at).select(columns).limit(MOST).load(db)?;
        if let Some(slug) = standing_of(db, rows, but)? {
            return Ok(Some((slug, true)));
        }
    }
    let of = table::name_key.eq(name_key(name));
    let rows = table::table.filter(of).order(table::created_at).select(columns).limit(MOST).load(db)?;
    Ok(standing_of(db, rows, but)?.map(|slug| (slug, false)))
}

fn standing_of(db: &mut Db, rows: Vec<(Id, String, Option<Id>)>, but: Id) -> StoreResult<Option<String>> {
    for (id, slug, into) in rows {
        if into.unwrap_or(id) != but {
            return match into {
                Some(into) => Ok(Some(table::table.find(into).select(table::slug).first(db)?)),
                None => Ok(Some(slug)),
            };
        }
    }
    Ok(None)
}
