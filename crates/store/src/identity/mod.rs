//! The identity room's rows: people, what was mailed to them, sessions, members.

mod api_keys;
mod invitations;
mod mailed;
mod members;
mod own;
mod people;
mod sessions;
mod signing_keys;
pub(crate) mod tables;

pub use api_keys::{PartnerKey, add_api_key, api_key_used, api_keys, partner_key, revoke_api_key};
pub use invitations::{accept, invitations, invite, invited_by_others, invited_since, withdraw};
pub use mailed::{MailedFor, confirm_by_letter, give, give_confirmation, take};
pub use members::{add_member, disband, member, members, memberships_of, remove_member, role_of, set_role};
pub use own::{delete_account, edit_account, export_account, my_account};
pub use people::{
    Account, NewPerson, SignedUp, account, account_by_email, caller, confirm, confirmed_emails, lock, register, search_people,
    set_password, set_staff, sign_up,
};
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
