//! The directory in the browser: the list, a provider's page, the profile's editor.

mod facts;
mod provider;
mod summary;

pub use provider::ProviderPage;
