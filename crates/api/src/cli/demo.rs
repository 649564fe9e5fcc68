//! `kazi demo`: made-up organisations and accounts for trying the platform out, or for load.

use super::Outcome;
use crate::demo::{self, accounts};
use crate::identity::{MEMORY_KIB, Passwords};
use crate::settings::{Mode, Place};
use clap::Args;
use std::io::Write;

#[derive(Args)]
pub struct Wanted {
    #[command(flatten)]
    place: Place,
    /// Providers to list, up to a million.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    organisations: u64,
    /// The same seed gives the same organisations.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, env = "KAZI_MODE", value_enum, default_value_t = Mode::Development)]
    mode: Mode,
}

pub fn run(wanted: &Wanted) -> Outcome {
    if wanted.mode == Mode::Production {
        return Err("demo content is not for production".into());
    }
    crate::settings::private_folder(&wanted.place.data_dir)?;
    let store = wanted.place.open()?;
    store.migrate()?;
    let at = chrono::Utc::now().into();
    let made = demo::list_providers(&store, wanted.seed, wanted.organisations, at, |done| {
        if wanted.organisations > 10_000 {
            eprint!("\r{done} of {} organisations", wanted.organisations);
            let _ = std::io::stderr().flush();
        }
    })?;
    if wanted.organisations > 10_000 {
        eprintln!();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let hash = runtime.block_on(Passwords::new(MEMORY_KIB)?.hash(accounts::PASSWORD.into()))?;
    let seed = wanted.seed;
    store.write_now(move |db| accounts::make_all(db, seed, &hash, at))?;
    println!("{made} fictional organisations listed, {} were there.", wanted.organisations - made);
    println!("Demo accounts, all with the password {}", accounts::PASSWORD);
    for account in &accounts::ACCOUNTS {
        println!("  {:24} {}", account.email, account.role);
    }
    Ok(())
}
