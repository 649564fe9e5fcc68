//! The commands of the one binary.

mod migrate;
mod openapi;
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
    Openapi(openapi::Rendering),
}

pub type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

pub fn run() -> ExitCode {
    let outcome = match Kazi::parse().command {
        Command::Serve(settings) => serve::run(*settings),
        Command::Migrate(place) => migrate::run(&place),
        Command::Openapi(rendering) => openapi::run(rendering),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kazi: {error}");
            ExitCode::FAILURE
        }
    }
}
