//! # Room: identity
//!
//! - owns: people, sessions, organisations' members, invitations, API keys, staff roles, who the caller is
//! - does not own: what a caller may do (policy), profiles (directory)
//! - rules: a password is never kept; a spent refresh token ends its family; an organisation keeps at least one owner
//! - enters: everyone signs up and in; owners manage members and keys; admins manage staff
//! - neighbours: codes, ids
//! - try it: `cargo test -p kazi-core identity`

mod account;
mod caller;
mod members;

pub use account::*;
pub use caller::*;
pub use members::*;
