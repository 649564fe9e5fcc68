//! `cargo xtask run`: from a fresh clone to Kazi in the browser.

use crate::{Result, build, server, workspace};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A debug build is the default: after the first time an edit shows within seconds, and on one's own machine the
/// larger download costs nothing. `--release` is what users get.
#[derive(clap::Args)]
pub struct Options {
    /// Build as it is shipped: small and fast, slower to build
    #[arg(long)]
    release: bool,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,
    /// Where the data live; a fresh folder is filled with the fictional demo
    #[arg(long, default_value = "data")]
    data_dir: PathBuf,
    /// Do not open a browser
    #[arg(long)]
    no_browser: bool,
}

pub fn run(options: &Options) -> Result {
    if std::net::TcpListener::bind(options.listen).is_err() {
        return Err(format!("something listens on {} already; choose another with --listen 127.0.0.1:8090", options.listen));
    }
    println!("1/4 the app (the first time takes some minutes)");
    build::app(options.release)?;
    println!("2/4 the server (the first time takes some minutes)");
    let kazi = build::kazi(options.release)?;

    let data = workspace::root().join(&options.data_dir);
    // Empty until the demo is in, so that an interrupted first run is taken up again, and a folder of somebody's own is left alone.
    let accounts = data.join("demo-accounts.txt");
    let begun = std::fs::read_to_string(&accounts).map_or(!data.join("kazi.db").exists(), |said| said.is_empty());
    let fresh = begun && std::env::var_os("KAZI_DATABASE_URL").is_none();
    std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    if fresh {
        std::fs::write(&accounts, "").map_err(|error| format!("{}: {error}", accounts.display()))?;
    }
    println!("3/4 the database in {}", data.display());
    server::kazi(&kazi, &data, &["migrate"])?;
    if fresh {
        println!("    filling it with fictional organisations");
        let said = server::kazi(&kazi, &data, &["demo"])?;
        std::fs::write(&accounts, said).map_err(|error| format!("{}: {error}", accounts.display()))?;
    }

    println!("4/4 Kazi");
    let address = format!("http://{}", options.listen);
    let mut process = Command::new(&kazi)
        .arg("serve")
        .env("KAZI_LISTEN", options.listen.to_string())
        .env("KAZI_DATA_DIR", &data)
        .env("KAZI_PUBLIC_URL", &address)
        .current_dir(workspace::root())
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", kazi.display()))?;
    let began = Instant::now();
    while server::get(options.listen.port(), "/healthz").map(|(status, _)| status) != Ok(200) {
        if let Ok(Some(status)) = process.try_wait() {
            return Err(format!("kazi serve ended: {status}"));
        }
        if began.elapsed() > Duration::from_secs(60) {
            let _ = process.kill();
            return Err("kazi serve did not answer within a minute".into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    println!("\nKazi is at {address}");
    println!("Its mail lies in {}", data.join("outbox").display());
    if let Ok(said) = std::fs::read_to_string(&accounts) {
        println!("{}", said.trim_end());
    }
    println!("Ctrl-C ends it.\n");
    let seen = cfg!(target_os = "macos") || std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if !options.no_browser && seen {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        let _ = Command::new(opener).arg(&address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    }
    let status = process.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("kazi serve ended: {status}")) }
}
