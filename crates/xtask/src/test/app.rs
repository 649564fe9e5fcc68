//! The app as it is shipped: its size, and journeys through it in a real browser against the real binary.

use super::{Counts, Shared, minutes};
use crate::{Result, build, process, tools, workspace};
use std::process::Command;

/// Brotli bytes that a first visit should fetch before the page works.
const GOAL: u64 = 350_000;
/// What it may fetch for now. It only ever goes down, until it meets the goal.
const BUDGET: u64 = 600_000;

pub fn budget(_: &mut Shared) -> Result<Counts> {
    build::app(true)?;
    let (total, parts) = first_load()?;
    let note = format!(
        "first load {:.1} kB brotli, allowed {} kB, goal {} kB ({})",
        total as f64 / 1000.0,
        BUDGET / 1000,
        GOAL / 1000,
        parts.join(", ")
    );
    if total > BUDGET { Err(format!("the app is too big: {note}")) } else { Ok(Counts::one().noting(note)) }
}

/// index.html and every file that it names, as their compressed twins.
fn first_load() -> Result<(u64, Vec<String>)> {
    let dist = workspace::root().join("dist");
    let index = workspace::read(&dist.join("index.html"))?;
    let (mut total, mut parts) = (0, Vec::new());
    for entry in std::fs::read_dir(&dist).map_err(|error| error.to_string())?.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = file.strip_suffix(".br") else { continue };
        if name == "index.html" || index.contains(name) {
            let bytes = entry.metadata().map_err(|error| error.to_string())?.len();
            total += bytes;
            let ending = name.rsplit('.').next().unwrap_or(name);
            parts.push(format!("{ending} {:.1}", bytes as f64 / 1000.0));
        }
    }
    if !parts.iter().any(|part| part.starts_with("wasm")) {
        return Err("dist/ has no compressed wasm that index.html names: was the post-build step skipped?".into());
    }
    parts.sort();
    Ok((total, parts))
}

pub fn journey_types(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    process::run("types of the journeys", minutes(5), tools::command("npm").args(["run", "--prefix", "e2e", "types"]))?.check()?;
    Ok(Counts::one())
}

pub fn journeys(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    let chromium = tools::chromium()?;
    if first_load().is_err() {
        build::app(true)?;
    }
    let kazi = build::kazi(false)?;
    let report = workspace::scratch().join("journeys.json");
    let _ = std::fs::remove_file(&report);
    let mut playwright: Command = tools::command("playwright");
    playwright
        .arg("test")
        .current_dir(workspace::root().join("e2e"))
        .env("KAZI_BINARY", &kazi)
        .env("KAZI_CHROMIUM", chromium)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let done = process::run("journeys in a browser", minutes(20), &mut playwright)?;
    let Ok(text) = std::fs::read_to_string(&report) else {
        return Err(format!("Playwright wrote no report:\n{}", done.tail(60)));
    };
    let report: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let figure = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    // a journey that needed a second try is not one that works
    let failed = figure("unexpected") + figure("flaky");
    let counts = Counts { passed: figure("expected"), failed, ..Counts::default() };
    if done.success && failed == 0 {
        return Ok(if figure("skipped") > 0 { counts.noting(format!("{} skipped", figure("skipped"))) } else { counts });
    }
    Ok(Counts { failed: failed.max(1), complaint: format!("{}\n  whole log: {}", done.tail(150), done.log.display()), ..counts })
}
