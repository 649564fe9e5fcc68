//! One connection type for both databases, and what it can't say by itself.

use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};

/// A connection to either database; ordinary diesel queries run on it as they are.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// The same diesel expression on the concrete connection, for what the enum can't say
/// (ON CONFLICT, batch insert).
macro_rules! per_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::connection::Db::Postgres($c) => $body,
            $crate::connection::Db::Sqlite($c) => $body,
        }
    };
}
pub(crate) use per_backend;

pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// Opens by the address's scheme, so that the error is that database's own.
pub fn open(url: &str) -> ConnectionResult<Db> {
    if is_postgres(url) {
        PgConnection::establish(url).map(Db::Postgres)
    } else {
        SqliteConnection::establish(url.strip_prefix("sqlite://").unwrap_or(url)).map(Db::Sqlite)
    }
}

impl Db {
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}
