//! `kazi admin`: what the operator of a server does to accounts and keys.

use super::Outcome;
use crate::identity::secret;
use crate::settings::Place;
use crate::state::new_id;
use clap::{Args, Subcommand};
use kazi_core::Instant;
use kazi_core::codes::Language;
use kazi_core::identity::{StaffRole, normal_email};
use kazi_store::identity::{self, MailedFor, NewPerson};
use kazi_store::{Db, StoreError};

#[derive(Debug, Args)]
pub struct Admin {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    place: Place,
    /// Address that people type; the printed links bear it.
    #[arg(long, env = "KAZI_PUBLIC_URL", default_value = "http://127.0.0.1:8080", global = true)]
    public_url: String,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Makes somebody staff, with a new account where there is none, and prints a link to choose a password.
    CreateStaff {
        #[arg(long)]
        email: String,
        /// admin, moderator or steward.
        #[arg(long)]
        role: StaffRole,
        #[arg(long)]
        name: Option<String>,
        /// Language of e-mails to this person.
        #[arg(long, default_value = "en")]
        language: Language,
    },
    /// Prints a link to choose a new password.
    ResetPassword {
        #[arg(long)]
        email: String,
        /// Makes the present password good no more at once, and signs the person out.
        #[arg(long)]
        lock: bool,
    },
    /// Makes servers sign access tokens with new keys, within half a minute; tokens of the old are good until they expire.
    RotateKeys,
}

pub fn run(admin: Admin) -> Outcome {
    crate::settings::private_folder(&admin.place.data_dir)?;
    let store = admin.place.open()?;
    store.migrate()?;
    let now: Instant = chrono::Utc::now().into();
    let site = admin.public_url.trim_end_matches('/').to_owned();
    match admin.what {
        What::CreateStaff { email, role, name, language } => {
            let (email, token) = (normal_email(&email), secret::new_secret());
            let hash = secret::hash(&token);
            let address = email.clone();
            let fresh = store.write_now(move |db| create_staff(db, &address, role, name, language, &hash, now))?;
            println!("{email} is {role} now.");
            if fresh {
                println!("Choose a password within a day: {site}/reset?token={token}");
            }
        }
        What::ResetPassword { email, lock } => {
            let (email, token) = (normal_email(&email), secret::new_secret());
            let hash = secret::hash(&token);
            store.write_now(move |db| {
                let account = identity::account_by_email(db, &email)?
                    .ok_or_else(|| StoreError::from(kazi_core::problem::Refusal::not_found("account")))?;
                if lock {
                    identity::lock(db, account.id, now)?;
                }
                identity::give(db, account.id, MailedFor::PasswordReset, &hash, now, now.plus(chrono::Duration::days(1)))
            })?;
            println!("Choose a password within a day: {site}/reset?token={token}");
        }
        What::RotateKeys => {
            let retired = store.write_now(move |db| identity::retire_keys_but(db, "", now))?;
            println!("{retired} keys retired; running servers make new ones within half a minute.");
        }
    }
    Ok(())
}

/// True when the account is new or has no password yet.
fn create_staff(
    db: &mut Db,
    email: &str,
    role: StaffRole,
    name: Option<String>,
    language: Language,
    hash: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let known = identity::account_by_email(db, email)?;
    let (id, fresh) = match known {
        Some(account) => (account.id, account.password.is_none()),
        None => {
            let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or(email).to_owned());
            let new = NewPerson { id: new_id(), email: email.to_owned(), name, language, password: None };
            (identity::register(db, &new, now)?, true)
        }
    };
    identity::confirm(db, id, now)?;
    identity::set_staff(db, id, Some(role), now, None)?;
    if fresh {
        identity::give(db, id, MailedFor::PasswordReset, hash, now, now.plus(chrono::Duration::days(1)))?;
    }
    Ok(fresh)
}
