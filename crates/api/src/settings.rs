//! What can be set, by flag or environment. No secret has a default: keys are made on first start.

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::path::PathBuf;

/// Where the platform keeps things; every command needs these.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder for the embedded database, keys, indexes, attachments and the outbox.
    #[arg(long, env = "KAZI_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// postgres://… where the embedded SQLite is outgrown; otherwise DATA_DIR/kazi.db.
    #[arg(long, env = "KAZI_DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Connections to the database.
    #[arg(long, env = "KAZI_DATABASE_CONNECTIONS", default_value_t = 8, global = true)]
    pub database_connections: u32,
}

impl Place {
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| self.data_dir.join("kazi.db").display().to_string())
    }
    pub fn open(&self) -> Result<kazi_store::Store, kazi_store::StoreError> {
        let options = kazi_store::Options { connections: self.database_connections, ..kazi_store::Options::new(self.database()) };
        kazi_store::Store::open(&options)
    }
}

/// How strictly the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// On one's own machine: plain HTTP on loopback, demo accounts allowed.
    Development,
    /// For other people: refuses to start without an https public address or with demo accounts that bear the demo's password.
    Production,
}

/// What `kazi serve` takes.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    #[command(flatten)]
    pub place: Place,
    /// Address to listen on.
    #[arg(long, env = "KAZI_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Address that people type, without a slash at the end; links in e-mails and tokens bear it.
    #[arg(long, env = "KAZI_PUBLIC_URL")]
    pub public_url: Option<String>,
    #[arg(long, env = "KAZI_MODE", value_enum, default_value_t = Mode::Development)]
    pub mode: Mode,
    /// smtp:// or smtps:// address with user and password; without it mail goes to DATA_DIR/outbox.
    #[arg(long, env = "KAZI_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Sender of e-mails.
    #[arg(long, env = "KAZI_MAIL_FROM", default_value = "Kazi <no-reply@localhost>")]
    pub mail_from: String,
    /// s3://bucket/prefix for attachments (credentials from AWS_* variables); without it DATA_DIR/attachments.
    #[arg(long, env = "KAZI_ATTACHMENTS_URL")]
    pub attachments_url: Option<String>,
    /// Requests a minute that one address may send; people and keys get as many each. 0 turns limits off.
    #[arg(long, env = "KAZI_REQUESTS_PER_MINUTE", default_value_t = 600)]
    pub requests_per_minute: u32,
    /// Networks of the proxies in front, such as 10.0.0.0/8,127.0.0.1/32: only they may say in X-Forwarded-For whom they speak for.
    #[arg(long, env = "KAZI_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpNet>,
    /// Bearer token for /metrics; without it only the machine itself may ask.
    #[arg(long, env = "KAZI_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// Threads that serve requests; by default one a core.
    #[arg(long, env = "KAZI_WORKERS")]
    pub workers: Option<usize>,
    /// Commit callers' changes together (SQLite). Off only to measure what it brings.
    #[arg(long, env = "KAZI_GROUP_COMMITS", default_value_t = true, action = clap::ArgAction::Set)]
    pub group_commits: bool,
    /// Memory that one password hash takes, in KiB. Less only to make tests quick.
    #[arg(long, env = "KAZI_PASSWORD_MEMORY_KIB", default_value_t = crate::identity::MEMORY_KIB)]
    pub password_memory_kib: u32,
    /// What is logged: a level, or levels by part, such as warn,kazi_api=debug.
    #[arg(long, env = "KAZI_LOG", default_value = "info")]
    pub log: String,
    /// Log lines as JSON.
    #[arg(long, env = "KAZI_LOG_JSON")]
    pub log_json: bool,
}

/// Makes a folder, where there is none, that only its owner may look into.
pub fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = folder.metadata()?.permissions().mode() & 0o077 != 0;
        if open && let Err(error) = std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)) {
            tracing::warn!(%error, folder = %folder.display(), "others may look into this folder, and that can't be changed");
        }
    }
    Ok(())
}

impl Settings {
    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen)).trim_end_matches('/').to_owned()
    }

    /// The address of a page of the app.
    pub fn page(&self, page: &str) -> String {
        format!("{}/{page}", self.public_url())
    }
    /// The address of a page that takes a mailed token.
    pub fn link(&self, page: &str, token: &str) -> String {
        format!("{}/{page}?token={token}", self.public_url())
    }
}
