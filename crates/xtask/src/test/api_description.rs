//! The API's description is true, well made, and usable by the generators that integrators have.

use super::{Counts, Shared, minutes};
use crate::server::{self, Server};
use crate::{Result, build, openapi, process, tools, workspace};
use std::process::Command;

pub(super) const DOCUMENT: &str = "api-spec/openapi.json";
pub(super) const REQUIREMENTS: &str = "api-spec/requirements.txt";

pub fn committed(_: &mut Shared) -> Result<Counts> {
    openapi::check()?;
    Ok(Counts { passed: 2, ..Counts::default() })
}

pub fn spectral(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    let mut spectral = tools::command("spectral");
    spectral.args(["lint", DOCUMENT, "api-spec/openapi-3.0.json", "--ruleset", "api-spec/spectral.yaml", "--fail-severity", "warn"]);
    process::run("Spectral", minutes(5), &mut spectral)?.check()?;
    Ok(Counts::one())
}

pub fn redocly(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    let mut redocly = tools::command("redocly");
    redocly
        .args(["lint", DOCUMENT, "--config", "api-spec/redocly.yaml"])
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    process::run("Redocly", minutes(5), &mut redocly)?.check()?;
    Ok(Counts::one())
}

pub fn typescript(_: &mut Shared) -> Result<Counts> {
    tools::node_modules()?;
    let out = workspace::scratch().join("typescript");
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let types = out.join("kazi.ts");
    let mut generate = tools::command("openapi-typescript");
    generate.arg(DOCUMENT).arg("-o").arg(&types);
    process::run("openapi-typescript", minutes(5), &mut generate)?.check()?;
    let mut compile = tools::command("tsc");
    compile.args(["--strict", "--noEmit", "--target", "es2022", "--moduleResolution", "bundler", "--module", "es2022"]).arg(&types);
    process::run("tsc of the TypeScript client", minutes(5), &mut compile)?.check()?;
    Ok(Counts::one())
}

/// A server on fresh embedded data with the demo in it.
pub(super) fn demo_server(environment: &[(&str, &str)]) -> Result<(Server, tempfile::TempDir)> {
    let kazi = build::kazi(false)?;
    let data = tempfile::Builder::new().prefix("kazi-test-").tempdir().map_err(|error| error.to_string())?;
    server::kazi(&kazi, data.path(), &["migrate"])?;
    server::kazi(&kazi, data.path(), &["demo", "--organisations", "40"])?;
    Ok((Server::start(&kazi, data.path(), environment)?, data))
}

pub fn python(_: &mut Shared) -> Result<Counts> {
    let bin = tools::python(REQUIREMENTS)?;
    let out = workspace::scratch().join("python-client");
    let mut generate = Command::new(bin.join("openapi-python-client"));
    generate
        .args(["generate", "--overwrite", "--meta", "none", "--fail-on-warning", "--path", DOCUMENT, "--output-path"])
        .arg(out.join("kazi_client"));
    // it formats what it wrote with ruff, which comes with it
    generate.env("PATH", tools::path_with(&bin));
    process::run("openapi-python-client", minutes(10), generate.current_dir(workspace::root()))?.check()?;
    let (server, _data) = demo_server(&[])?;
    let mut call = Command::new(bin.join("python"));
    call.arg(workspace::root().join("api-spec/python_call.py")).arg(server.address()).env("PYTHONPATH", &out);
    process::run("a call by the Python client", minutes(2), &mut call)?.check()?;
    Ok(Counts { passed: 2, ..Counts::default() })
}
