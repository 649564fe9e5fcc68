//! The typed client of Kazi's API: one definition of each call, one file a room, whatever carries it.
//! A partner uses `Kazi::new` (reqwest); the app brings a transport of its own on the browser's fetch.
//!
//! Calls are named after the operations: `create_organisation` is `kazi.organisations().create(&new)`.

mod call;
mod directory;
mod error;
mod identity;
mod inquiries;
mod matching;
mod members;
mod metrics;
mod transport;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "native")]
pub mod native;

pub use call::{Call, NoBody};
pub use directory::{Claims, Imports, Organisations};
pub use error::Error;
pub use identity::{Identity, Me};
pub use inquiries::{Inquiries, InquiryFilter};
pub use matching::{NeedFilter, Needs};
pub use members::{Members, Staff};
pub use metrics::{Ratings, ReadingFilter, Readings, Standards};
pub use transport::{Method, Network, Request, Response, Transport};

/// The example of the README, so that it always compiles.
#[cfg(all(doctest, feature = "native"))]
#[doc = include_str!("../README.md")]
struct Readme;

pub type Result<T> = std::result::Result<T, Error>;

/// The API, through some transport.
#[derive(Debug, Clone)]
pub struct Kazi<T> {
    transport: T,
}

impl<T: Transport> Kazi<T> {
    /// Through a transport of your own.
    pub fn over(transport: T) -> Self {
        Self { transport }
    }

    /// A call of the API by its path below `/api/v1`; the rooms' typed calls are made of this.
    pub fn call(&self, method: Method, path: impl AsRef<str>) -> Call<'_, T> {
        Call::new(&self.transport, method, path.as_ref())
    }
}

#[cfg(feature = "native")]
impl Kazi<native::Reqwest> {
    /// `origin` is such as `https://kazi.example`; `key` an API key or an access token.
    pub fn new(origin: &str, key: Option<&str>) -> Self {
        Self::over(native::Reqwest::new(origin, key))
    }
}
