//! The commands of the one binary.

mod admin;
mod backup;
mod demo;
mod import;
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
    /// Staff, passwords, keys.
    Admin(admin::Admin),
    /// Keeps the database and the attachments in one file.
    Backup(backup::Target),
    /// Puts a backup into an empty place, on either kind of database.
    Restore(backup::Target),
    /// Lists organisations from a CSV or XLSX file.
    Import(import::Source),
    /// Lists made-up organisations and makes accounts to try the platform out with.
    Demo(demo::Wanted),
    /// Prints the API's OpenAPI document.
    Openapi(openapi::Rendering),
}

pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

pub fn run() -> ExitCode {
    let outcome = match Kazi::parse().command {
        Command::Serve(settings) => serve::run(*settings),
        Command::Migrate(place) => migrate::run(&place),
        Command::Admin(admin) => admin::run(admin),
        Command::Backup(target) => backup::backup(&target),
        Command::Restore(target) => backup::restore(&target),
        Command::Import(source) => import::run(&source),
        Command::Demo(wanted) => demo::run(&wanted),
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
