//! The identity room's rows: people, what was mailed to them, sessions, members.

mod mailed;
mod members;
mod people;
mod sessions;
mod signing_keys;
pub(crate) mod tables;

pub use mailed::{MailedFor, give, take};
pub use members::{add_member, role_of};
pub use people::{Account, NewPerson, account, account_by_email, caller, confirm, register, set_password, set_staff};
pub use sessions::{Opened, end_all, end_session, open_session, refresh_session};
pub use signing_keys::{PublicKey, publish_key, retire_keys_but, signing_keys};

use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::PersonId;
use serde_json::Value;
use uuid::Uuid;

/// An event about a person, by that person unless said otherwise.
fn about(kind: EventKind, person: PersonId, actor: Option<Uuid>) -> NewEvent {
    NewEvent { kind, actor, organisation: None, subject: person.0, data: Value::Null }
}
