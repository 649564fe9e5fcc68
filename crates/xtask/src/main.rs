//! The developer's commands: `cargo xtask run`, `test`, `bench`, `openapi`, `tidy`, `room`.
//! Not for anything that a running Kazi needs: that is the binary `kazi`.

mod bench;
mod build;
mod openapi;
mod parts;
mod postgres;
mod process;
mod room;
mod run;
mod server;
mod test;
mod tidy;
mod tools;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a command gives back when it could not do its work: a sentence for the person who ran it.
pub type Result<T = ()> = std::result::Result<T, String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The developer's commands of Kazi")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// From a fresh clone to Kazi in the browser
    Run(run::Options),
    /// Everything that must hold, quick things first; ends with `N passed, N failed`
    Test(test::Options),
    /// The benchmarks, as ratios measured in one run
    Bench(bench::Options),
    /// Writes api-spec/openapi.json and api-spec/openapi-3.0.json from the code
    Openapi,
    /// The rules of the house that a machine can keep
    Tidy,
    /// Every file of a room, floor by floor, and its card
    Room {
        /// A room's name, such as matching
        name: String,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => return test::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Openapi => openapi::write(),
        Command::Tidy => tidy::run(),
        Command::Room { name } => room::print(&name),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
