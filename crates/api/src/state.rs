//! What every handler can reach: the database, the settings, the clock.

use crate::corridor::Followers;
use crate::corridor::clock::Clock;
use crate::directory::Directory;
use crate::http::limits::Limits;
use crate::identity::Identity;
use crate::inquiries::Inquiries;
use crate::mail::Mailer;
use crate::matching::Matching;
use crate::settings::Settings;
use crate::site::metrics::Metrics;
use kazi_core::Instant;
use kazi_store::Store;
use std::sync::Arc;
use uuid::Uuid;

/// Shared by all workers of one server.
#[derive(Clone)]
pub struct State {
    pub store: Store,
    pub settings: Arc<Settings>,
    pub directory: Directory,
    pub matching: Matching,
    pub inquiries: Inquiries,
    pub identity: Arc<Identity>,
    pub mailer: Mailer,
    /// Names this running server, so that whoever measures or waits knows which one answers.
    pub instance: Uuid,
    pub limits: Arc<Limits>,
    pub metrics: Arc<Metrics>,
    /// Everything that follows the log; `readyz` waits for them.
    pub followers: Followers,
    _sweep: Arc<Clock>,
}

impl State {
    /// Opens what the settings name and brings the database up to date.
    pub fn open(settings: Settings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        crate::settings::private_folder(&settings.place.data_dir)?;
        let mut options = kazi_store::Options::new(settings.place.database());
        options.connections = settings.place.database_connections;
        options.group_commits = settings.group_commits;
        let store = Store::open(&options)?;
        for migration in store.migrate()? {
            tracing::info!(%migration, "migrated");
        }
        let identity = Arc::new(Identity::open(&settings, &store, chrono::Utc::now().into())?);
        let mailer = Mailer::open(&settings, &store)?;
        let sweep = Arc::new(crate::sweep::start(store.clone()));
        let followers = Followers::default();
        followers.watch(&identity.follower);
        Ok(Self {
            inquiries: Inquiries::open(&store, &settings)?,
            matching: Matching::open(&store, &followers)?,
            directory: Directory::open(&store, &settings.place.data_dir, &followers)?,
            store,
            identity,
            mailer,
            instance: Uuid::now_v7(),
            limits: Arc::new(Limits::new(settings.requests_per_minute, settings.trusted_proxies.clone())),
            metrics: Arc::new(Metrics::new()?),
            followers,
            _sweep: sweep,
            settings: Arc::new(settings),
        })
    }

    pub fn now(&self) -> Instant {
        chrono::Utc::now().into()
    }
}

/// A new id of whatever kind is asked for; ordered by time.
pub fn new_id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}
