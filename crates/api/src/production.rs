//! What `--mode production` asks for before it serves other people: HTTPS, whole password hashes, no demo accounts.

use crate::demo::accounts;
use crate::identity::{MEMORY_KIB, Passwords};
use crate::settings::{Mode, Settings};
use kazi_store::{Store, StoreError, identity};

type Refused = Box<dyn std::error::Error + Send + Sync>;

/// Refuses, with what to do, where something is missing.
pub fn check(settings: &Settings, store: &Store, passwords: &Passwords) -> Result<(), Refused> {
    if settings.mode != Mode::Production {
        return Ok(());
    }
    if !settings.public_url().starts_with("https://") {
        return Err(format!(
            "in production people come by HTTPS: put a proxy with a certificate in front and say its address with \
             --public-url https://… (it is {})",
            settings.public_url()
        )
        .into());
    }
    if settings.password_memory_kib < MEMORY_KIB {
        return Err(format!("passwords need at least {MEMORY_KIB} KiB a hash in production").into());
    }
    let open = store.read_now(|db| {
        let mut open = Vec::new();
        for account in &accounts::ACCOUNTS {
            let hash = identity::account_by_email(db, account.email)?.and_then(|known| known.password);
            open.extend(hash.map(|hash| (account.email, hash)));
        }
        Ok::<_, StoreError>(open)
    })?;
    let open: Vec<&str> = open.iter().filter(|(_, hash)| passwords.fits(accounts::PASSWORD, hash)).map(|(email, _)| *email).collect();
    if open.is_empty() {
        return Ok(());
    }
    Err(format!(
        "everybody knows the password of the demo accounts that are here: {}. Start in production with a --data-dir (and a database) \
         of its own, or lock each with `kazi admin reset-password --lock --email …`",
        open.join(", ")
    )
    .into())
}
