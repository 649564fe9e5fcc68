//! Exact figures of peer groups, computed at once and kept up, beside what DuckDB needs for the same ones from the same readings on
//! the same machine right afterwards.

use super::{ratio, told};
use crate::{Result, process, tools, workspace};
use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

const COMPARE: &str = "crates/core/benches/compare";
const LIMIT: Duration = Duration::from_secs(2400);

pub fn run() -> Result<bool> {
    let python = tools::python(&format!("{COMPARE}/peers-requirements.txt"))?;
    let folder = workspace::scratch().join("peers");
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "--package", "kazi-core", "--bench", "peers"]);
    cargo.env("KAZI_BENCH_FOLDER", &folder).current_dir(workspace::root());
    let ours = process::run("the benchmark of peer groups", LIMIT, &mut cargo)?;
    let mine = told(&ours.output);
    ours.check()?;
    let mut compare = Command::new(python.join("python"));
    compare.arg(format!("{COMPARE}/peers.py")).arg(&folder).current_dir(workspace::root());
    let theirs = process::run("DuckDB", LIMIT, &mut compare)?;
    let other = told(&theirs.output);
    theirs.check()?;
    let time = |times: &BTreeMap<String, f64>, name: &str| times.get(name).copied().unwrap_or(f64::NAN);
    let duckdb = time(&other, "compare.duckdb");
    let (fresh, served) = (time(&mine, "peers.figures_by_group"), time(&mine, "peers.kept_served"));
    println!("  at once {fresh:.1} ms, kept up {served:.3} ms, DuckDB {duckdb:.1} ms");
    let mut within = ratio("figures of peer groups, of DuckDB's time", fresh / duckdb, "at most 0.33", fresh <= duckdb / 3.0);
    within &= ratio(
        "kept figures after a change, in hundredths of DuckDB's time",
        100.0 * served / duckdb,
        "at most 1",
        served <= duckdb / 100.0,
    );
    Ok(within)
}
