//! A real server on a real database, and typed ways to talk to it.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod process;

use kazi_api::settings::Settings;
use kazi_api::state::State;
use kazi_store::testing::{TestDatabase, databases};
use serde_json::Value;
use std::sync::Arc;

pub mod people;
pub mod providers;

/// A running server; stops when it goes away.
pub struct Kazi {
    pub address: String,
    pub state: State,
    pub database: Arc<TestDatabase>,
    folder: tempfile::TempDir,
    server: actix_web::dev::ServerHandle,
}

#[derive(clap::Parser)]
#[command(args_override_self = true)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

/// Runs the test against a server on each database.
pub async fn on_each_database(test: impl AsyncFn(&Kazi)) {
    for database in databases() {
        let kazi = Kazi::start(database, &[]).await;
        test(&kazi).await;
        kazi.stop().await;
    }
}

impl Kazi {
    pub async fn start(database: impl Into<Arc<TestDatabase>>, flags: &[&str]) -> Self {
        let database = database.into();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().display().to_string();
        let always = [
            "kazi",
            "--data-dir",
            &data,
            "--database-url",
            &database.url,
            "--listen",
            "127.0.0.1:0",
            "--requests-per-minute",
            "0",
            "--password-memory-kib",
            "64",
        ];
        let settings = <Flags as clap::Parser>::parse_from(always.iter().chain(flags)).settings;
        let state = State::open(settings).expect("the server opens its state");
        let shared = state.clone();
        let server = actix_web::HttpServer::new(move || kazi_api::app::app(shared.clone()))
            .workers(2)
            // longer than any test: an idle connection that the server closes just when it is used again would fail one
            .keep_alive(std::time::Duration::from_secs(600))
            .disable_signals()
            .bind("127.0.0.1:0")
            .expect("a free port");
        let address = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, state, database, folder, server: handle }
    }

    /// A second server on the same database, with a data folder of its own.
    pub async fn beside(&self) -> Self {
        Self::start(self.database.clone(), &[]).await
    }

    pub async fn stop(self) {
        self.server.stop(true).await;
    }

    pub fn data_dir(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn nobody(&self) -> Actor<'_> {
        Actor { kazi: self, token: None, person: None, http: client() }
    }

    pub fn bearer(&self, token: impl Into<String>) -> Actor<'_> {
        Actor { token: Some(token.into()), ..self.nobody() }
    }
}

/// Lets go of a connection before the server ends it for being idle, so that a slow machine loses no request.
fn client() -> reqwest::Client {
    reqwest::Client::builder().pool_idle_timeout(std::time::Duration::from_secs(1)).build().expect("a client")
}

/// Somebody who sends requests.
pub struct Actor<'k> {
    kazi: &'k Kazi,
    token: Option<String>,
    person: Option<kazi_core::ids::PersonId>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answered {
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }
    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_default().to_owned()
    }
}

impl Actor<'_> {
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let request = self.http.request(method, format!("{}{path}", self.kazi.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answered {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a whole body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answered { status, headers, body }
    }
    pub async fn get(&self, path: &str) -> Answered {
        self.send(self.request("GET", path)).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answered {
        self.send(self.request("POST", path).json(&body)).await
    }
    pub async fn delete(&self, path: &str) -> Answered {
        self.send(self.request("DELETE", path)).await
    }
    /// A merge patch of what was read as `version` (its ETag).
    pub async fn patch(&self, path: &str, etag: &str, body: Value) -> Answered {
        self.send(self.request("PATCH", path).header("If-Match", etag).json(&body)).await
    }
}
