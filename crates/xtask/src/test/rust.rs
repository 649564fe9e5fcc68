//! The steps that cargo can do: format, lints, the browser's check, the tests on both databases.

use super::{Counts, Shared, cargo, minutes};
use crate::{Result, process, tools};

pub fn format(_: &mut Shared) -> Result<Counts> {
    let done = process::run("formatting", minutes(5), &mut cargo(&["fmt", "--all", "--", "--check", "--files-with-diff"]))?;
    if done.success {
        return Ok(Counts::one());
    }
    let root = crate::workspace::root().display().to_string() + "/";
    Err(format!("not formatted; run `cargo fmt --all`:\n{}", done.tail(60).replace(&root, "")))
}

pub fn lint(_: &mut Shared) -> Result<Counts> {
    let mut clippy = cargo(&["clippy", "--quiet", "--workspace", "--exclude", "kazi-web", "--all-targets", "--", "-D", "warnings"]);
    process::run("clippy", minutes(40), &mut clippy)?.check()?;
    Ok(Counts::one())
}

pub fn lint_app(_: &mut Shared) -> Result<Counts> {
    tools::wasm_target()?;
    let mut clippy = cargo(&["clippy", "--quiet", "--package", "kazi-web", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    process::run("clippy of the app", minutes(30), &mut clippy)?.check()?;
    Ok(Counts::one())
}

/// Core is pure and the client's browser transport stands without the native one.
pub fn browser_check(_: &mut Shared) -> Result<Counts> {
    tools::wasm_target()?;
    let wasm = ["--quiet", "--target", "wasm32-unknown-unknown"];
    process::run("checking core for wasm", minutes(20), cargo(&["check", "--package", "kazi-core"]).args(wasm))?.check()?;
    let mut client = cargo(&["check", "--package", "kazi-client", "--no-default-features", "--features", "browser"]);
    process::run("checking client for wasm", minutes(20), client.args(wasm))?.check()?;
    Ok(Counts { passed: 2, ..Counts::default() })
}

pub fn tests(shared: &mut Shared) -> Result<Counts> {
    let postgres = shared.postgres()?;
    let mut test = cargo(&["test", "--workspace", "--exclude", "kazi-web", "--no-fail-fast"]);
    test.env("KAZI_TEST_POSTGRES", postgres.url());
    let done = process::run("rust tests", minutes(45), &mut test)?;
    let counts = count(&done.output);
    if !done.success && counts.failed == 0 {
        return Err(format!("the tests did not build or did not end:\n{}\n  whole log: {}", done.tail(80), done.log.display()));
    }
    let made = postgres.databases_made();
    if made == 0 {
        return Err("no test made a database on PostgreSQL: they ran on SQLite only".into());
    }
    let counts = counts.noting(format!("{made} of them with a PostgreSQL database of their own"));
    let complaint =
        if counts.failed == 0 { String::new() } else { format!("{}\n  whole log: {}", failures(&done.output), done.log.display()) };
    Ok(Counts { complaint, ..counts })
}

/// Adds up the `test result:` lines of a cargo test run. An ignored test is one that does not hold.
fn count(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines().filter(|line| line.starts_with("test result:")) {
        let figure = |word: &str| -> u64 {
            let before = line.split(word).next().unwrap_or_default();
            before.split_whitespace().next_back().and_then(|figure| figure.parse().ok()).unwrap_or(0)
        };
        counts.passed += figure(" passed");
        counts.failed += figure(" failed");
        counts.failed += figure(" ignored");
    }
    counts
}

/// The sections that tell why tests failed.
fn failures(output: &str) -> String {
    let mut told = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        match line {
            "failures:" => inside = !inside,
            _ if line.starts_with("test result:") => inside = false,
            _ => {}
        }
        if inside || line.ends_with("FAILED") || line.starts_with("error: test failed") {
            told.push(format!("  | {line}"));
        }
    }
    told.truncate(200);
    told.join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_added_up() {
        let counts = super::count(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\nx\ntest result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured",
        );
        assert_eq!((counts.passed, counts.failed), (7, 4));
    }
}
