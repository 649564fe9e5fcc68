//! `cargo xtask test`: everything that must hold, quick things first. Goes on after a failed step, and ends
//! with one line, `N passed, N failed`.

mod api_description;
mod app;
mod fuzz;
mod rust;

use crate::postgres::Cluster;
use crate::{Result, tidy, workspace};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Options {
    /// Only the steps whose name contains one of these words
    only: Vec<String>,
    /// Name the steps and stop
    #[arg(long)]
    list: bool,
}

/// What a step found.
#[derive(Default)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    /// A figure worth showing beside the counts.
    pub note: String,
    /// What went wrong, for whoever has to mend it.
    pub complaint: String,
}

impl Counts {
    pub fn one() -> Counts {
        Counts { passed: 1, ..Counts::default() }
    }

    pub fn noting(mut self, note: impl Into<String>) -> Counts {
        self.note = note.into();
        self
    }
}

/// What steps share: the throwaway PostgreSQL, started by the first that needs it.
#[derive(Default)]
pub struct Shared {
    postgres: Option<Cluster>,
}

impl Shared {
    pub fn postgres(&mut self) -> Result<&Cluster> {
        if self.postgres.is_none() {
            self.postgres = Some(Cluster::start()?);
        }
        Ok(self.postgres.as_ref().expect("just started"))
    }
}

type Step = (&'static str, fn(&mut Shared) -> Result<Counts>);

const STEPS: [Step; 17] = [
    ("format", rust::format),
    ("tidy", tidy),
    ("core and client build for the browser", rust::browser_check),
    ("lint", rust::lint),
    ("lint the app", rust::lint_app),
    ("rust tests on both databases", rust::tests),
    ("app: release build within its budget", app::budget),
    ("openapi: committed equals generated", api_description::committed),
    ("openapi: Spectral", api_description::spectral),
    ("openapi: Redocly", api_description::redocly),
    ("openapi: TypeScript client compiles", api_description::typescript),
    ("openapi: Python client calls", api_description::python),
    ("openapi: schemathesis against the server as nobody", fuzz::nobody),
    ("openapi: schemathesis against the server as a buyer", fuzz::buyer),
    ("openapi: schemathesis against the server with an API key", fuzz::api_key),
    ("journeys: types", app::journey_types),
    ("journeys in a browser", app::journeys),
];

fn tidy(_: &mut Shared) -> Result<Counts> {
    let (held, broken) = tidy::check()?;
    Ok(Counts { passed: held as u64, failed: broken.len() as u64, complaint: broken.join("\n"), ..Counts::default() })
}

pub fn run(options: &Options) -> ExitCode {
    let chosen = |name: &str| options.only.is_empty() || options.only.iter().any(|word| name.contains(word.as_str()));
    let steps: Vec<&Step> = STEPS.iter().filter(|(name, _)| chosen(name)).collect();
    if options.list {
        steps.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
    if steps.is_empty() {
        eprintln!("no step is called that; `cargo xtask test --list` names them");
        return ExitCode::FAILURE;
    }
    let began = Instant::now();
    let (mut shared, mut passed, mut failed) = (Shared::default(), 0, 0);
    for (number, (name, step)) in steps.iter().enumerate() {
        println!("[{}/{}] {name}", number + 1, steps.len());
        let at = Instant::now();
        let counts = step(&mut shared).unwrap_or_else(|complaint| Counts { failed: 1, complaint, ..Counts::default() });
        passed += counts.passed;
        failed += counts.failed;
        if !counts.complaint.is_empty() {
            println!("{}", counts.complaint);
        }
        let mark = if counts.failed == 0 { "ok" } else { "FAILED" };
        let note = if counts.note.is_empty() { String::new() } else { format!(", {}", counts.note) };
        println!("    {mark}: {} passed, {} failed{note}  ({})", counts.passed, counts.failed, spoken(at.elapsed()));
    }
    drop(shared);
    println!("\nwhole run: {}", spoken(began.elapsed()));
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f32();
    if seconds < 90.0 { format!("{seconds:.1} s") } else { format!("{:.1} min", seconds / 60.0) }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(workspace::root());
    cargo
}

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}
