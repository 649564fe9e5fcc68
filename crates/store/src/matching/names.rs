//! Names of organisations, many at once. Their profiles stay in the database: the one field of them that is needed
//! is taken out there.

use crate::columns::{Id, word};
use crate::connection::per_backend;
use crate::schema::organisations as o;
use crate::{Db, StoreResult};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use kazi_core::Instant;
use kazi_core::ids::OrganisationId;
use kazi_core::matching::MatchedOrganisation;

type Row = (Id, String, String, Option<String>, bool, bool);

/// Those of the ids that stand, in no particular order.
pub fn names(db: &mut Db, ids: &[OrganisationId]) -> StoreResult<Vec<MatchedOrganisation>> {
    let country = match db.is_sqlite() {
        true => "json_extract(profile, '$.country')",
        false => "profile::json ->> 'country'",
    };
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let ids: Vec<Id> = chunk.iter().map(|id| Id(id.0)).collect();
        let columns = (o::id, o::slug, o::name, sql::<Nullable<Text>>(country), o::claimed, o::fictional);
        let rows: Vec<Row> =
            per_backend!(db, |c| o::table.filter(o::id.eq_any(ids)).filter(o::merged_into.is_null()).select(columns).load(c))?;
        for (id, slug, name, country, claimed, fictional) in rows {
            let country = country.as_deref().map(word).transpose()?;
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
