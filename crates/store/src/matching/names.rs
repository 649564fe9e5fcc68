//! Names of organisations, many at once, without reading their whole profiles.

use crate::columns::Id;
use crate::schema::organisations as o;
use crate::{Db, StoreError, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::codes::Country;
use kazi_core::ids::OrganisationId;
use kazi_core::matching::MatchedOrganisation;

#[derive(serde::Deserialize)]
struct Whereabouts {
    #[serde(default)]
    country: Option<Country>,
}

/// Those of the ids that stand, in no particular order.
pub fn names(db: &mut Db, ids: &[OrganisationId]) -> StoreResult<Vec<MatchedOrganisation>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<(Id, String, String, String, bool, bool)> = o::table
            .filter(o::id.eq_any(ids))
            .filter(o::merged_into.is_null())
            .select((o::id, o::slug, o::name, o::profile, o::claimed, o::fictional))
            .load(db)?;
        for (id, slug, name, profile, claimed, fictional) in rows {
            let Whereabouts { country } = serde_json::from_str(&profile).map_err(|e| StoreError::Row(e.to_string()))?;
            found.push(MatchedOrganisation { id: id.0.into(), slug, name, country, claimed, fictional });
        }
    }
    Ok(found)
}

/// Those of the ids whose profile has stood as it is since `at` or longer.
pub fn unchanged_since(db: &mut Db, ids: &[OrganisationId], at: Instant) -> StoreResult<Vec<OrganisationId>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let rows: Vec<Id> = o::table.filter(o::id.eq_any(ids)).filter(o::updated_at.le(at.micros())).select(o::id).load(db)?;
        found.extend(rows.into_iter().map(|id| OrganisationId::from(id.0)));
    }
    Ok(found)
}
