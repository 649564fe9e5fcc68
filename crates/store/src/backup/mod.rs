//! The whole database as lines of JSON, one a row, which restore into either kind of database. Not the
//! attachments (files) and not what is derived from the log.

mod restore;

pub use restore::{Restored, restore};

use crate::catalogue::{self, Table};
use crate::{Db, StoreError, StoreResult};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many rows are held in memory at once.
const AT_ONCE: usize = 1000;

/// One line of a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// The first: what the backup is of.
    Backup {
        format: u32,
        /// The migrations that had run; a restore asks for the same.
        migrations: Vec<String>,
    },
    Row {
        table: String,
        row: serde_json::Value,
    },
    /// The last: without it the backup is cut short.
    End {
        rows: BTreeMap<String, u64>,
    },
}

pub(crate) const FORMAT: u32 = 1;

/// Letters on their way would go a second time from wherever the backup is restored.
const NOT_KEPT: &str = "letters";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Gives every line to `out`, all of one moment.
pub fn backup(conn: &mut Db, out: &mut dyn FnMut(&Line) -> std::io::Result<()>) -> StoreResult<BTreeMap<String, u64>> {
    let migrations = crate::migrations::applied(conn)?;
    conn.batch_execute(if conn.is_sqlite() { "BEGIN" } else { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" })?;
    let outcome = lines(conn, migrations, out);
    conn.batch_execute("ROLLBACK")?;
    outcome
}

fn lines(conn: &mut Db, migrations: Vec<String>, out: &mut dyn FnMut(&Line) -> std::io::Result<()>) -> StoreResult<BTreeMap<String, u64>> {
    let mut say = |line: &Line| out(line).map_err(|e| StoreError::Row(e.to_string()));
    say(&Line::Backup { format: FORMAT, migrations })?;
    let mut rows = BTreeMap::new();
    for table in catalogue::tables(conn)?.into_iter().filter(|table| table.name != NOT_KEPT) {
        let mut count = 0u64;
        each_row(conn, &table, &mut |text| {
            count += 1;
            let row = serde_json::from_str(&text).map_err(|e| StoreError::Row(e.to_string()))?;
            say(&Line::Row { table: table.name.clone(), row })
        })?;
        rows.insert(table.name, count);
    }
    say(&Line::End { rows: rows.clone() })?;
    Ok(rows)
}

fn each_row(conn: &mut Db, table: &Table, take: &mut dyn FnMut(String) -> StoreResult<()>) -> StoreResult<()> {
    let name = &table.name;
    match conn {
        Db::Sqlite(c) => {
            let pairs: Vec<String> = table.columns.iter().map(|(column, kind)| pair(column, kind)).collect();
            let sql = format!("SELECT json_object({}) AS row FROM \"{name}\"", pairs.join(", "));
            for row in diesel::sql_query(sql).load_iter::<Row, diesel::connection::DefaultLoadingMode>(c)? {
                take(row?.row)?;
            }
        }
        Db::Postgres(c) => {
            c.batch_execute(&format!("DECLARE kazi_backup NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS row FROM \"{name}\" t"))?;
            loop {
                let rows: Vec<Row> = diesel::sql_query(format!("FETCH {AT_ONCE} FROM kazi_backup")).load(c)?;
                if rows.is_empty() {
                    break;
                }
                rows.into_iter().try_for_each(|row| take(row.row))?;
            }
            c.batch_execute("CLOSE kazi_backup")?;
        }
    }
    Ok(())
}

/// A column for SQLite's `json_object`; its truth values are numbers there.
fn pair(column: &str, kind: &str) -> String {
    if kind == "boolean" {
        format!("'{column}', CASE \"{column}\" WHEN 1 THEN json('true') WHEN 0 THEN json('false') END")
    } else {
        format!("'{column}', \"{column}\"")
    }
}
