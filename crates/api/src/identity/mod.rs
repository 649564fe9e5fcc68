//! The identity room over HTTP: people, sessions, members, keys; and who a caller is.

mod access;
mod browser;
mod keys;
mod known;
mod passwords;
mod published;
mod registration;
pub(crate) mod secret;
mod sessions;
mod slowdown;
mod who;

pub use passwords::MEMORY_KIB;
pub use published::jwks;
pub use who::{CurrentSession, Who};

use crate::corridor;
use crate::settings::{Mode, Settings};
use kazi_core::Instant;
use kazi_store::{Store, StoreError};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(registration::create_registration)
        .service(registration::create_confirmation)
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::delete_session)
        .service(sessions::delete_all_sessions);
}

/// What signing in needs, shared by all workers.
pub struct Identity {
    pub(crate) access: access::Access,
    pub(crate) passwords: passwords::Passwords,
    pub(crate) slowdown: slowdown::Slowdown,
    pub(crate) known: Arc<known::Known>,
    /// Hears of other replicas' changes.
    pub follower: corridor::Running,
}

impl Identity {
    pub fn open(settings: &Settings, store: &Store, now: Instant) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        if settings.mode == Mode::Production && settings.password_memory_kib < MEMORY_KIB {
            return Err(format!("passwords need at least {MEMORY_KIB} KiB a hash in production").into());
        }
        let known = Arc::<known::Known>::default();
        let forgetful = known.clone();
        store.on_commit(move |events| events.iter().for_each(|e| forgetful.forget(e.kind, e.subject)));
        let cursor = store.read_now::<_, StoreError>(kazi_store::events::end)?;
        Ok(Self {
            access: access::Access::new(keys::Keys::open(&settings.place.data_dir, store, now)?, &settings.public_url()),
            passwords: passwords::Passwords::new(settings.password_memory_kib)?,
            slowdown: slowdown::Slowdown::default(),
            follower: corridor::start(store.clone(), known::Forgetter { known: known.clone(), cursor }),
            known,
        })
    }
}
