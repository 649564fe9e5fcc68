//! The migrations of both databases, built into the program.

use crate::{Db, StoreError, StoreResult};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

fn failed(e: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration(e.to_string())
}

/// Brings the database up to date; says which migrations ran.
pub fn up(conn: &mut Db) -> StoreResult<Vec<String>> {
    let ran = match conn {
        Db::Postgres(c) => c.run_pending_migrations(POSTGRES).map_err(failed)?.iter().map(ToString::to_string).collect(),
        Db::Sqlite(c) => c.run_pending_migrations(SQLITE).map_err(failed)?.iter().map(ToString::to_string).collect(),
    };
    Ok(ran)
}

/// Takes every migration back, newest first.
pub fn down(conn: &mut Db) -> StoreResult<()> {
    match conn {
        Db::Postgres(c) => c.revert_all_migrations(POSTGRES).map(drop),
        Db::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
    }
    .map_err(failed)
}

/// Whether migrations wait to be run.
pub fn pending(conn: &mut Db) -> StoreResult<bool> {
    match conn {
        Db::Postgres(c) => c.has_pending_migration(POSTGRES),
        Db::Sqlite(c) => c.has_pending_migration(SQLITE),
    }
    .map_err(failed)
}

/// The migrations that have run, oldest first.
pub fn applied(conn: &mut Db) -> StoreResult<Vec<String>> {
    let mut list: Vec<String> = match conn {
        Db::Postgres(c) => c.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).collect(),
        Db::Sqlite(c) => c.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).collect(),
    };
    list.sort();
    Ok(list)
}
