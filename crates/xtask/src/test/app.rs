//! The app as it is shipped: its size, and journeys through it in a real browser against the real binary.

use super::{Counts, Shared, minutes};
use crate::{Result, build, parts, process, tools, workspace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Brotli bytes that a first visit may fetch before the page works.
const BUDGET: u64 = 350_000;
/// The parts of the pages that people come to from outside; the landing page is in the first part.
const FROM_OUTSIDE: [&str; 2] = ["directory", "provider"];
/// What the address of an inner page may fetch in a browser that never opened another. It only ever goes down.
const INNER: u64 = 470_000;

pub fn budget(_: &mut Shared) -> Result<Counts> {
    build::app(true)?;
    let Weight { first, parts } = weigh()?;
    let kilo = |bytes: u64| format!("{:.1}", bytes as f64 / 1000.0);
    let each: Vec<String> = parts.iter().map(|(part, bytes)| format!("{part} {}", kilo(first + bytes))).collect();
    let note = format!(
        "first load in kB of brotli: landing page {}, with a room's part {} (allowed: {} from outside, {} inside)",
        kilo(first),
        each.join(", "),
        BUDGET / 1000,
        INNER / 1000
    );
    let limit = |part: &str| if FROM_OUTSIDE.contains(&part) { BUDGET } else { INNER };
    let fits = FROM_OUTSIDE.iter().all(|part| parts.contains_key(*part)) && parts.iter().all(|(part, bytes)| first + bytes <= limit(part));
    if fits { Ok(Counts::one().noting(note)) } else { Err(format!("the app is too big: {note}")) }
}

/// What a visit fetches, in compressed bytes: what every page needs, one language of texts among it, and each room's part.
struct Weight {
    first: u64,
    parts: BTreeMap<String, u64>,
}

fn weigh() -> Result<Weight> {
    let dist = workspace::root().join("dist");
    let index = workspace::read(&dist.join("index.html"))?;
    let size = |path: PathBuf| path.metadata().map(|data| data.len()).map_err(|error| format!("{}: {error}", path.display()));
    let twins = |folder: &Path| -> Result<Vec<(String, PathBuf)>> {
        let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let named =
            entries.flatten().filter_map(|entry| Some((entry.file_name().to_string_lossy().strip_suffix(".br")?.to_owned(), entry.path())));
        Ok(named.collect())
    };
    let mut first = size(dist.join("index.html.br"))?;
    for (name, path) in twins(&dist)?.into_iter().filter(|(name, _)| index.contains(name.as_str())) {
        first += if name == "index.html" { 0 } else { size(path)? };
    }
    let folder = dist.join(parts::folder(&index)?);
    for (_, path) in twins(&folder)?.into_iter().filter(|(name, _)| name.ends_with(".js") || name.ends_with("_bg.wasm")) {
        first += size(path)?;
    }
    let mut parts = BTreeMap::new();
    for (part, files) in parts::list(&folder)? {
        let bytes: Result<u64> = files.iter().map(|file| size(folder.join(format!("{file}.br")))).sum();
        parts.insert(part, bytes?);
    }
    // one language is read at a time: the larger counts
    let languages = ["english", "french"].map(|language| parts.remove(language).unwrap_or(0));
    Ok(Weight { first: first + languages[0].max(languages[1]), parts })
}

pub fn journey_types(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    process::run("types of the journeys", minutes(5), tools::command("npm").args(["run", "--prefix", "e2e", "types"]))?.check()?;
    Ok(Counts::one())
}

pub fn journeys(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    let chromium = tools::chromium()?;
    if weigh().is_err() {
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
