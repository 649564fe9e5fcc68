//! The export of an account holds everything personal that is kept of its person, or this file says why not.

use kazi_store::backup::{self, Line};
use kazi_store::{catalogue, identity, testing};
use serde_json::{Value, json};

const HERS: &str = "0190f5fe-7c00-7a00-8000-000000000001";

/// Where each personal column is in the export.
const EXPORTED: &[(&str, &str)] = &[
    ("events.actor", "/history/0"),
    ("inquiry_messages.author", "/messages/0/text"),
    ("people.email", "/account/email"),
    ("people.name", "/account/name"),
    ("people.language", "/account/language"),
    ("sessions.person", "/sessions/0"),
    ("memberships.person", "/account/memberships/0"),
    ("invitations.email", "/invitations/0/email"),
    ("invitations.invited_by", "/invitations/0"),
    ("api_keys.made_by", "/api_keys_made/0"),
    ("claims.person", "/claims/0"),
    ("claims.work_email", "/claims/0/work_email"),
    ("claims.decided_by", "/claims_decided/0"),
    ("imports.person", "/imports/0"),
];

/// Why the rest is not.
const NOT_EXPORTED: &[(&str, &str)] = &[
    ("mailed_tokens.person", "only that a letter with a secret is out; gone with its use or after two days"),
    ("mailed_tokens.name", "what a sign-up said that nobody has confirmed, so perhaps a stranger's"),
    ("mailed_tokens.language", "the same"),
    ("distinct_pairs.person", "the event of it, in her history, says the same"),
    ("letters.recipient", "gone as soon as the letter is sent, which is the export of it"),
];

fn personal() -> Vec<String> {
    let (mut table, mut list) = ("", Vec::new());
    for line in include_str!("../columns.txt").lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.split_once(':') {
            None => table = line,
            Some(("personal", columns)) => list.extend(columns.split_whitespace().map(|column| format!("{table}.{column}"))),
            Some(_) => {}
        }
    }
    list
}

#[test]
fn every_personal_column_is_in_the_export_or_has_a_reason() {
    let known: Vec<&str> = EXPORTED.iter().chain(NOT_EXPORTED).map(|(column, _)| *column).collect();
    let personal = personal();
    let silent: Vec<_> = personal.iter().filter(|column| !known.contains(&column.as_str())).collect();
    assert!(silent.is_empty(), "put these into the export (crates/store/src/identity/own.rs) or say here why not: {silent:?}");
    let gone: Vec<_> = known.iter().filter(|column| !personal.iter().any(|p| p == *column)).collect();
    assert!(gone.is_empty(), "columns.txt does not say of these that they are personal: {gone:?}");
}

/// A row of each table, every reference to one id, so that everything is hers.
fn value(table: &str, column: &str, kind: &str) -> Value {
    match (table, column) {
        ("people", "deleted_at") => Value::Null,
        ("people", "staff") => json!("admin"),
        (_, "language") => json!("en"),
        (_, "role") => json!("owner"),
        ("claims", "state") => json!("open"),
        ("events", "kind") => json!("need.edited"),
        (_, "profile" | "provenance" | "data") => json!("{}"),
        (_, "scopes") => json!("[]"),
        (_, "email" | "work_email") => json!("ada@example.org"),
        _ => match kind {
            "boolean" => json!(true),
            "text" => json!(HERS),
            "double" | "double precision" | "real" => json!(0.5),
            _ => json!(7),
        },
    }
}

#[test]
fn the_export_holds_what_is_kept() {
    for db in testing::databases() {
        let mut lines = Vec::new();
        let mut take = |line: &Line| {
            lines.push(line.clone());
            Ok(())
        };
        db.store.read_now(|c| backup::backup(c, &mut take)).unwrap();
        lines.truncate(1);
        let tables = db.store.read_now(catalogue::tables).unwrap();
        for table in &tables {
            let row = table.columns.iter().map(|(column, kind)| (column.clone(), value(&table.name, column, kind))).collect();
            lines.push(Line::Row { table: table.name.clone(), row: Value::Object(row) });
        }
        lines.push(Line::End { rows: tables.iter().map(|table| (table.name.clone(), 1)).collect() });
        db.store.write_now(move |c| backup::restore(c, &mut lines.into_iter().map(Ok))).unwrap();
        let person = HERS.parse().unwrap();
        let export = db.store.read_now(|c| identity::export_account(c, person)).unwrap();
        for (column, pointer) in EXPORTED {
            assert!(export.pointer(pointer).is_some_and(|found| !found.is_null()), "{column} should be at {pointer} of {export:#}");
        }
    }
}
