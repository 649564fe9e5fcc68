//! Who tries the operations, and the things that they try them on.

use super::Operation;
use crate::support::people::PASSWORD;
use crate::support::{self, Actor, Kazi};
use kazi_api::openapi;
use kazi_core::identity::{MemberRole, Scope, StaffRole};
use kazi_core::ids::OrganisationId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What ends the caller's session or account: tried by people made for it.
const ENDS_THE_CALLER: &[&str] = &["delete_me", "delete_session", "delete_all_sessions"];

const MULTIPART: &str = "multipart/form-data; boundary=kazi";
const UPLOAD: &str = "--kazi\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                      A note.\r\n--kazi--\r\n";

/// The people, and two organisations of others beside the one that each attempt makes anew.
pub struct World<'k> {
    kazi: &'k Kazi,
    people: BTreeMap<&'static str, Actor<'k>>,
    other: OrganisationId,
    /// The provider that inquiries go to.
    asked: OrganisationId,
    other_key: String,
    asked_key: String,
    victim: Actor<'k>,
}

impl<'k> World<'k> {
    pub async fn new(kazi: &'k Kazi) -> Self {
        let mut people = BTreeMap::new();
        for name in ["stranger", "member", "editor", "owner", "claimant", "other-owner", "asked"] {
            people.insert(name, kazi.person(&format!("{name}@access.example")).await);
        }
        people.insert("unconfirmed", unconfirmed(kazi, "unconfirmed@access.example").await);
        for (name, role) in [("steward", StaffRole::Steward), ("moderator", StaffRole::Moderator), ("admin", StaffRole::Admin)] {
            people.insert(name, kazi.staff(role).await);
        }
        let other = kazi.provider("Another", json!({})).await;
        let asked = kazi.provider("Asked", json!({})).await;
        let victim = kazi.person("victim@access.example").await;
        let mut world = Self { kazi, people, other, asked, other_key: String::new(), asked_key: String::new(), victim };
        for (organisation, name) in [(other, "other-owner"), (asked, "asked")] {
            world.add(organisation, name, MemberRole::Owner).await;
        }
        world.other_key = world.key(&world.people["other-owner"], other, Scope::ALL).await;
        world.asked_key = world.key(&world.people["asked"], asked, Scope::ALL).await;
        world
    }

    /// Everybody gets a fresh token, while the old ones still tell who they are.
    pub async fn sign_in_again(&mut self) {
        let kazi = self.kazi;
        for actor in self.people.values_mut().chain([&mut self.victim]) {
            let email = actor.get("/api/v1/me").await.expect(200).body["email"].as_str().expect("an address").to_owned();
            *actor = kazi.signed_in(&email, PASSWORD).await;
        }
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
    async fn things(&self, operation: &Operation, name: &str) -> BTreeMap<String, String> {
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
            if path.ends_with("/claims") || path.ends_with("/merge") {
                let listing = kazi.unclaimed(support::providers::provider("Listed", json!({}))).await;
                things.insert("id".into(), listing.to_string());
            }
            if rest.contains("{slug}") {
                let slug = kazi.nobody().get(&here).await.expect(200).body["slug"].as_str().expect("a slug").to_owned();
                things.insert("slug".into(), slug);
            }
            if rest.contains("{invitation}") {
                let email = format!("{}@access.example", kazi_api::state::new_id::<OrganisationId>());
                let new = json!({ "email": email, "role": "editor", "language": "en" });
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
            let new =
                json!({ "organisation": organisation, "wanted": wanted, "state": if path.ends_with("/state") { "draft" } else { "open" } });
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
                "organisation": organisation, "subject": "Labels", "providers": [self.asked], "reply_by": in_a_month(),
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
        } else if path.starts_with("/readings/") {
            let figure = json!({ "metric": "permanent_employees", "period": "2026-Q3" });
            let stated = json!({ "answer": { "state": "value", "value": { "number": 40.0 } } });
            let new = json!({ "organisation": organisation, "figure": figure, "stated": stated });
            let made = owner.post("/api/v1/readings", new).await.expect(201).body;
            things.insert("id".into(), made["reading"]["id"].as_str().expect("an id").to_owned());
        } else if path.starts_with("/figures/") {
            things.insert("organisations".into(), format!("{organisation},{}", self.other));
        } else if path.starts_with("/standard/") {
            things.insert("version".into(), "1".into());
        } else if path.starts_with("/staff") {
            things.insert("id".into(), self.people["claimant"].person_id().to_string());
        }
        if let Some(token) = self.token(operation, organisation, name).await {
            things.insert("token".into(), token);
        }
        things.insert("person".into(), self.victim.person_id().to_string());
        things
    }

    /// The token that the body of the operation carries: of a fresh letter, or of a fresh session.
    async fn token(&self, operation: &Operation, organisation: OrganisationId, name: &str) -> Option<String> {
        let (kazi, nobody) = (self.kazi, self.kazi.nobody());
        let email = format!("{}@access.example", kazi_api::state::new_id::<OrganisationId>());
        Some(match operation.id.as_str() {
            "accept_invitation" => {
                // hers; for the others it is somebody else's, as one address gets only so many
                let invited = if name == "stranger" { "stranger@access.example" } else { &email };
                let new = json!({ "email": invited, "role": "editor", "language": "en" });
                self.people["owner"].post(&format!("/api/v1/organisations/{organisation}/invitations"), new).await.expect(201);
                kazi.mailed_token(invited).await
            }
            "create_confirmation" => {
                register(kazi, &email).await;
                kazi.mailed_token(&email).await
            }
            "complete_password_reset" => {
                kazi.person(&email).await;
                nobody.post("/api/v1/identity/password-resets", json!({ "email": email })).await.expect(202);
                kazi.mailed_token(&email).await
            }
            "refresh_session" => {
                let session = json!({ "email": "claimant@access.example", "password": PASSWORD, "cookie": false });
                let tokens = nobody.post("/api/v1/identity/sessions", session).await.expect(200).body;
                tokens["refresh_token"].as_str().expect("a token").to_owned()
            }
            _ => return None,
        })
    }

    /// The documented example, about things that are there.
    fn body(&self, operation: &Operation, things: &BTreeMap<String, String>, example: &Value) -> Value {
        let mut body = example.clone();
        let fitting = [
            ("organisation", json!(things["organisation"])),
            ("into", json!(self.other)),
            ("other", json!(self.other)),
            ("providers", json!([self.asked])),
            ("reply_by", json!(in_a_month())),
            ("token", json!(things.get("token"))),
            ("refresh_token", json!(things.get("token"))),
        ];
        for (field, value) in fitting {
            if body.get(field).is_some() {
                body[field] = value;
            }
        }
        if operation.id == "create_organisation" {
            // nobody may take a name that is listed already
            body = json!({ "name": format!("Made {}", kazi_api::state::new_id::<OrganisationId>()), "kinds": ["issp"] });
        }
        if operation.id == "upload_reading_template" {
            body = json!("metric,period,value\npermanent_employees,2026-Q3,40\n");
        }
        if operation.id == "answer_thread" {
            body = json!({ "answers": [{ "question": 0, "number": 25.0 }] });
        }
        body
    }

    /// What this actor gets.
    pub async fn attempt(&self, operation: &Operation, name: &str) -> u16 {
        let things = self.things(operation, name).await;
        let organisation = things["organisation"].parse::<OrganisationId>().expect("an id");
        let kazi = self.kazi;
        let fresh;
        let actor = match name {
            "nobody" => &kazi.nobody(),
            "key" => &kazi.bearer(self.key(&self.people["owner"], organisation, Scope::ALL).await),
            "key-bare" => &kazi.bearer(self.key(&self.people["owner"], organisation, &[Scope::EventsRead]).await),
            "other-key" => &kazi.bearer(self.other_key.clone()),
            "asked-key" => &kazi.bearer(self.asked_key.clone()),
            _ if ENDS_THE_CALLER.contains(&operation.id.as_str()) => {
                let email = format!("{}@access.example", kazi_api::state::new_id::<OrganisationId>());
                fresh = if name == "unconfirmed" { unconfirmed(kazi, &email).await } else { kazi.person(&email).await };
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
                let schema = referred(&p["schema"]);
                let known = [&p["example"], &schema["example"], &schema["enum"][0]].into_iter().find_map(Value::as_str);
                (name.clone(), things.get(&name).cloned().unwrap_or_else(|| known.unwrap_or("text").to_owned()))
            })
            .collect();
        let mut request = actor.request(&operation.method, &path).query(&query);
        if let Some(version) = stated.iter().find(|p| p["name"] == "If-Match") {
            let read = if path == "/api/v1/me" { actor.get(&path).await.header("ETag").map(str::to_owned) } else { None };
            let first = version["example"].as_str().unwrap_or("\"v1\"");
            request = request.header("If-Match", read.as_deref().unwrap_or(first));
        }
        if let Some((media, body)) = operation.stated["requestBody"]["content"].as_object().and_then(|c| c.iter().next()) {
            let body = self.body(operation, &things, &body["example"]);
            request = if media == "multipart/form-data" {
                request.header("Content-Type", MULTIPART).body(UPLOAD)
            } else {
                request.header("Content-Type", media).body(body.as_str().map_or_else(|| body.to_string(), str::to_owned))
            };
        }
        actor.send(request).await.status
    }
}

async fn register(kazi: &Kazi, email: &str) {
    let new = json!({ "email": email, "name": "Ada Test", "password": PASSWORD, "language": "en" });
    kazi.nobody().post("/api/v1/identity/registrations", new).await.expect(202);
}

/// Signed in, but without having followed the link of the letter.
async fn unconfirmed<'k>(kazi: &'k Kazi, email: &str) -> Actor<'k> {
    register(kazi, email).await;
    kazi.signed_in(email, PASSWORD).await
}

fn in_a_month() -> String {
    (chrono::Utc::now() + chrono::Duration::days(30)).to_rfc3339()
}

/// The parameters, with shared ones in place of their references.
fn resolved(parameters: &Value) -> Vec<Value> {
    let list = parameters.as_array().into_iter().flatten();
    list.map(referred).collect()
}

/// What it refers to, or itself.
fn referred(value: &Value) -> Value {
    match value["$ref"].as_str() {
        Some(target) => openapi::document().pointer(target.trim_start_matches('#')).cloned().unwrap_or_default(),
        None => value.clone(),
    }
}
