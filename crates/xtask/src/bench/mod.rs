//! `cargo xtask bench`: how fast Kazi is, as ratios to something measured in the same run.

use crate::{Result, workspace};
use std::process::{Command, Stdio};

#[derive(clap::Args)]
pub struct Options {
    /// Candidates in the matching benchmark
    #[arg(long, default_value_t = 1_000_000)]
    candidates: u64,
}

pub fn run(options: &Options) -> Result {
    println!("matching: rules alone, {} candidates", options.candidates);
    cargo(&["bench", "--package", "kazi-core", "--bench", "matching"], options)?;
    println!("directory: a search against tantivy's own query");
    cargo(&["run", "--release", "--package", "kazi-api", "--example", "directory_search"], options)
}

fn cargo(args: &[&str], options: &Options) -> Result {
    let status = Command::new("cargo")
        .args(args)
        .env("KAZI_BENCH_CANDIDATES", options.candidates.to_string())
        .current_dir(workspace::root())
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", args.join(" ")).into()) }
}
