//! schemathesis against the live server: no server error, and no answer that the description does not name. As nobody, as the
//! demo's buyer and with an API key of hers, each on fresh data, about her own things.

use super::api_description::{DOCUMENT, REQUIREMENTS, demo_server};
use super::{Counts, Shared, minutes};
use crate::server::Server;
use crate::{Result, process, tools, workspace};
use serde_json::{Value, json};
use std::process::Command;

const CONFIG: &str = "api-spec/schemathesis.toml";
/// What would end the caller's own access in the middle of the run, or take away what the others are about.
const NOT_ON_HERSELF: [&str; 9] = [
    "delete_me",
    "delete_session",
    "delete_all_sessions",
    "complete_password_reset",
    "remove_member",
    "update_member",
    "revoke_api_key",
    "delete_need",
    "close_inquiry",
];
/// Seconds of each run with credentials.
const BOUND: &str = "110";

pub fn nobody(_: &mut Shared) -> Result<Counts> {
    let (server, _data) = demo_server(&[("KAZI_REQUESTS_PER_MINUTE", "0")])?;
    run(&server, CONFIG, &[])
}

pub fn buyer(_: &mut Shared) -> Result<Counts> {
    signed_in(|_, token, _| Ok(token))
}

pub fn api_key(_: &mut Shared) -> Result<Counts> {
    signed_in(|server, token, organisation| {
        let scopes = "directory.read directory.write matching.read matching.write inquiries.read inquiries.write events.read";
        let new = json!({ "name": "schemathesis", "scopes": scopes.split(' ').collect::<Vec<_>>() });
        text(&server.ask("POST", &format!("/api/v1/organisations/{organisation}/api-keys"), Some(&token), Some(&new))?["secret"])
    })
}

/// With what `credentials` makes of the buyer's access token and her organisation.
fn signed_in(credentials: impl Fn(&Server, String, &str) -> Result<String>) -> Result<Counts> {
    let (server, data) = demo_server(&[("KAZI_REQUESTS_PER_MINUTE", "0")])?;
    let session = json!({ "email": "buyer@kazi.example", "password": "try-kazi-with-this", "cookie": false });
    let token = text(&server.ask("POST", "/api/v1/identity/sessions", None, Some(&session))?["access_token"])?;
    let read = |path: &str| server.ask("GET", path, Some(&token), None);
    let organisation = text(&read("/api/v1/me")?["memberships"][0]["organisation"])?;
    let first = |path: &str| text(&read(path)?["items"][0]["id"]);
    let need = first(&format!("/api/v1/needs?organisation={organisation}"))?;
    let inquiry = first(&format!("/api/v1/inquiries?organisation={organisation}&box=sent"))?;
    let thread = first(&format!("/api/v1/inquiries/{inquiry}/threads"))?;
    let ids = [("organisations", &organisation), ("needs", &need), ("inquiries", &inquiry), ("threads", &thread)];

    // the same bounds, and the ids of things that are there
    let mut config = workspace::read(&workspace::root().join(CONFIG))?;
    for (things, id) in ids {
        config.push_str(&format!(
            "\n[[operations]]\ninclude-path-regex = '^/api/v1/{things}/\\{{id\\}}'\nparameters = {{ \"path.id\" = '{id}' }}\n"
        ));
    }
    for list in ["list_needs", "list_inquiries"] {
        config
            .push_str(&format!("\n[[operations]]\ninclude-operation-id = '{list}'\nparameters = {{ organisation = '{organisation}' }}\n"));
    }
    let file = data.path().join("schemathesis.toml");
    std::fs::write(&file, config).map_err(|error| error.to_string())?;
    let bearer = format!("Authorization: Bearer {}", credentials(&server, token.clone(), &organisation)?);
    let mut more = vec!["--header", &bearer, "--max-time", BOUND];
    more.extend(NOT_ON_HERSELF.iter().flat_map(|operation| ["--exclude-operation-id", operation]));
    run(&server, &file.to_string_lossy(), &more)
}

fn run(server: &Server, config: &str, more: &[&str]) -> Result<Counts> {
    let bin = tools::python(REQUIREMENTS)?;
    let mut run = Command::new(bin.join("schemathesis"));
    run.args(["--config-file", config, "run", DOCUMENT, "--url"])
        .arg(server.address())
        .arg("--no-color")
        .args(more)
        .current_dir(workspace::root());
    let done = process::run("schemathesis", minutes(10), &mut run)?;
    if done.success {
        let said = done.output.lines().rev().find(|line| line.contains("generated")).unwrap_or_default().trim().to_owned();
        return Ok(Counts::one().noting(said));
    }
    Err(format!("{}\n  whole log: {}", done.tail(120), done.log.display()))
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("text expected, not {value}"))
}
