//! The manners that every handler shares: errors, bodies, query words, versions, idempotency keys,
//! request ids. Nothing here knows a room.

pub(crate) use body::hex;
mod body;
mod fail;
pub mod gate;
mod known;
pub mod limits;
mod matches;
mod once;
mod reply;
pub mod request_id;
mod security;
mod words;

pub use body::{Body, Patch};
pub use fail::{Fail, fields};
pub use matches::{IfMatch, etag, etag_with};
pub use once::Once;
pub use reply::{Reply, encoded, next_page};
pub use words::{List, PageWords, Words};

pub type Answer<T> = Result<T, Fail>;
