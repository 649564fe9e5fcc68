//! The directory in the browser: the list, a provider's page, the profile's editor.

mod edit;
mod facts;
mod provider;
mod summary;

pub use edit::EditProfile;
pub use facts::{Source, stated};
pub use provider::ProviderPage;
