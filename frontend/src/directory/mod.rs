//! The directory in the browser: the list, a provider's page, the profile's editor.

mod edit;
mod facts;
mod list;
mod listed;
mod provider;
mod steward;
mod summary;

pub use edit::EditProfile;
pub use facts::{Source, stated};
pub use list::ProviderList;
pub use listed::ListedAlready;
pub use provider::{ProviderPage, price};
