//! Builds the two things that are shipped: the app for the browser, and the binary `kazi` that carries it.

use crate::{Result, parts, process, tools, workspace};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(2400);

/// Trunk's build of frontend/ into dist/; a release one in parts, with their compressed twins.
pub fn app(release: bool) -> Result {
    tools::for_the_app()?;
    let mut trunk = tools::command("trunk");
    trunk.arg("build");
    if release {
        trunk.args(["--release", "--features", "parts"]);
    }
    // trunk reads NO_COLOR as true/false and fails on the usual 1
    trunk.env_remove("NO_COLOR");
    process::run(if release { "building the app (release)" } else { "building the app (debug)" }, LIMIT, &mut trunk)?.check()?;
    if release { parts::cut() } else { Ok(()) }
}

/// The binary; its path.
pub fn kazi(release: bool) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "kazi-api", "--bin", "kazi"]).current_dir(workspace::root());
    if release {
        cargo.arg("--release");
    }
    process::run(if release { "building kazi (release)" } else { "building kazi (debug)" }, LIMIT, &mut cargo)?.check()?;
    Ok(workspace::target().join(if release { "release" } else { "debug" }).join("kazi"))
}
