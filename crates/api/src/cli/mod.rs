//! The commands of the one binary.

mod serve;

use crate::settings::{Place, Settings};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Kazi, the open platform for Impact Sourcing.
#[derive(Parser)]
#[command(name = "kazi", version, about)]
struct Kazi {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the app and the API.
    Serve(Box<Settings>),
    /// Brings the database up to date.
    Migrate(Place),
    /// Prints the API's OpenAPI document.
    Openapi,
}

pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

pub fn run() -> ExitCode {
    let outcome = match Kazi::parse().command {
        Command::Serve(settings) => serve::run(*settings),
        Command::Migrate(place) => migrate(&place),
        Command::Openapi => openapi(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kazi: {error}");
            ExitCode::FAILURE
        }
    }
}

fn migrate(place: &Place) -> Outcome {
    std::fs::create_dir_all(&place.data_dir)?;
    let ran = place.open()?.migrate()?;
    println!("{} migrations ran", ran.len());
    Ok(())
}

fn openapi() -> Outcome {
    println!("{}", crate::app::document().to_pretty_json()?);
    Ok(())
}
