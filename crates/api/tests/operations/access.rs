//! Every operation of the document, tried by everybody: nobody, a stranger, somebody whose address is not confirmed, members of
//! each role, staff, partners' keys, and the provider that was asked. What each gets is in `access.txt`, one line an operation; an
//! operation without a line fails, and so does one that is done for nobody at all.
//! `BLESS=1 cargo test -p kazi-api --test operations access` writes it anew; the diff is what to review.

mod world;

use crate::support;

use kazi_api::openapi;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use support::on_each_database;
use world::World;

const ACTORS: [&str; 14] = [
    "nobody",
    "stranger",
    "unconfirmed",
    "member",
    "editor",
    "owner",
    "steward",
    "moderator",
    "admin",
    "key",
    "key-bare",
    "other-key",
    "asked",
    "asked-key",
];

/// What everybody with an account may do, as it is about their own things.
const ONES_OWN: &[&str] = &[
    "get_me",
    "update_me",
    "delete_me",
    "export_me",
    "delete_session",
    "delete_all_sessions",
    "create_organisation",
    "create_claim",
    "list_claims",
    // the invitation that is tried is to the stranger's address
    "accept_invitation",
];

/// What cannot be done here for anybody, and why.
const NEVER_DONE: &[(&str, &str)] = &[];

pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub stated: Value,
}

fn operations() -> Vec<Operation> {
    let mut list = Vec::new();
    for (path, item) in openapi::document()["paths"].as_object().expect("paths") {
        for (method, stated) in item.as_object().expect("operations") {
            let id = stated["operationId"].as_str().expect("an id").to_owned();
            list.push(Operation { id, method: method.to_uppercase(), path: path.clone(), stated: stated.clone() });
        }
    }
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list
}

#[actix_web::test]
async fn everybody_gets_what_the_table_says() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/access.txt");
    on_each_database(async |kazi| {
        let mut world = World::new(kazi).await;
        let operations = operations();
        let wide = operations.iter().map(|o| o.id.len()).max().unwrap_or_default();
        let mut table = format!("What each operation answers to whom. The thing asked for belongs to one organisation.\n\n{:wide$}", "");
        for name in ACTORS {
            let _ = write!(table, "  {name}");
        }
        table.push('\n');
        for (n, operation) in operations.iter().enumerate() {
            // On a slow machine the whole table takes longer than an access token lives.
            if n % 30 == 29 {
                world.sign_in_again().await;
            }
            let mut line = format!("{:wide$}", operation.id);
            let mut got = BTreeMap::new();
            for name in ACTORS {
                let status = world.attempt(operation, name).await;
                assert!(status < 500, "{} as {name}: {status}", operation.id);
                got.insert(name, status);
                let _ = write!(line, "  {status:>width$}", width = name.len());
            }
            let open = got["nobody"] < 300;
            for name in ["stranger", "other-key"] {
                let may = open || ONES_OWN.contains(&operation.id.as_str());
                assert!(may || got[name] >= 400, "{} is done for {name}: {line}", operation.id);
            }
            let done = got.values().any(|status| (200..300).contains(status));
            let known = NEVER_DONE.iter().find(|(id, _)| *id == operation.id);
            assert!(done != known.is_some(), "{} is {}done for somebody: {line}", operation.id, if done { "" } else { "not " });
            table.push_str(&line);
            table.push('\n');
        }
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &table).expect("the table is written");
        }
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let changed: Vec<String> = table
            .lines()
            .filter(|l| !known.lines().any(|k| k == *l))
            .map(|l| format!("+ {l}"))
            .chain(known.lines().filter(|k| !table.lines().any(|l| l == *k)).map(|k| format!("- {k}")))
            .collect();
        assert!(
            changed.is_empty(),
            "tests/access.txt says otherwise; if the change is meant, write it anew with BLESS=1:\n{}",
            changed.join("\n")
        );
    })
    .await;
}
