//! An organisation's settings: its members and invitations, its API keys; and the page of who was invited.

mod invitation;
mod invite;
mod key;
mod keys;
mod members;
mod page;

pub use invitation::InvitationPage;
pub use page::SettingsPage;
