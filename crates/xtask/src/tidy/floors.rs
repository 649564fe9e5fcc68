//! Floors look down only: core ← store ← api, core ← client ← frontend; and each heavy guest has one host.

use super::{Complaint, House};
use crate::Result;
use serde_json::Value;

/// Which of our own packages each may depend on. Tests of the server may use the client.
const MAY: [(&str, &[&str], &[&str]); 6] = [
    ("kazi-core", &[], &[]),
    ("kazi-store", &["kazi-core"], &[]),
    ("kazi-client", &["kazi-core"], &[]),
    ("kazi-api", &["kazi-core", "kazi-store"], &["kazi-client"]),
    ("kazi-web", &["kazi-core", "kazi-client"], &[]),
    ("xtask", &[], &[]),
];

/// Guests with one host: the package, who may name it, and why.
const HOSTS: [(&str, &str, &str); 4] = [
    ("diesel", "kazi-store", "only the store speaks SQL"),
    ("actix-web", "kazi-api", "only the api speaks HTTP as a server"),
    ("leptos", "kazi-web", "only the front end draws pages"),
    ("tantivy", "kazi-api", "the full-text index is a follower in the api"),
];

pub fn arrows(house: &House) -> Result<Vec<Complaint>> {
    const UP: &str =
        "Floors look down only: core <- store <- api, core <- client <- frontend. Move what both need down to core, or pass it in.";
    const HOST: &str =
        "Ask the floor that hosts the library for a function instead: what leaks out of its floor can never be changed alone.";
    let mut complaints = Vec::new();
    for package in house.metadata["packages"].as_array().into_iter().flatten().filter(|package| package["source"].is_null()) {
        let name = text(&package["name"]);
        let place = format!("{name}/Cargo.toml");
        let Some((_, normal, tests)) = MAY.iter().find(|(known, ..)| *known == name) else {
            complaints.push(Complaint::new(
                place,
                "a package that no floor knows",
                "Name it in crates/xtask/src/tidy/floors.rs with what it may look down on.",
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = text(&dependency["name"]);
            let test = dependency["kind"] == "dev";
            let ours = MAY.iter().any(|(known, ..)| *known == on);
            if ours && on != name && !normal.contains(&on) && !(test && tests.contains(&on)) {
                complaints.push(Complaint::new(&place, format!("depends on {on}, which is not below it"), UP));
            }
            if let Some((_, host, why)) = HOSTS.iter().find(|(guest, host, _)| *guest == on && *host != name) {
                complaints.push(Complaint::new(&place, format!("depends on {on}, but {why} ({host})"), HOST));
            }
        }
    }
    Ok(complaints)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
