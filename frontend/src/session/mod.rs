//! Who is signed in. The access token lives in this module's memory only; the refresh token is a cookie that
//! no script can read. What is remembered between visits (theme, language, acting organisation) is no secret.

mod storage;
mod transport;

pub use storage::*;
pub use transport::*;

use kazi_client::Kazi;
use leptos::prelude::*;

/// The API as this visitor.
pub fn kazi() -> Kazi<SessionFetch> {
    Kazi::over(SessionFetch)
}

/// What the page shows of the session.
#[derive(Clone, Copy)]
pub struct Session {
    /// Whether a person is signed in; `None` until that is known.
    pub signed_in: RwSignal<Option<bool>>,
}

impl Session {
    /// Asks the server whether the cookie still holds a session.
    pub fn provide() -> Self {
        let this = Self { signed_in: RwSignal::new(None) };
        provide_context(this);
        leptos::task::spawn_local(async move {
            let held = refresh().await;
            this.signed_in.set(Some(held));
        });
        this
    }
}

pub fn session() -> Session {
    expect_context()
}
