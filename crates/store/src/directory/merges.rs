//! Two listings of one organisation: finding them, and making one of them. The merged row stays, so
//! that its address leads to the other for ever.

use super::organisations as listings;
use crate::columns::Id;
use crate::schema::{claims, organisations as table};
use crate::{Db, StoreResult, events};
use diesel::dsl::count_star;
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{ClaimState, Duplicate, Organisation, OrganisationSummary, facts, likeness};
use kazi_core::events::EventKind;
use kazi_core::ids::OrganisationId;
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Pairs that share their website or their name, by the shared key, after the given one.
pub fn duplicates(db: &mut Db, after: Option<&str>, limit: u32) -> StoreResult<Page<Duplicate>> {
    let limit = i64::from(limit);
    let after = after.unwrap_or_default();
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
    let next = keys.last().filter(|_| more).cloned();
    Ok(Page { items: pairs(db, &keys)?, next })
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
    let ids: BTreeSet<OrganisationId> = groups.values().flatten().copied().collect();
    let found = listings::by_ids(db, &ids.into_iter().collect::<Vec<_>>())?;
    let by_id: BTreeMap<_, _> = found.into_iter().map(|o| (o.id, o)).collect();
    let (mut told, mut list) = (BTreeSet::new(), Vec::new());
    for group in keys.iter().filter_map(|k| groups.get(k)) {
        for (i, a) in group.iter().enumerate() {
            for b in group[i + 1..].iter().take(10) {
                if told.insert((a, b))
                    && let (Some(a), Some(b)) = (by_id.get(a), by_id.get(b))
                {
                    list.push(pair(a, b));
                }
            }
        }
    }
    Ok(list)
}

fn pair(a: &Organisation, b: &Organisation) -> Duplicate {
    let worth = |o: &Organisation| (o.claimed, facts(&o.profile).len(), std::cmp::Reverse(o.created_at));
    let (keep, merge) = if worth(a) >= worth(b) { (a, b) } else { (b, a) };
    let (score, reasons) = likeness(&a.profile, &b.profile);
    Duplicate { keep: OrganisationSummary::of(keep), merge: OrganisationSummary::of(merge), score, reasons }
}

/// Makes `from` a part of `into`: what `into` does not know is taken over with its provenance.
pub fn merge(db: &mut Db, from: OrganisationId, into: OrganisationId, actor: Uuid, at: Instant) -> StoreResult<Organisation> {
    let refused = |detail: &str| Err(Refusal::new(Code::Conflict, detail).into());
    if from == into {
        return refused("An organisation can't be merged into itself.");
    }
    let (gone, kept) = (listings::get(db, from)?, listings::get(db, into)?);
    if gone.claimed {
        return refused("A claimed organisation keeps its listing; merge the unclaimed one into it.");
    }
    let open: i64 = claims::table
        .filter(claims::organisation.eq(Id(from.0)))
        .filter(claims::state.eq(ClaimState::Open.as_str()))
        .count()
        .get_result(db)?;
    if open > 0 {
        return refused("Decide the open claims on it first.");
    }
    let profile = kept.profile.filled_from(&gone.profile);
    let provenance = facts(&profile)
        .into_keys()
        .filter_map(|path| {
            let of = kept.provenance.get(&path).or_else(|| gone.provenance.get(&path))?.clone();
            Some((path, of))
        })
        .collect();
    let after = if profile == kept.profile { kept } else { listings::update(db, at, Some(actor), &kept, &profile, &provenance)? };
    let changed =
        diesel::update(table::table.find(Id(from.0)).filter(table::version.eq(gone.version)).filter(table::merged_into.is_null()))
            .set((table::merged_into.eq(Id(into.0)), table::version.eq(gone.version + 1), table::updated_at.eq(at.micros())))
            .execute(db)?;
    if changed == 0 {
        return Err(Refusal::new(Code::VersionMismatch, "It was changed meanwhile. Read it again.").into());
    }
    diesel::update(table::table.filter(table::merged_into.eq(Id(from.0)))).set(table::merged_into.eq(Id(into.0))).execute(db)?;
    let data = serde_json::json!({ "into": into });
    events::append(db, at, listings::event(EventKind::OrganisationMerged, Some(actor), from, data))?;
    Ok(after)
}
