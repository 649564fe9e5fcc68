//! Which listing a row of a list speaks of: by our own id or the list's key, else by its website, else by its name where
//! the country is the same too.

use super::organisations as listings;
use crate::columns::Id;
use crate::schema::organisations as o;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::directory::{ImportRow, Organisation, Reach, name_key, website_key};
use kazi_core::ids::OrganisationId;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A listing that stands, and how far the row may change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub id: OrganisationId,
    pub reach: Reach,
}

pub struct Spoken {
    /// One entry a row; `None` where nothing is listed yet.
    pub rows: Vec<Option<Target>>,
    pub listings: HashMap<OrganisationId, Organisation>,
}

pub fn spoken_of(db: &mut Db, rows: &[ImportRow]) -> StoreResult<Spoken> {
    let mut targets = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(400) {
        targets.extend(by_key(db, chunk)?);
    }
    let direct: Vec<OrganisationId> = targets.iter().flatten().map(|t: &Target| t.id).collect();
    let mut spoken = Spoken { rows: targets, listings: by_id(db, &direct)? };
    // What a row names directly is not for another to be guessed at.
    let taken: HashSet<OrganisationId> = direct.into_iter().collect();
    let left: Vec<usize> = (0..rows.len()).filter(|at| spoken.rows[*at].is_none()).collect();
    for chunk in left.chunks(400) {
        let candidates = candidates(db, rows, chunk)?;
        for at in chunk {
            let found = candidates.iter().filter(|c| !taken.contains(&c.id)).find(|c| is_of(&rows[*at], c));
            if let Some(found) = found {
                spoken.rows[*at] = Some(Target { id: found.id, reach: Reach::ListsWord });
                spoken.listings.insert(found.id, found.clone());
            }
        }
    }
    Ok(spoken)
}

/// The line of the row that speaks for each listing: the first that names it directly, else the first.
pub fn speakers(rows: &[ImportRow], targets: &[Option<Target>]) -> HashMap<OrganisationId, u32> {
    let mut lines: HashMap<OrganisationId, (u32, Reach)> = HashMap::new();
    for (row, target) in rows.iter().zip(targets) {
        let Some(Target { id, reach }) = target else { continue };
        let speaker = lines.entry(*id).or_insert((row.line, *reach));
        if speaker.1 == Reach::Gaps && *reach == Reach::ListsWord {
            *speaker = (row.line, *reach);
        }
    }
    lines.into_iter().map(|(id, (line, _))| (id, line)).collect()
}

fn by_id(db: &mut Db, ids: &[OrganisationId]) -> StoreResult<HashMap<OrganisationId, Organisation>> {
    Ok(listings::by_ids(db, ids)?.into_iter().map(|o| (o.id, o)).collect())
}

/// Our id, where the list's key is one, as in our own export.
fn own_id(row: &ImportRow) -> Option<Uuid> {
    row.key.strip_prefix("key:")?.parse().ok()
}

/// By our id, then by the key that a list gave the listing. One that was merged stands for the one it went into.
fn by_key(db: &mut Db, rows: &[ImportRow]) -> StoreResult<Vec<Option<Target>>> {
    let target = |id: Id, into: Option<Id>| match into {
        Some(into) => Target { id: into.0.into(), reach: Reach::Gaps },
        None => Target { id: id.0.into(), reach: Reach::ListsWord },
    };
    let ids: Vec<Id> = rows.iter().filter_map(own_id).map(Id).collect();
    let found: Vec<(Id, Option<Id>)> = o::table.filter(o::id.eq_any(ids)).select((o::id, o::merged_into)).load(db)?;
    let ids: HashMap<Uuid, Target> = found.into_iter().map(|(id, into)| (id.0, target(id, into))).collect();
    let keys: Vec<&String> = rows.iter().map(|r| &r.key).collect();
    let found: Vec<(Option<String>, Id, Option<Id>)> =
        o::table.filter(o::source_key.eq_any(keys)).select((o::source_key, o::id, o::merged_into)).load(db)?;
    let keys: HashMap<String, Target> = found.into_iter().filter_map(|(key, id, into)| Some((key?, target(id, into)))).collect();
    Ok(rows.iter().map(|r| own_id(r).and_then(|id| ids.get(&id)).or_else(|| keys.get(&r.key)).copied()).collect())
}

/// Listings that share a website or a name with one of these rows, claimed ones first, then the oldest.
fn candidates(db: &mut Db, rows: &[ImportRow], chunk: &[usize]) -> StoreResult<Vec<Organisation>> {
    let websites: Vec<String> = chunk.iter().filter_map(|at| rows[*at].stated.website.as_deref().and_then(website_key)).collect();
    let placed = chunk.iter().map(|at| &rows[*at].stated).filter(|p| p.country.is_some());
    let names: Vec<String> = placed.map(|p| name_key(&p.name)).collect();
    let found: Vec<Id> = o::table
        .filter(o::merged_into.is_null())
        .filter(o::website_key.eq_any(websites).or(o::name_key.eq_any(names)))
        .order((o::claimed.desc(), o::created_at, o::id))
        .limit(4000)
        .select(o::id)
        .load(db)?;
    let ids: Vec<OrganisationId> = found.iter().map(|id| id.0.into()).collect();
    let mut known = by_id(db, &ids)?;
    Ok(ids.iter().filter_map(|id| known.remove(id)).collect())
}

fn is_of(row: &ImportRow, listing: &Organisation) -> bool {
    let (stated, known) = (&row.stated, &listing.profile);
    let of = |website: &Option<String>| website.as_deref().and_then(website_key);
    match (of(&stated.website), of(&known.website)) {
        (Some(a), Some(b)) => a == b,
        _ => stated.country.is_some() && stated.country == known.country && name_key(&stated.name) == name_key(&known.name),
    }
}
