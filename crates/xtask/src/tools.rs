//! The tools that Kazi's commands need: found, or installed where that is polite, or named in one line.

use crate::{Result, process, workspace};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const TRUNK: &str = "0.21.14"; // 0.22 asks for a newer compiler than rust-toolchain.toml's
const WASM_SPLIT: &str = "0.2.4"; // reads what wasm_split_helpers of Cargo.lock (0.2) writes
const HOUR: Duration = Duration::from_secs(3600);

/// Cargo-installed tools of this clone: they outlive `cargo clean` and leave the person's own versions alone.
fn own_folder() -> PathBuf {
    workspace::root().join(".tools")
}

/// PATH with the clone's own tools first: trunk, wasm-bindgen, wasm-opt.
pub fn path() -> OsString {
    let path = path_with(&workspace::root().join("e2e/node_modules/.bin"));
    std::env::join_paths(std::iter::once(own_folder().join("bin")).chain(std::env::split_paths(&path))).unwrap_or(path)
}

/// PATH with one folder more at its front.
pub fn path_with(folder: &Path) -> OsString {
    let given = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&given))).unwrap_or(given)
}

/// A command that sees the clone's own tools, run in the root.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(resolve(program));
    command.env("PATH", path()).current_dir(workspace::root());
    command
}

/// std looks a bare name up in the parent's PATH, so look it up in ours.
fn resolve(program: &str) -> PathBuf {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file()).unwrap_or_else(|| program.into())
}

/// What the SPA's build needs: the wasm target, trunk, wasm-bindgen of the locked version, wasm-opt.
pub fn for_the_app() -> Result {
    wasm_target()?;
    cargo_tool("trunk", "trunk", TRUNK, "")?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &workspace::locked_version("wasm-bindgen")?, "")?;
    cargo_tool("wasm-split-cli", "wasm_split_cli_support", WASM_SPLIT, "build-binary")?;
    node_modules()
}

pub fn wasm_target() -> Result {
    let installed = workspace::output(Command::new("rustup").args(["target", "list", "--installed"]).current_dir(workspace::root()));
    match installed {
        // without rustup the compiler is the distribution's: the build itself will tell
        Err(_) => Ok(()),
        Ok(list) if list.contains("wasm32-unknown-unknown") => Ok(()),
        Ok(_) => {
            let mut add = Command::new("rustup");
            add.args(["target", "add", "wasm32-unknown-unknown"]).current_dir(workspace::root());
            process::run("adding the wasm target to the compiler", HOUR, &mut add)?.check().map(drop)
        }
    }
}

fn cargo_tool(program: &str, package: &str, version: &str, features: &str) -> Result {
    // cargo's own record, as not every program tells its version
    let ours =
        || std::fs::read_to_string(own_folder().join(".crates.toml")).is_ok_and(|list| list.contains(&format!("\"{package} {version} ")));
    let said =
        || workspace::output(command(program).arg("--version")).is_ok_and(|said| said.split_whitespace().any(|word| word == version));
    if ours() || said() {
        return Ok(());
    }
    println!("  installing {package} {version} into .tools (once; some minutes)");
    let install = |locked: bool| {
        let mut install = Command::new("cargo");
        install.args(["install", package, "--version", version, "--root"]).arg(own_folder());
        install.args(["--features", features]);
        if locked {
            install.arg("--locked");
        }
        // outside the workspace, so that its .cargo/config.toml does not apply
        install.current_dir(std::env::temp_dir());
        process::run(&format!("installing {package}"), HOUR, &mut install)
    };
    // some releases carry a lock file that no longer resolves: then without it
    if install(true)?.success { Ok(()) } else { install(false)?.check().map(drop) }
}

/// `npm ci` in e2e/, when its lock file is newer than what is installed.
pub fn node_modules() -> Result {
    let folder = workspace::root().join("e2e");
    let stamp = folder.join("node_modules/.package-lock.json");
    let newer = |a: &Path, b: &Path| {
        let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
        time(a) > time(b)
    };
    if stamp.is_file() && !newer(&folder.join("package-lock.json"), &stamp) {
        return Ok(());
    }
    need("npm", "Node 20 or newer with npm")?;
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(&folder);
    process::run("installing e2e's npm packages", HOUR, &mut npm)?.check()?;
    // npm keeps the stamp's old time when nothing changed
    std::fs::File::options()
        .append(true)
        .open(&stamp)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .map_err(|error| error.to_string())
}

/// A Python environment with what `requirements` (a file of the repository) pins; answers its bin folder.
pub fn python(requirements: &str) -> Result<PathBuf> {
    let file = workspace::root().join(requirements);
    let folder = workspace::scratch().join("python").join(requirements.replace(['/', '.'], "-"));
    let wanted = workspace::read(&file)?;
    let stamp = folder.join("requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|has| has == wanted) {
        return Ok(folder.join("bin"));
    }
    need("python3", "Python 3.11 or newer")?;
    let create = || workspace::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
    if create().is_err() {
        install_debian("python3-venv", "Python's venv module")?;
        create()?;
    }
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--disable-pip-version-check", "-r"]).arg(&file);
    process::run(&format!("installing the Python packages of {requirements}"), HOUR, &mut pip)?.check()?;
    std::fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    Ok(folder.join("bin"))
}

/// The browser of the journeys.
pub fn chromium() -> Result<PathBuf> {
    let found = || {
        let given = std::env::var_os("KAZI_CHROMIUM").map(PathBuf::from);
        given.into_iter().chain(["/usr/bin/chromium".into(), "/usr/bin/google-chrome".into()]).find(|path: &PathBuf| path.is_file())
    };
    if let Some(path) = found() {
        return Ok(path);
    }
    install_debian("chromium", "Chromium")?;
    found().ok_or_else(|| "there is no /usr/bin/chromium after installing it; KAZI_CHROMIUM can name another".into())
}

fn need(program: &str, what: &str) -> Result {
    if resolve(program).is_absolute() { Ok(()) } else { Err(format!("{what} is not installed, and Kazi needs it")) }
}

/// Installs a Debian package when we are root; otherwise says what to run.
pub fn install_debian(package: &str, what: &str) -> Result {
    if !process::is_root() || !Path::new("/usr/bin/apt-get").is_file() {
        return Err(format!("{what} is not installed: sudo apt-get install {package}"));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        process::run(&format!("installing {what} (apt-get {})", arguments[0]), HOUR, &mut apt)
    };
    apt(&["update"])?.check()?;
    apt(&["install", "--yes", "--no-install-recommends", package])?.check().map(drop)
}
