//! The corridor's promises, kept by the real binary: what was acknowledged outlives a kill, is in the
//! log once and is found, by its words and as a match; and two replicas on one PostgreSQL see the same.

use crate::support;

use kazi_core::events::{Event, EventKind};
use kazi_core::ids::OfferId;
use kazi_store::testing::{TestDatabase, databases};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::people::{PASSWORD, newest_letter};
use support::process::Process;

/// Tokens of one replica are good at the other only when both go by one name.
const FLAGS: &[&str] = &["--public-url", "http://kazi.test", "--password-memory-kib", "8"];

fn start(folder: &Path, database: &TestDatabase) -> Process {
    Process::start(folder, &database.url, FLAGS)
}

/// Registers, confirms by the mailed link and signs in; gives the access token.
pub async fn person(server: &Process, folder: &Path, email: &str) -> String {
    let http = reqwest::Client::new();
    let post = async |path: &str, body: Value| {
        let answer = http.post(format!("{}/api/v1/identity/{path}", server.address)).json(&body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap_or_default());
        answer.json::<Value>().await.unwrap_or_default()
    };
    post("registrations", json!({ "email": email, "name": "Ada", "password": PASSWORD, "language": "en" })).await;
    let deadline = Instant::now() + Duration::from_secs(10);
    let letter = loop {
        match newest_letter(folder, email, "token=") {
            Some(letter) => break letter,
            None => assert!(Instant::now() < deadline, "no letter"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let token: String =
        letter.split("token=").nth(1).expect("a link").chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    post("confirmations", json!({ "token": token })).await;
    let session = post("sessions", json!({ "email": email, "password": PASSWORD, "cookie": false })).await;
    session["access_token"].as_str().expect("a token").to_owned()
}

async fn get(server: &Process, path: &str, token: &str) -> (u16, Value) {
    let answer = reqwest::Client::new().get(format!("{}{path}", server.address)).bearer_auth(token).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

/// Asks until the answer is right; a follower hears of another replica within a moment.
async fn soon(what: &str, mut right: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !right().await {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// One offer of data annotation, as a merge patch of a profile that was just made.
fn offering(http: &reqwest::Client, address: &str, token: &str, id: &str) -> reqwest::RequestBuilder {
    let offer = json!({ "id": kazi_api::state::new_id::<OfferId>(), "service_line": "data_annotation" });
    let edit = http.patch(format!("{address}/api/v1/organisations/{id}")).bearer_auth(token).header("If-Match", "\"v1\"");
    edit.header("Content-Type", "application/merge-patch+json").body(json!({ "offers": [offer] }).to_string())
}

/// How many the matching index finds for data annotation, and the first of them.
async fn matching(server: &Process, token: &str) -> (u64, Vec<String>) {
    let wanted = json!({ "title": "Labels", "service_line": "data_annotation", "visibility": "matched" });
    let ask = reqwest::Client::new().post(format!("{}/api/v1/matches", server.address)).bearer_auth(token);
    let answer = ask.json(&json!({ "wanted": wanted, "limit": 100 })).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let body: Value = answer.json().await.expect("a ranking");
    let ranked = body["ranking"]["ranked"].as_array().into_iter().flatten();
    let ids = ranked.filter_map(|r| r["organisation"].as_str().map(str::to_owned)).collect();
    (body["ranking"]["total_passing"].as_u64().expect("a number"), ids)
}

fn name_of(round: u32, writer: u32, n: u32) -> String {
    let word = |mut n: u32| -> String {
        let mut text = String::new();
        for _ in 0..5 {
            text.push(char::from(b'a' + (n % 20) as u8));
            text.push(['e', 'i', 'o', 'u'][(n / 20 % 4) as usize]);
            n = n / 7 + 11;
        }
        text
    };
    format!("Zzq{}{} {round}x{writer}x{n}", word(writer), word(n))
}

#[actix_web::test]
async fn what_was_acknowledged_outlives_a_kill_once_and_is_found() {
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = start(folder.path(), &database);
        server.ready().await;
        let token = person(&server, folder.path(), "ada@example.org").await;
        let acknowledged: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let offered: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        for round in 0..3 {
            let before = acknowledged.lock().expect("a list").len();
            let writers: Vec<_> = (0..8u32)
                .map(|writer| {
                    let (address, token) = (server.address.clone(), token.clone());
                    let (acknowledged, offered) = (acknowledged.clone(), offered.clone());
                    tokio::spawn(async move {
                        let http = reqwest::Client::new();
                        for n in 0.. {
                            let name = name_of(round, writer, n);
                            let body = json!({ "name": name, "kinds": ["issp"], "country": "KE" });
                            let request = http.post(format!("{address}/api/v1/organisations")).bearer_auth(&token).json(&body);
                            let Ok(answer) = request.send().await else { return };
                            assert_eq!(answer.status(), 201, "every write is taken until the kill");
                            // The status alone acknowledges it, whether or not the body still arrives.
                            let id = answer.headers()["location"]
                                .to_str()
                                .expect("an address")
                                .rsplit('/')
                                .next()
                                .unwrap_or_default()
                                .to_owned();
                            acknowledged.lock().expect("a list").push((id.clone(), name));
                            let Ok(answer) = offering(&http, &address, &token, &id).send().await else { return };
                            assert_eq!(answer.status(), 200, "so is every edit");
                            offered.lock().expect("a set").insert(id);
                        }
                    })
                })
                .collect();
            let deadline = Instant::now() + Duration::from_secs(60);
            while acknowledged.lock().expect("a list").len() < before + 100 {
                assert!(Instant::now() < deadline, "writes go through");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            server.kill();
            for writer in writers {
                writer.await.expect("a writer");
            }
            server = start(folder.path(), &database);
            server.ready().await;
        }

        let acknowledged = acknowledged.lock().expect("a list").clone();
        let log = whole_log(&database);
        let created: Vec<String> = log.iter().filter(|e| e.kind == EventKind::OrganisationCreated).map(|e| e.subject.to_string()).collect();
        let once: BTreeSet<&String> = created.iter().collect();
        assert_eq!(once.len(), created.len(), "nothing is in the log twice");
        for (id, name) in &acknowledged {
            assert!(once.contains(id), "{name} was acknowledged and is in the log");
            let (status, body) = get(&server, &format!("/api/v1/organisations/{id}"), &token).await;
            assert_eq!((status, body["profile"]["name"].as_str()), (200, Some(name.as_str())), "it is there");
        }
        let mut with_offer = BTreeSet::new();
        for id in &created {
            let (status, body) = get(&server, &format!("/api/v1/organisations/{id}"), &token).await;
            assert_eq!(status, 200, "what is in the log is in the table");
            if body["profile"]["offers"].as_array().is_some_and(|offers| !offers.is_empty()) {
                with_offer.insert(id.clone());
            }
        }
        let offered = offered.lock().expect("a set").clone();
        assert!(offered.is_subset(&with_offer), "every edit that was acknowledged is there");
        let (matched, first) = matching(&server, &token).await;
        assert_eq!(matched, with_offer.len() as u64, "the matching index has each offer once");
        assert!(first.iter().all(|id| with_offer.contains(id)));
        for (id, name) in acknowledged.iter().step_by(7) {
            let found = found(&server, name, &token).await;
            assert_eq!(found.iter().filter(|f| *f == id).count(), 1, "search finds {name} once");
        }
    }
}

async fn found(server: &Process, name: &str, token: &str) -> Vec<String> {
    let (status, body) = get(server, &format!("/api/v1/organisations?q={}&limit=100", name.replace(' ', "%20")), token).await;
    assert_eq!(status, 200, "{body}");
    body["items"].as_array().into_iter().flatten().filter_map(|o| o["id"].as_str().map(str::to_owned)).collect()
}

fn whole_log(database: &TestDatabase) -> Vec<Event> {
    let (mut cursor, mut log) = (kazi_core::events::Cursor::default(), Vec::new());
    loop {
        let next = database.store.read_now(|db| kazi_store::events::after(db, cursor, 1000)).expect("the log reads");
        let Some(last) = next.last() else { return log };
        cursor = last.cursor;
        log.extend(next);
    }
}

#[actix_web::test]
async fn two_replicas_on_one_postgresql_see_the_same() {
    for database in databases().into_iter().skip(1) {
        let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (one, two) = (start(here.path(), &database), start(there.path(), &database));
        one.ready().await;
        two.ready().await;
        assert_ne!(one.instance, two.instance);
        let token = person(&one, here.path(), "ada@example.org").await;
        let http = reqwest::Client::new();
        soon("the other replica takes the token", async || get(&two, "/api/v1/organisations", &token).await.0 == 200).await;

        let new = json!({ "name": "Zzqorange Twins", "kinds": ["issp"], "country": "KE" });
        let made =
            http.post(format!("{}/api/v1/organisations", one.address)).bearer_auth(&token).json(&new).send().await.expect("an answer");
        assert_eq!(made.status(), 201);
        let made: Value = made.json().await.expect("an organisation");
        let (id, path) =
            (made["id"].as_str().expect("an id").to_owned(), format!("/api/v1/organisations/{}", made["id"].as_str().expect("an id")));
        for server in [&one, &two] {
            soon("search finds it at both", async || found(server, "Zzqorange", &token).await.contains(&id)).await;
            let (status, body) = get(server, &path, &token).await;
            assert_eq!(
                (status, &body["profile"]["name"]),
                (200, &json!("Zzqorange Twins")),
                "both have read it, and may keep what they read"
            );
        }

        let offer = offering(&http, &one.address, &token, &id).send().await.expect("an answer");
        assert_eq!(offer.status(), 200);
        for server in [&one, &two] {
            soon("both match it", async || matching(server, &token).await == (1, vec![id.clone()])).await;
        }

        let edit = http.patch(format!("{}{path}", two.address)).bearer_auth(&token).header("If-Match", "\"v2\"");
        let edit = edit.header("Content-Type", "application/merge-patch+json").body(r#"{"name":"Zzqpurple Twins"}"#);
        let edited = edit.send().await.expect("an answer");
        assert_eq!(edited.status(), 200, "{}", edited.text().await.unwrap_or_default());
        for server in [&one, &two] {
            soon("both read the edited name", async || get(server, &path, &token).await.1["profile"]["name"] == "Zzqpurple Twins").await;
            soon("both find the edited name", async || found(server, "Zzqpurple", &token).await.contains(&id)).await;
        }

        let out = http.delete(format!("{}/api/v1/identity/sessions", one.address)).bearer_auth(&token).send().await.expect("an answer");
        assert_eq!(out.status(), 204);
        soon("the other replica knows that she signed out", async || get(&two, "/api/v1/organisations", &token).await.0 == 401).await;
    }
}
