//! The identity room over HTTP: people, sessions, members, keys; and who a caller is.

mod access;
mod api_keys;
mod browser;
mod invitations;
mod keys;
mod known;
mod letters;
mod me;
mod members;
mod password_reset;
mod passwords;
mod published;
mod registration;
pub(crate) mod secret;
mod sessions;
mod slowdown;
mod staff;
mod who;

pub use passwords::{MEMORY_KIB, Passwords};
pub use published::jwks;
pub use who::{CurrentSession, Who};

use crate::corridor;
use crate::http::{Answer, Fail, PageWords};
use crate::settings::Settings;
use kazi_core::Instant;
use kazi_core::problem::Code;
use kazi_store::{Store, StoreError};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(registration::create_registration)
        .service(registration::create_confirmation)
        .service(registration::resend_confirmation)
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::delete_session)
        .service(sessions::delete_all_sessions)
        .service(password_reset::create_password_reset)
        .service(password_reset::complete_password_reset)
        .service(me::get_me)
        .service(me::update_me)
        .service(me::delete_me)
        .service(me::export_me)
        .service(members::list_members)
        .service(members::update_member)
        .service(members::remove_member)
        .service(invitations::create_invitation)
        .service(invitations::list_invitations)
        .service(invitations::withdraw_invitation)
        .service(invitations::accept_invitation)
        .service(api_keys::create_api_key)
        .service(api_keys::list_api_keys)
        .service(api_keys::revoke_api_key)
        .service(staff::list_staff)
        .service(staff::set_staff_role);
}

/// The id that a page begins after.
fn after(words: &PageWords) -> Answer<Option<uuid::Uuid>> {
    let read = words.after.as_deref().map(uuid::Uuid::parse_str).transpose();
    read.map_err(|_| Fail::new(Code::InvalidQuery, "after is not one that a page of this list gave as next."))
}

/// What signing in needs, shared by all workers.
pub struct Identity {
    pub(crate) access: access::Access,
    pub(crate) passwords: passwords::Passwords,
    pub(crate) slowdown: slowdown::Slowdown,
    pub(crate) letters: letters::Letters,
    pub(crate) known: Arc<known::Known>,
    /// Hears of other replicas' changes.
    pub follower: corridor::Running,
}

impl Identity {
    pub fn open(settings: &Settings, store: &Store, now: Instant) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let passwords = passwords::Passwords::new(settings.password_memory_kib)?;
        crate::production::check(settings, store, &passwords)?;
        let known = Arc::<known::Known>::default();
        let forgetful = known.clone();
        store.on_commit(move |events| events.iter().for_each(|e| forgetful.forget(e.kind, e.subject, &e.data)));
        let cursor = store.read_now::<_, StoreError>(kazi_store::events::end)?;
        Ok(Self {
            access: access::Access::new(keys::Keys::open(&settings.place.data_dir, store, now)?, &settings.public_url()),
            passwords,
            letters: letters::Letters::new(settings.requests_per_minute > 0),
            slowdown: slowdown::Slowdown::default(),
            follower: corridor::start(store.clone(), known::Forgetter { known: known.clone(), cursor }),
            known,
        })
    }
}
