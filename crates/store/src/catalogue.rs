//! What the database itself says of its tables: for backups, which must miss none, and for the tests
//! that hold the schema to the rules.

use crate::connection::per_backend;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeMap;

/// A table as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// Names and types, in the table's order.
    pub columns: Vec<(String, String)>,
    /// The columns of each foreign key.
    pub foreign_keys: Vec<Vec<String>>,
    /// The columns of each index that covers all rows.
    pub indexes: Vec<Vec<String>>,
}

impl Table {
    /// Whether an index begins with these columns, so that following the key reads no whole table.
    pub fn is_indexed(&self, key: &[String]) -> bool {
        self.indexes.iter().any(|index| index.starts_with(key))
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    one: String,
    #[diesel(sql_type = Text)]
    two: String,
}

struct Questions {
    tables: &'static str,
    columns: &'static str,
    foreign_keys: &'static str,
    indexes: &'static str,
}

const SQLITE: Questions = Questions {
    tables: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' \
             AND name <> '__diesel_schema_migrations' ORDER BY name",
    columns: "SELECT name AS one, lower(type) AS two FROM pragma_table_info(?) ORDER BY cid",
    foreign_keys: "SELECT CAST(id AS TEXT) AS one, \"from\" AS two FROM pragma_foreign_key_list(?) ORDER BY id, seq",
    indexes: "SELECT l.name AS one, i.name AS two FROM pragma_index_list(?) l, pragma_index_info(l.name) i \
              WHERE l.partial = 0 AND i.name IS NOT NULL ORDER BY l.name, i.seqno",
};

const POSTGRES: Questions = Questions {
    tables: "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_type = 'BASE TABLE' AND table_name <> '__diesel_schema_migrations' ORDER BY table_name",
    columns: "SELECT column_name::text AS one, data_type::text AS two FROM information_schema.columns \
              WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    foreign_keys: "SELECT c.conname::text AS one, a.attname::text AS two FROM pg_constraint c \
                   CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(number, place) \
                   JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number \
                   WHERE c.contype = 'f' AND c.conrelid = to_regclass(quote_ident($1)) ORDER BY c.conname, k.place",
    indexes: "SELECT x.indexrelid::regclass::text AS one, a.attname::text AS two FROM pg_index x \
              CROSS JOIN LATERAL unnest(x.indkey::smallint[]) WITH ORDINALITY AS k(number, place) \
              JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number \
              WHERE x.indrelid = to_regclass(quote_ident($1)) AND x.indpred IS NULL ORDER BY 1, k.place",
};

/// Every table but the migrations' own, by name.
pub fn tables(conn: &mut Db) -> StoreResult<Vec<Table>> {
    let ask = if conn.is_sqlite() { &SQLITE } else { &POSTGRES };
    let names: Vec<Name> = per_backend!(conn, |c| diesel::sql_query(ask.tables).load(c))?;
    let pairs = |conn: &mut Db, question: &str, table: &str| -> StoreResult<Vec<Pair>> {
        Ok(per_backend!(conn, |c| diesel::sql_query(question).bind::<Text, _>(table).load(c))?)
    };
    let groups = |pairs: Vec<Pair>| -> Vec<Vec<String>> {
        let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for Pair { one, two } in pairs {
            map.entry(one).or_default().push(two);
        }
        map.into_values().collect()
    };
    let mut list = Vec::new();
    for Name { name } in names {
        let columns = pairs(conn, ask.columns, &name)?.into_iter().map(|p| (p.one, p.two)).collect();
        let foreign_keys = groups(pairs(conn, ask.foreign_keys, &name)?);
        let indexes = groups(pairs(conn, ask.indexes, &name)?);
        list.push(Table { name, columns, foreign_keys, indexes });
    }
    Ok(list)
}
