//! The matching index against the sum of the bytes that it reads, and beside what numpy and scikit-criteria need on the same
//! machine right afterwards.

use super::told;
use crate::{Result, process, tools, workspace};
use std::process::Command;
use std::time::Duration;

const COMPARE: &str = "crates/core/benches/compare";
const LIMIT: Duration = Duration::from_secs(2400);
/// Both read every candidate and keep the best fifty.
const OURS: &str = "matching.search_1m_no_filter";

pub fn run() -> Result<bool> {
    let python = tools::python(&format!("{COMPARE}/requirements.txt"))?;
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "--package", "kazi-core", "--bench", "matching"]).current_dir(workspace::root());
    let ours = process::run("the matching benchmark", LIMIT, &mut cargo)?;
    let mut times = told(&ours.output);
    if !times.contains_key(OURS) {
        ours.check()?;
        return Err(format!("the matching benchmark said nothing of {OURS}"));
    }
    let mut compare = Command::new(python.join("python"));
    compare.arg(format!("{COMPARE}/compare.py")).current_dir(workspace::root());
    let theirs = process::run("numpy and scikit-criteria", LIMIT, &mut compare)?.check()?;
    let others = told(&theirs);
    let mine = times.remove(OURS).unwrap_or_default();
    for (name, time) in others {
        println!("compared {OURS} to {name}: {:.3} ({mine:.2} ms and {time:.2} ms)", mine / time);
    }
    Ok(ours.success)
}
