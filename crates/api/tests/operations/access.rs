//! Every operation of the document, tried by everybody: nobody, a stranger, members of each role, staff,
//! partners' keys. What each gets is in `access.txt`, one line an operation; an operation without a line
//! fails. `BLESS=1 cargo test -p kazi-api --test access` writes it anew; the diff is what to review.

use crate::support;

use kazi_api::openapi;
use kazi_core::identity::{MemberRole, Scope, StaffRole};
use kazi_core::ids::OrganisationId;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use support::{Actor, Kazi, on_each_database};

const ACTORS: [&str; 11] =
    ["nobody", "stranger", "member", "editor", "owner", "steward", "moderator", "admin", "key", "key-bare", "other-key"];

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
];

/// What ends the caller's session or account: tried by people made for it.
const ENDS_THE_CALLER: &[&str] = &["delete_me", "delete_session", "delete_all_sessions"];

const MULTIPART: &str = "multipart/form-data; boundary=kazi";
const UPLOAD: &str = "--kazi\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                      A note.\r\n--kazi--\r\n";

struct Operation {
    id: String,
    method: String,
    path: String,
    stated: Value,
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

struct World<'k> {
    kazi: &'k Kazi,
    people: BTreeMap<&'static str, Actor<'k>>,
    other: OrganisationId,
    /// The provider that inquiries go to.
    asked: OrganisationId,
    other_key: String,
    victim: Actor<'k>,
}

impl<'k> World<'k> {
    async fn new(kazi: &'k Kazi) -> Self {
        let mut people = BTreeMap::new();
        for name in ["stranger", "member", "editor", "owner", "claimant", "other-owner"] {
            people.insert(name, kazi.person(&format!("{name}@access.example")).await);
        }
        for (name, role) in [("steward", StaffRole::Steward), ("moderator", StaffRole::Moderator), ("admin", StaffRole::Admin)] {
            people.insert(name, kazi.staff(role).await);
        }
        let other = kazi.provider("Another", json!({})).await;
        let asked = kazi.provider("Asked", json!({})).await;
        let mut world = Self { kazi, people, other, asked, other_key: String::new(), victim: kazi.person("victim@access.example").await };
        world.add(other, "other-owner", MemberRole::Owner).await;
        world.other_key = world.key(&world.people["other-owner"], other, Scope::ALL).await;
        world
    }

    async fn add(&self, organisation: OrganisationId, name: &str, role: MemberRole) {
        self.add_person(organisation, self.people[name].person_id(), role).await;
    }

    async fn add_person(&self, organisation: OrganisationId, person: kazi_core::ids::PersonId, role: MemberRole) {
        let now = self.kazi.state.now();
        let added = move |db: &mut kazi_store::Db| kazi_store::identity::add_member(db, organisation, person, role, now, None);
        self.kazi.state.store.write(added).await.expect("a membership");
    }

    async fn key(&self, owner: &Actor<'_>, organisation: OrganisationId, scopes: &[Scope]) -> String {
        let new = json!({ "name": "A partner", "scopes": scopes });
        let made = owner.post(&format!("/api/v1/organisations/{organisation}/api-keys"), new).await.expect(201);
        made.body["secret"].as_str().expect("a secret").to_owned()
    }

    /// A fresh organisation with its members, and what the address of the operation names within it.
    async fn things(&self, operation: &Operation) -> BTreeMap<String, String> {
        let kazi = self.kazi;
        let mut both = support::providers::provider("Ours", json!({}));
        both["kinds"] = json!(["issp", "buyer"]);
        let organisation = kazi.organisation(both).await;
        for (name, role) in [("member", MemberRole::Member), ("editor", MemberRole::Editor), ("owner", MemberRole::Owner)] {
            self.add(organisation, name, role).await;
        }
        self.add_person(organisation, self.victim.person_id(), MemberRole::Member).await;
        let owner = &self.people["owner"];
        let made = async |actor: &Actor<'_>, path: &str, body: Value| actor.post(path, body).await.expect(201).id();
        let here = format!("/api/v1/organisations/{organisation}");
        let mut things = BTreeMap::from([("organisation".to_owned(), organisation.to_string())]);
        let path = operation.path.trim_start_matches("/api/v1");
        if let Some(rest) = path.strip_prefix("/organisations") {
            things.insert("id".into(), organisation.to_string());
            if path.ends_with("/claims") {
                let listing = kazi.unclaimed(support::providers::provider("Listed", json!({}))).await;
                things.insert("id".into(), listing.to_string());
            }
            if rest.contains("{slug}") {
                let slug = kazi.nobody().get(&here).await.expect(200).body["slug"].as_str().expect("a slug").to_owned();
                things.insert("slug".into(), slug);
            }
            if rest.contains("{invitation}") {
                let new = json!({ "email": "ben@access.example", "role": "editor", "language": "en" });
                things.insert("invitation".into(), made(owner, &format!("{here}/invitations"), new).await);
            }
            if rest.contains("{key}") {
                let new = json!({ "name": "A partner", "scopes": ["directory.read"] });
                let made = owner.post(&format!("{here}/api-keys"), new).await.expect(201).body;
                let id = made["id"].as_str().or_else(|| made["key"]["id"].as_str()).expect("an id");
                things.insert("key".into(), id.to_owned());
            }
        } else if path.starts_with("/needs") {
            let wanted = json!({ "title": "Labels", "service_line": "data_annotation", "visibility": "invited" });
            let new = json!({ "organisation": organisation, "wanted": wanted, "state": "open" });
            things.insert("id".into(), made(owner, "/api/v1/needs", new).await);
            things.insert("organisation_id".into(), self.other.to_string());
            if operation.method == "DELETE" && path.contains("shortlist") {
                let entry = format!("/api/v1/needs/{}/shortlist/{}", things["id"], self.other);
                owner.send(owner.request("PUT", &entry).json(&json!({}))).await;
            }
        } else if path.starts_with("/claims/") {
            let listing = kazi.unclaimed(support::providers::provider("Listed", json!({}))).await;
            let evidence = json!({ "evidence": "I head operations there; our team page shows me.", "work_email": "ada@example.org", "link": "https://example.org/team" });
            things.insert("id".into(), made(&self.people["claimant"], &format!("/api/v1/organisations/{listing}/claims"), evidence).await);
        } else if path.starts_with("/imports/") {
            let steward = &self.people["steward"];
            let new = steward.request("POST", "/api/v1/imports?file_name=list.csv").header("Content-Type", "text/csv");
            let import = steward.send(new.body("name,country_hq\nTujenge Data,KE\n")).await.expect(201).id();
            if path.ends_with("/undo") {
                steward.send(steward.request("POST", &format!("/api/v1/imports/{import}/apply"))).await;
            }
            things.insert("id".into(), import);
        } else if path.starts_with("/inquiries/") || path.starts_with("/threads/") || path.starts_with("/attachments/") {
            let new = json!({
                "organisation": organisation, "subject": "Labels", "providers": [self.asked], "reply_by": (chrono::Utc::now() + chrono::Duration::days(30)).to_rfc3339(),
                "questions": [{ "text": "How many people?", "kind": "number", "required": true }]
            });
            let inquiry = made(owner, "/api/v1/inquiries", new).await;
            let here = format!("/api/v1/inquiries/{inquiry}");
            let id = if path.starts_with("/threads/") {
                let threads = owner.get(&format!("{here}/threads")).await.expect(200).body;
                threads["items"][0]["id"].as_str().expect("a thread").to_owned()
            } else if path.starts_with("/attachments/") {
                let upload = owner.request("POST", &format!("{here}/attachments")).header("Content-Type", MULTIPART).body(UPLOAD);
                owner.send(upload).await.expect(201).id()
            } else {
                inquiry
            };
            things.insert("id".into(), id);
        } else if path.starts_with("/staff") {
            things.insert("id".into(), self.people["claimant"].person_id().to_string());
        }
        things.insert("person".into(), self.victim.person_id().to_string());
        things
    }

    /// What this actor gets.
    async fn attempt(&self, operation: &Operation, name: &str) -> u16 {
        let things = self.things(operation).await;
        let organisation = things["organisation"].parse::<OrganisationId>().expect("an id");
        let kazi = self.kazi;
        let fresh;
        let actor = match name {
            "nobody" => &kazi.nobody(),
            "key" => &kazi.bearer(self.key(&self.people["owner"], organisation, Scope::ALL).await),
            "key-bare" => &kazi.bearer(self.key(&self.people["owner"], organisation, &[Scope::EventsRead]).await),
            "other-key" => &kazi.bearer(self.other_key.clone()),
            _ if ENDS_THE_CALLER.contains(&operation.id.as_str()) => {
                fresh = kazi.person(&format!("{}@access.example", kazi_api::state::new_id::<OrganisationId>())).await;
                &fresh
            }
            name => &self.people[name],
        };
        let mut path = operation.path.clone();
        for (thing, id) in &things {
            path = path.replace(&format!("{{{thing}}}"), id);
        }
        assert!(!path.contains('{'), "{}: things() does not know what {path} names", operation.id);
        let stated = resolved(&operation.stated["parameters"]);
        let required = stated.iter().filter(|p| p["in"] == "query" && p["required"] == true);
        let query: Vec<(String, String)> = required
            .map(|p| {
                let name = p["name"].as_str().unwrap_or_default().to_owned();
                let example = p.get("example").or(p["schema"].get("example")).and_then(Value::as_str).unwrap_or("text");
                (name.clone(), things.get(&name).cloned().unwrap_or_else(|| example.to_owned()))
            })
            .collect();
        let mut request = actor.request(&operation.method, &path).query(&query);
        if stated.iter().any(|p| p["name"] == "If-Match") {
            request = request.header("If-Match", "\"v1\"");
        }
        if let Some((media, body)) = operation.stated["requestBody"]["content"].as_object().and_then(|c| c.iter().next()) {
            let mut example = body["example"].clone();
            for (field, id) in [("organisation", organisation), ("into", self.other), ("other", self.other)] {
                if example.get(field).is_some() {
                    example[field] = json!(id);
                }
            }
            if example.get("providers").is_some() {
                example["providers"] = json!([self.asked]);
            }
            if operation.id == "create_organisation" {
                example = json!({ "name": format!("Of {name} {organisation}"), "kinds": ["issp"] });
            }
            request = if media == "multipart/form-data" {
                request.header("Content-Type", MULTIPART).body(UPLOAD)
            } else {
                request.header("Content-Type", media).body(example.as_str().map_or_else(|| example.to_string(), str::to_owned))
            };
        }
        actor.send(request).await.status
    }
}

/// The parameters, with shared ones in place of their references.
fn resolved(parameters: &Value) -> Vec<Value> {
    let list = parameters.as_array().into_iter().flatten();
    list.map(|p| match p["$ref"].as_str() {
        Some(target) => openapi::document().pointer(target.trim_start_matches('#')).cloned().unwrap_or_default(),
        None => p.clone(),
    })
    .collect()
}

#[actix_web::test]
async fn everybody_gets_what_the_table_says() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/access.txt");
    on_each_database(async |kazi| {
        let world = World::new(kazi).await;
        let operations = operations();
        let wide = operations.iter().map(|o| o.id.len()).max().unwrap_or_default();
        let mut table = format!("What each operation answers to whom. The thing asked for belongs to one organisation.\n\n{:wide$}", "");
        for name in ACTORS {
            let _ = write!(table, "  {name}");
        }
        table.push('\n');
        for operation in &operations {
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
