//! Finds listings that may be one organisation: by their website, their name, and names that are spelt nearly alike;
//! without the pairs that a steward found to be two.

use super::organisations as listings;
use crate::columns::Id;
use crate::connection::per_backend;
use crate::schema::{distinct_pairs, organisations as table};
use crate::{Db, StoreResult, events};
use diesel::dsl::count_star;
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{Duplicate, DuplicateReason, Organisation, OrganisationSummary, facts, likeness, spelt_alike};
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::OrganisationId;
use kazi_core::page::Page;
use kazi_core::problem::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Names that are compared on one page of those spelt nearly alike.
const WINDOW: i64 = 2000;
/// Windows that one page looks through at most, while there is nothing to tell.
const WINDOWS: usize = 10;
/// How many names that follow in the alphabet each one is compared with.
const NEIGHBOURS: usize = 8;

/// Pairs that share their website, then those that share their name, by the shared key; then those whose names are
/// spelt nearly alike, by name. A page of the last kind may be empty and still not be the last.
pub fn duplicates(db: &mut Db, after: Option<&str>, limit: u32) -> StoreResult<Page<Duplicate>> {
    let limit = i64::from(limit);
    let after = after.unwrap_or_default();
    if let Some(name) = after.strip_prefix("s:") {
        return variants(db, name);
    }
    let (names, hosts) = (after.strip_prefix("n:"), after.strip_prefix("w:"));
    let mut keys: Vec<String> = Vec::new();
    if names.is_none() {
        let shared: Vec<Option<String>> = table::table
            .filter(table::merged_into.is_null())
            .filter(table::website_key.gt(hosts.unwrap_or_default()))
            .group_by(table::website_key)
            .having(count_star().gt(1))
            .order(table::website_key)
            .select(table::website_key)
            .limit(limit + 1)
            .load(db)?;
        keys.extend(shared.into_iter().flatten().map(|k| format!("w:{k}")));
    }
    let rest = limit + 1 - keys.len() as i64;
    if rest > 0 {
        let shared: Vec<String> = table::table
            .filter(table::merged_into.is_null())
            .filter(table::name_key.gt(names.unwrap_or_default()))
            .group_by(table::name_key)
            .having(count_star().gt(1))
            .order(table::name_key)
            .select(table::name_key)
            .limit(rest)
            .load(db)?;
        keys.extend(shared.into_iter().map(|k| format!("n:{k}")));
    }
    let more = keys.len() as i64 > limit;
    keys.truncate(limit as usize);
    if keys.is_empty() {
        return variants(db, "");
    }
    let next = if more { keys.last().cloned() } else { Some("s:".to_owned()) };
    Ok(Page { items: pairs(db, &keys)?, next })
}

/// The first windows of names after this one in which some are spelt nearly alike.
fn variants(db: &mut Db, after: &str) -> StoreResult<Page<Duplicate>> {
    let mut page = window(db, after)?;
    for _ in 1..WINDOWS {
        let Some(next) = page.next.as_deref().filter(|_| page.items.is_empty()) else { break };
        page = window(db, next.trim_start_matches("s:"))?;
    }
    Ok(page)
}

/// Listings whose names stand near each other in the alphabet and differ in few letters, from after a name on.
fn window(db: &mut Db, after: &str) -> StoreResult<Page<Duplicate>> {
    let mut rows: Vec<(Id, String)> = table::table
        .filter(table::merged_into.is_null())
        .filter(table::name_key.gt(after))
        .order((table::name_key, table::id))
        .limit(WINDOW)
        .select((table::id, table::name_key))
        .load(db)?;
    let more = rows.len() as i64 == WINDOW;
    // The last few are compared with those that follow on the next page, which begins before them.
    let next = more.then(|| rows[rows.len() - NEIGHBOURS - 1].1.clone()).filter(|name| name.as_str() > after);
    if next.is_none() && more {
        // A whole window of one name; those pairs were told by their name.
        return Ok(Page { items: vec![], next: rows.pop().map(|(_, name)| format!("s:{name}")) });
    }
    let mut found = Vec::new();
    for (i, (a, name)) in rows.iter().enumerate() {
        if next.as_ref().is_some_and(|next| name > next) {
            break;
        }
        let near = rows[i + 1..].iter().take(NEIGHBOURS).filter(|(_, other)| spelt_alike(name, other));
        found.extend(near.map(|(b, _)| (OrganisationId(a.0), OrganisationId(b.0))));
    }
    let items = told(db, &found)?.into_iter().filter(|pair| !pair.reasons.contains(&DuplicateReason::SameWebsite)).collect();
    Ok(Page { items, next: next.map(|name| format!("s:{name}")) })
}

/// The pairs of each group; a pair that shares both is told once.
fn pairs(db: &mut Db, keys: &[String]) -> StoreResult<Vec<Duplicate>> {
    let hosts: Vec<&str> = keys.iter().filter_map(|k| k.strip_prefix("w:")).collect();
    let names: Vec<&str> = keys.iter().filter_map(|k| k.strip_prefix("n:")).collect();
    let rows: Vec<(Id, String, Option<String>)> = table::table
        .filter(table::merged_into.is_null())
        .filter(table::website_key.eq_any(&hosts).or(table::name_key.eq_any(&names)))
        .order(table::id)
        .limit(2000)
        .select((table::id, table::name_key, table::website_key))
        .load(db)?;
    let mut groups: BTreeMap<String, Vec<OrganisationId>> = BTreeMap::new();
    for (id, name, host) in rows {
        let of = [Some(format!("n:{name}")), host.map(|h| format!("w:{h}"))];
        for key in of.into_iter().flatten().filter(|k| keys.contains(k)) {
            groups.entry(key).or_default().push(id.0.into());
        }
    }
    let mut found = Vec::new();
    for group in keys.iter().filter_map(|k| groups.get(k)) {
        for (i, a) in group.iter().enumerate() {
            found.extend(group[i + 1..].iter().take(10).map(|b| (*a, *b)));
        }
    }
    told(db, &found)
}

/// The pairs as they are told, each once, without those that are known to be two.
fn told(db: &mut Db, found: &[(OrganisationId, OrganisationId)]) -> StoreResult<Vec<Duplicate>> {
    let ids: BTreeSet<OrganisationId> = found.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let ids: Vec<OrganisationId> = ids.into_iter().collect();
    let mut seen = distinct(db, &ids)?;
    let by_id: BTreeMap<_, _> = listings::by_ids(db, &ids)?.into_iter().map(|o| (o.id, o)).collect();
    let fresh = found.iter().filter(|(a, b)| seen.insert(ordered(*a, *b)));
    Ok(fresh.filter_map(|(a, b)| Some(pair(by_id.get(a)?, by_id.get(b)?))).collect())
}

fn ordered(a: OrganisationId, b: OrganisationId) -> (OrganisationId, OrganisationId) {
    if a <= b { (a, b) } else { (b, a) }
}

/// The pairs among these that a steward found to be two.
fn distinct(db: &mut Db, ids: &[OrganisationId]) -> StoreResult<BTreeSet<(OrganisationId, OrganisationId)>> {
    let mut known = BTreeSet::new();
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<(Id, Id)> =
            distinct_pairs::table.filter(distinct_pairs::one.eq_any(ids)).select((distinct_pairs::one, distinct_pairs::other)).load(db)?;
        known.extend(rows.into_iter().map(|(one, other)| (OrganisationId(one.0), OrganisationId(other.0))));
    }
    Ok(known)
}

/// These are two: they are not suggested again. Harmless the second time.
pub fn keep_distinct(db: &mut Db, a: OrganisationId, b: OrganisationId, actor: Uuid, at: Instant) -> StoreResult<()> {
    if a == b {
        return Err(Refusal::field("/other", "conflict", "Name two organisations.").into());
    }
    listings::get(db, a)?;
    listings::get(db, b)?;
    let (one, other) = ordered(a, b);
    let row = (
        distinct_pairs::one.eq(Id(one.0)),
        distinct_pairs::other.eq(Id(other.0)),
        distinct_pairs::person.eq(Id(actor)),
        distinct_pairs::created_at.eq(at.micros()),
    );
    let kept = per_backend!(db, |c| diesel::insert_into(distinct_pairs::table).values(row).on_conflict_do_nothing().execute(c))?;
    if kept == 1 {
        let data = serde_json::json!({ "other": other });
        let event = NewEvent { kind: EventKind::DuplicateDismissed, actor: Some(actor), organisation: Some(one.0), subject: one.0, data };
        events::append(db, at, event)?;
    }
    Ok(())
}

fn pair(a: &Organisation, b: &Organisation) -> Duplicate {
    let worth = |o: &Organisation| (o.claimed, facts(&o.profile).len(), std::cmp::Reverse(o.created_at));
    let (keep, merge) = if worth(a) >= worth(b) { (a, b) } else { (b, a) };
    let (score, reasons) = likeness(&a.profile, &b.profile);
    Duplicate { keep: OrganisationSummary::of(keep), merge: OrganisationSummary::of(merge), score, reasons }
}
