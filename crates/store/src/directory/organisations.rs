//! The rows of organisations: create, read, change, and walk through all of them.

use crate::columns::Id;
use crate::connection::per_backend;
use crate::schema::organisations as table;
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{Organisation, Profile, Provenance, Responsiveness, facts, name_key, slug, website_key};
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::OrganisationId;
use kazi_core::problem::{Code, Refusal};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use uuid::Uuid;

/// An organisation about to be listed.
#[derive(Debug, Clone)]
pub struct NewListing {
    pub id: OrganisationId,
    pub profile: Profile,
    pub provenance: BTreeMap<String, Provenance>,
    pub claimed: bool,
    pub fictional: bool,
    /// What the list that it comes from calls it, so that a second import finds it again.
    pub source_key: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = table)]
struct Insert {
    id: Id,
    slug: String,
    name: String,
    name_key: String,
    website_key: Option<String>,
    profile: String,
    provenance: String,
    claimed: bool,
    fictional: bool,
    source_key: Option<String>,
    version: i32,
    created_at: i64,
    updated_at: i64,
}

impl Insert {
    fn of(listing: &NewListing, slug: String, at: Instant) -> StoreResult<Self> {
        Ok(Self {
            id: Id(listing.id.0),
            slug,
            name: listing.profile.name.clone(),
            name_key: name_key(&listing.profile.name),
            website_key: listing.profile.website.as_deref().and_then(website_key),
            profile: text(&listing.profile)?,
            provenance: text(&listing.provenance)?,
            claimed: listing.claimed,
            fictional: listing.fictional,
            source_key: listing.source_key.clone(),
            version: 1,
            created_at: at.micros(),
            updated_at: at.micros(),
        })
    }
}

type Row = (Id, String, String, String, Option<String>, bool, bool, i32, i64, i64);
const COLUMNS: (
    table::id,
    table::slug,
    table::profile,
    table::provenance,
    table::responsiveness,
    table::claimed,
    table::fictional,
    table::version,
    table::created_at,
    table::updated_at,
) = (
    table::id,
    table::slug,
    table::profile,
    table::provenance,
    table::responsiveness,
    table::claimed,
    table::fictional,
    table::version,
    table::created_at,
    table::updated_at,
);

fn read(row: Row) -> StoreResult<Organisation> {
    let (id, slug, profile, provenance, responsiveness, claimed, fictional, version, created_at, updated_at) = row;
    Ok(Organisation {
        id: id.0.into(),
        slug,
        profile: document(&profile)?,
        summary_html: None,
        provenance: document(&provenance)?,
        responsiveness: responsiveness.as_deref().map(document::<Responsiveness>).transpose()?,
        claimed,
        fictional,
        version,
        created_at: Instant::from_micros(created_at),
        updated_at: Instant::from_micros(updated_at),
    })
}

pub(super) fn document<T: DeserializeOwned>(text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Row(e.to_string()))
}
pub(super) fn text(value: &impl serde::Serialize) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Row(e.to_string()))
}

/// The event of a change to one organisation.
pub(super) fn event(kind: EventKind, actor: Option<Uuid>, id: OrganisationId, data: serde_json::Value) -> NewEvent {
    NewEvent { kind, actor, organisation: Some(id.0), subject: id.0, data }
}

/// Lists an organisation. Its slug comes from its name; a second one of the same name gets a number.
pub fn create(db: &mut Db, at: Instant, actor: Option<Uuid>, listing: &NewListing) -> StoreResult<Organisation> {
    let base = slug(&listing.profile.name);
    let numbered = (2..10).map(|n| format!("{base}-{n}"));
    let last = format!("{base}-{}", &listing.id.0.simple().to_string()[20..]);
    for slug in std::iter::once(base.clone()).chain(numbered).chain([last]) {
        let row = Insert::of(listing, slug, at)?;
        let inserted =
            per_backend!(db, |c| diesel::insert_into(table::table).values(&row).on_conflict(table::slug).do_nothing().execute(c))
                .map_err(|e| StoreError::from(e).if_duplicate("That organisation is listed already."))?;
        if inserted == 1 {
            events::append(db, at, event(EventKind::OrganisationCreated, actor, listing.id, serde_json::json!({ "version": 1 })))?;
            return get(db, listing.id);
        }
    }
    Err(Refusal::new(Code::AlreadyExists, "Too many organisations have that name; add the country or city to it.").into())
}

/// Lists many at once, for bulk loads: fewer statements, slugs that end in the id. The log has an event for each.
pub fn create_many(db: &mut Db, at: Instant, actor: Option<Uuid>, listings: &[NewListing]) -> StoreResult<()> {
    for chunk in listings.chunks(500) {
        let rows: Vec<Insert> = chunk
            .iter()
            .map(|l| Insert::of(l, format!("{}-{}", slug(&l.profile.name), &l.id.0.simple().to_string()[20..]), at))
            .collect::<StoreResult<_>>()?;
        per_backend!(db, |c| diesel::insert_into(table::table).values(&rows).execute(c))?;
        let list: Vec<_> =
            chunk.iter().map(|l| event(EventKind::OrganisationCreated, actor, l.id, serde_json::json!({ "version": 1 }))).collect();
        events::append_many(db, at, &list)?;
    }
    Ok(())
}

/// One that stands; a merged one is not found (`merged_into` says where it went).
pub fn get(db: &mut Db, id: OrganisationId) -> StoreResult<Organisation> {
    let row = table::table.find(Id(id.0)).filter(table::merged_into.is_null()).select(COLUMNS).first::<Row>(db).optional()?;
    read(row.ok_or_else(|| Refusal::not_found("organisation"))?)
}

pub fn by_slug(db: &mut Db, slug: &str) -> StoreResult<Organisation> {
    let row = table::table.filter(table::slug.eq(slug)).filter(table::merged_into.is_null()).select(COLUMNS).first::<Row>(db).optional()?;
    read(row.ok_or_else(|| Refusal::not_found("organisation"))?)
}

/// One that stands, or the id and slug of the one that it was merged into.
type Found = Result<Organisation, (OrganisationId, String)>;

pub fn get_or_moved(db: &mut Db, id: OrganisationId) -> StoreResult<Found> {
    match moved(table::table.find(Id(id.0)).select(table::merged_into).first::<Option<Id>>(db).optional()?, db)? {
        Some(to) => Ok(Err(to)),
        None => get(db, id).map(Ok),
    }
}

pub fn by_slug_or_moved(db: &mut Db, slug: &str) -> StoreResult<Found> {
    match moved(table::table.filter(table::slug.eq(slug)).select(table::merged_into).first::<Option<Id>>(db).optional()?, db)? {
        Some(to) => Ok(Err(to)),
        None => by_slug(db, slug).map(Ok),
    }
}

fn moved(merged_into: Option<Option<Id>>, db: &mut Db) -> StoreResult<Option<(OrganisationId, String)>> {
    let Some(into) = merged_into.flatten() else { return Ok(None) };
    let slug = table::table.find(into).select(table::slug).first::<String>(db)?;
    Ok(Some((into.0.into(), slug)))
}

/// Those of the ids that stand, in no particular order.
pub fn by_ids(db: &mut Db, ids: &[OrganisationId]) -> StoreResult<Vec<Organisation>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<Row> = table::table.filter(table::id.eq_any(ids)).filter(table::merged_into.is_null()).select(COLUMNS).load(db)?;
        for row in rows {
            found.push(read(row)?);
        }
    }
    Ok(found)
}

/// Those that stand, by id, after the given one: how a derived index reads everything.
pub fn list_after(db: &mut Db, after: Option<OrganisationId>, limit: i64) -> StoreResult<Vec<Organisation>> {
    let after = Id(after.map_or(Uuid::nil(), |id| id.0));
    let rows: Vec<Row> = table::table
        .filter(table::id.gt(after))
        .filter(table::merged_into.is_null())
        .order(table::id)
        .limit(limit)
        .select(COLUMNS)
        .load(db)?;
    read_all(rows)
}

/// Reading the documents is most of the work, so that many rows are shared among the processors.
fn read_all(mut rows: Vec<Row>) -> StoreResult<Vec<Organisation>> {
    const WORTH_A_THREAD: usize = 500;
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(rows.len() / WORTH_A_THREAD).max(1);
    let each = rows.len().div_ceil(threads);
    let mut shares = vec![];
    while rows.len() > each {
        shares.push(rows.split_off(rows.len() - each));
    }
    let one = |rows: Vec<Row>| rows.into_iter().map(read).collect::<StoreResult<Vec<_>>>();
    std::thread::scope(|scope| {
        let others: Vec<_> = shares.into_iter().rev().map(|share| scope.spawn(move || one(share))).collect();
        let mut all = one(rows)?;
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}

pub fn count(db: &mut Db) -> StoreResult<i64> {
    Ok(table::table.filter(table::merged_into.is_null()).count().get_result(db)?)
}

/// Changes the profile that stands at `version`; otherwise it refuses with `version_mismatch`.
pub fn update(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    before: &Organisation,
    profile: &Profile,
    provenance: &BTreeMap<String, Provenance>,
) -> StoreResult<Organisation> {
    let changed =
        diesel::update(table::table.find(Id(before.id.0)).filter(table::version.eq(before.version)).filter(table::merged_into.is_null()))
            .set((
                table::name.eq(&profile.name),
                table::name_key.eq(name_key(&profile.name)),
                table::website_key.eq(profile.website.as_deref().and_then(website_key)),
                table::profile.eq(text(profile)?),
                table::provenance.eq(text(provenance)?),
                table::version.eq(before.version + 1),
                table::updated_at.eq(at.micros()),
            ))
            .execute(db)?;
    if changed == 0 {
        return Err(changed_meanwhile());
    }
    let data = serde_json::json!({ "version": before.version + 1, "changed": changed_facts(&before.profile, profile) });
    events::append(db, at, event(EventKind::OrganisationEdited, actor, before.id, data))?;
    get(db, before.id)
}

/// The paths of the facts that differ.
fn changed_facts(before: &Profile, after: &Profile) -> Vec<String> {
    let (before, after) = (facts(before), facts(after));
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let new = after.iter().filter(|(path, value)| before.get(*path) != Some(value)).map(|(path, _)| path);
    gone.chain(new).cloned().collect()
}

pub(super) fn changed_meanwhile() -> StoreError {
    Refusal::changed_meanwhile().into()
}

/// How it answers inquiries, as measured; followers see it as an edit.
pub fn set_responsiveness(db: &mut Db, at: Instant, id: OrganisationId, measured: Option<Responsiveness>) -> StoreResult<()> {
    let value = measured.as_ref().map(text).transpose()?;
    let changed = diesel::update(table::table.find(Id(id.0)).filter(table::merged_into.is_null()))
        .set(table::responsiveness.eq(value))
        .execute(db)?;
    if changed == 1 {
        events::append(db, at, event(EventKind::OrganisationEdited, None, id, serde_json::json!({ "changed": ["responsiveness"] })))?;
    }
    Ok(())
}

/// Takes a listing off that nobody claimed and nothing refers to.
pub fn remove(db: &mut Db, at: Instant, actor: Option<Uuid>, id: OrganisationId) -> StoreResult<()> {
    use crate::schema::{claims, inquiry_threads};
    let referred: i64 = claims::table.filter(claims::organisation.eq(Id(id.0))).count().get_result(db)?;
    let merged: i64 = table::table.filter(table::merged_into.eq(Id(id.0))).count().get_result(db)?;
    let asked: i64 = inquiry_threads::table.filter(inquiry_threads::provider_id.eq(Id(id.0))).count().get_result(db)?;
    if referred + merged + asked > 0 {
        return Err(Refusal::new(Code::Conflict, "Claims, inquiries or merged listings refer to it.").into());
    }
    match diesel::delete(table::table.find(Id(id.0)).filter(table::claimed.eq(false))).execute(db)? {
        0 => Err(Refusal::new(Code::Conflict, "It was claimed since.").into()),
        _ => events::append(db, at, event(EventKind::OrganisationRemoved, actor, id, serde_json::json!({}))),
    }
}

/// Which of these are the source keys of listings.
pub fn existing_keys(db: &mut Db, keys: &[String]) -> StoreResult<std::collections::HashSet<String>> {
    let mut found = std::collections::HashSet::new();
    for chunk in keys.chunks(400) {
        let there: Vec<Option<String>> = table::table.filter(table::source_key.eq_any(chunk)).select(table::source_key).load(db)?;
        found.extend(there.into_iter().flatten());
    }
    Ok(found)
}

pub fn by_source_key(db: &mut Db, key: &str) -> StoreResult<Option<OrganisationId>> {
    let id: Option<Id> = table::table.filter(table::source_key.eq(key)).select(table::id).first(db).optional()?;
    Ok(id.map(|id| id.0.into()))
}

/// How many listings are not made up.
pub fn count_real(db: &mut Db) -> StoreResult<i64> {
    Ok(table::table.filter(table::merged_into.is_null()).filter(table::fictional.eq(false)).count().get_result(db)?)
}

/// The addresses of listings that are not made up, with their last change, from the `skip`th on.
pub fn real_slugs(db: &mut Db, skip: i64, limit: i64) -> StoreResult<Vec<(String, Instant)>> {
    let rows: Vec<(String, i64)> = table::table
        .filter(table::merged_into.is_null())
        .filter(table::fictional.eq(false))
        .order(table::id)
        .offset(skip)
        .limit(limit)
        .select((table::slug, table::updated_at))
        .load(db)?;
    Ok(rows.into_iter().map(|(slug, at)| (slug, Instant::from_micros(at))).collect())
}
