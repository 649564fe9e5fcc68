//! Where things are: the workspace's root, its target folder, its files, its locked versions.

use crate::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> PathBuf {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()));
    here.ancestors().nth(2).expect("xtask lives in crates/xtask").to_path_buf()
}

pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |given| root().join(given))
}

/// Scratch that outlives a run: logs, the Python environment, reports.
pub fn scratch() -> PathBuf {
    let folder = target().join("xtask");
    let _ = std::fs::create_dir_all(&folder);
    folder
}

/// Every file that is or may become part of the repository, relative to the root.
pub fn files() -> Result<Vec<String>> {
    let listed = output(Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root()))?;
    let root = root();
    let mut files: Vec<String> =
        listed.split('\0').filter(|path| !path.is_empty() && root.join(path).is_file()).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

pub fn metadata() -> Result<serde_json::Value> {
    let text = output(Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()))?;
    serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))
}

/// The version of a package that Cargo.lock names.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = read(&root().join("Cargo.lock"))?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    let start = lock.find(&entry).ok_or_else(|| format!("Cargo.lock names no {package}"))? + entry.len();
    Ok(lock[start..].chars().take_while(|c| *c != '"').collect())
}

pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// What a short command prints; its error output when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(std::process::Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    if !done.status.success() {
        return Err(format!("{name} failed: {}", String::from_utf8_lossy(&done.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
