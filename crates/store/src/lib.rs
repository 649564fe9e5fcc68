//! Every SQL statement of the house.
//!
//! A room's functions take a connection, so that callers compose them into one transaction
//! (`Store::write`). Each that changes something appends its event itself. Rows stay private here;
//! what goes in and out are core's types.

pub mod backup;
pub mod catalogue;
mod columns;
mod connection;
pub mod directory;
mod engine;
pub mod events;
pub mod idempotency;
pub mod identity;
pub mod inquiries;
pub mod letters;
pub mod matching;
pub mod metrics;
mod migrations;
pub mod rating;
mod schema;
pub mod sweep;
#[cfg(feature = "testing")]
pub mod testing;

pub use connection::Db;
pub use engine::{Options, Store};

use kazi_core::problem::{Code, Refusal};

/// Why a statement or a transaction did not go through.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule forbids it; the text is fit for the caller's eyes.
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("database: {0}")]
    Database(#[from] diesel::result::Error),
    #[error("no database connection: {0}")]
    Pool(String),
    #[error("migration: {0}")]
    Migration(String),
    #[error("a row that can't be read: {0}")]
    Row(String),
    #[error("the writer has stopped")]
    Stopped,
}

impl StoreError {
    /// A unique index refused a second one.
    pub fn is_duplicate(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
        matches!(self, Self::Database(DatabaseError(UniqueViolation, _)))
    }
    /// Says `detail` where a unique index refused a second one.
    pub fn if_duplicate(self, detail: &str) -> Self {
        if self.is_duplicate() { Refusal::new(Code::AlreadyExists, detail).into() } else { self }
    }
}

pub type StoreResult<T> = Result<T, StoreError>;
