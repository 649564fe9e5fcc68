//! Puts a backup into an empty database of either kind, all of it or nothing.

use super::{FORMAT, Line};
use crate::catalogue::{self, Table};
use crate::{Db, StoreError, StoreResult};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use kazi_core::problem::{Code, Refusal};
use std::collections::BTreeMap;

/// How many rows of each table were restored.
pub type Restored = BTreeMap<String, u64>;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Statement {
    #[diesel(sql_type = Text)]
    statement: String,
}

fn refuse(why: impl Into<String>) -> StoreError {
    Refusal::new(Code::Conflict, why).into()
}

/// Restores the lines into a migrated database without data; within the caller's transaction.
pub fn restore(conn: &mut Db, lines: &mut dyn Iterator<Item = StoreResult<Line>>) -> StoreResult<Restored> {
    let tables = catalogue::tables(conn)?;
    for table in &tables {
        if count(conn, &table.name)? > 0 {
            return Err(refuse(format!("{} has rows already. A backup is restored into an empty database only.", table.name)));
        }
    }
    let Some(Line::Backup { format, migrations }) = lines.next().transpose()? else {
        return Err(refuse("This is no backup of Kazi: its first line does not say so."));
    };
    let here = crate::migrations::applied(conn)?;
    if format != FORMAT || migrations != here {
        return Err(refuse(format!(
            "The backup is of another version: it has the migrations {migrations:?}, this program {here:?}. \
             Restore it with the version that made it, then run the newer one's `kazi migrate`."
        )));
    }
    let constraints = loosen(conn)?;
    let inserts: BTreeMap<&str, String> = tables.iter().map(|t| (t.name.as_str(), insert(t, conn.is_sqlite()))).collect();
    let mut restored = Restored::new();
    let mut whole = false;
    for line in lines {
        match line? {
            Line::Row { table, row } => {
                let sql = inserts
                    .get(table.as_str())
                    .ok_or_else(|| refuse(format!("The backup has rows of {table}, which is no table here.")))?;
                crate::connection::per_backend!(conn, |c| diesel::sql_query(sql).bind::<Text, _>(row.to_string()).execute(c))?;
                *restored.entry(table).or_default() += 1;
            }
            Line::End { rows } => {
                whole = rows.iter().all(|(table, n)| restored.get(table).copied().unwrap_or_default() == *n);
                break;
            }
            Line::Backup { .. } => return Err(refuse("A second backup begins within this one.")),
        }
    }
    if !whole {
        return Err(refuse("The backup is cut short: rows are missing. Nothing was restored."));
    }
    settle_log(conn)?;
    tighten(conn, &constraints)?;
    Ok(restored)
}

fn count(conn: &mut Db, table: &str) -> StoreResult<i64> {
    let sql = format!("SELECT count(*) AS n FROM (SELECT 1 FROM \"{table}\" LIMIT 1) AS few");
    let count: Count = crate::connection::per_backend!(conn, |c| diesel::sql_query(sql).get_result(c))?;
    Ok(count.n)
}

/// The statement that takes one row as JSON.
fn insert(table: &Table, sqlite: bool) -> String {
    let name = &table.name;
    let columns: Vec<String> = table.columns.iter().map(|(column, _)| format!("\"{column}\"")).collect();
    let columns = columns.join(", ");
    if sqlite {
        let values: Vec<String> = table.columns.iter().map(|(column, _)| format!("row ->> '$.\"{column}\"'")).collect();
        format!("INSERT INTO \"{name}\" ({columns}) SELECT {} FROM (SELECT ? AS row)", values.join(", "))
    } else {
        format!("INSERT INTO \"{name}\" ({columns}) SELECT {columns} FROM json_populate_record(NULL::\"{name}\", $1::json)")
    }
}

/// Lets foreign keys wait for the end, as rows come table by table. Gives what makes them strict again.
fn loosen(conn: &mut Db) -> StoreResult<Vec<String>> {
    match conn {
        Db::Sqlite(c) => {
            c.batch_execute("PRAGMA defer_foreign_keys = ON")?;
            Ok(Vec::new())
        }
        Db::Postgres(c) => {
            let keys = "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
            let say = |how: &str| {
                format!("SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I {how}', conrelid::regclass, conname) AS statement {keys}")
            };
            let strict: Vec<Statement> = diesel::sql_query(say("NOT DEFERRABLE")).load(c)?;
            let loose: Vec<Statement> = diesel::sql_query(say("DEFERRABLE INITIALLY DEFERRED")).load(c)?;
            for Statement { statement } in loose {
                c.batch_execute(&statement)?;
            }
            Ok(strict.into_iter().map(|s| s.statement).collect())
        }
    }
}

/// Checks every foreign key now, and makes them strict again.
fn tighten(conn: &mut Db, strict: &[String]) -> StoreResult<()> {
    if let Db::Postgres(c) = conn {
        c.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
        for statement in strict {
            c.batch_execute(statement)?;
        }
    }
    Ok(())
}

/// Transaction numbers are those of the cluster that the backup came from: here the log begins anew with
/// 0, in its old order, and durable followers go on before the first event that they had not taken in.
fn settle_log(conn: &mut Db) -> StoreResult<()> {
    conn.batch_execute(
        "UPDATE follower_cursors SET seq = coalesce( \
             (SELECT min(e.seq) - 1 FROM events e WHERE e.tx > follower_cursors.tx OR (e.tx = follower_cursors.tx AND e.seq > follower_cursors.seq)), \
             (SELECT max(e.seq) FROM events e), 0); \
         UPDATE follower_cursors SET tx = 0; \
         UPDATE events SET tx = 0",
    )?;
    if let Db::Postgres(c) = conn {
        c.batch_execute("SELECT setval(pg_get_serial_sequence('events', 'seq'), (SELECT coalesce(max(seq), 1) FROM events), (SELECT count(*) > 0 FROM events))")?;
    }
    Ok(())
}
