//! Letters reach people once, whatever happens to the server that wrote them.

use crate::support;

use kazi_store::testing::{TestDatabase, databases};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};
use support::Kazi;
use support::people::{PASSWORD, newest_letter};
use support::process::Process;

const FLAGS: &[&str] = &["--public-url", "http://kazi.test", "--password-memory-kib", "8"];

async fn sign_up(address: &str, email: &str) {
    let new = json!({ "email": email, "name": "Ada", "password": PASSWORD, "language": "en" });
    let answer = reqwest::Client::new().post(format!("{address}/api/v1/identity/registrations")).json(&new).send().await;
    assert_eq!(answer.expect("an answer").status(), 202);
}

fn in_outbox(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("outbox")).map_or(0, |entries| entries.count())
}

/// Waits until no letter is on its way.
async fn all_gone(database: &TestDatabase) {
    let deadline = Instant::now() + Duration::from_secs(60);
    let far = kazi_core::Instant::from_micros(i64::MAX / 2);
    while !database.store.read_now(|db| kazi_store::letters::waiting(db, uuid::Uuid::nil(), far)).expect("the outbox reads").is_empty() {
        assert!(Instant::now() < deadline, "letters are still there");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[actix_web::test]
async fn a_letter_outlives_a_killed_server_and_goes_once() {
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        // Nothing listens there, so the letter can't go yet.
        let flags = [FLAGS, &["--smtp-url", "smtp://127.0.0.1:9"]].concat();
        let mut server = Process::start(folder.path(), &database.url, &flags);
        server.ready().await;
        sign_up(&server.address, "ada@example.org").await;
        // Killed while it tries, the letter would wait for the rest of its three minutes.
        server.says("a letter did not go out", Duration::from_secs(60));
        server.kill();
        let server = Process::start(folder.path(), &database.url, FLAGS);
        server.ready().await;
        all_gone(&database).await;
        assert_eq!(in_outbox(folder.path()), 1);
        assert!(newest_letter(folder.path(), "ada@example.org", "token=").is_some());
        drop(server);
        let again = Process::start(folder.path(), &database.url, FLAGS);
        again.ready().await;
        tokio::time::sleep(Duration::from_millis(2500)).await;
        assert_eq!(in_outbox(folder.path()), 0, "it went once");
    }
}

#[actix_web::test]
async fn two_servers_on_one_database_send_each_letter_once() {
    for database in databases().into_iter().skip(1) {
        let kazi = Kazi::start(database, &[]).await;
        let beside = kazi.beside().await;
        let both = (0..40).map(|n| {
            let (address, email) = (if n % 2 == 0 { &kazi.address } else { &beside.address }, format!("{n}@example.org"));
            async move { sign_up(address, &email).await }
        });
        futures_util::future::join_all(both).await;
        all_gone(&kazi.database).await;
        assert_eq!(in_outbox(kazi.data_dir()) + in_outbox(beside.data_dir()), 40);
        beside.stop().await;
        kazi.stop().await;
    }
}

#[cfg(unix)]
#[actix_web::test]
async fn only_the_owner_looks_into_the_data_folder_and_the_outbox() {
    use std::os::unix::fs::PermissionsExt;
    let kazi = Kazi::start(kazi_store::testing::sqlite(), &[]).await;
    sign_up(&kazi.address, "ada@example.org").await;
    all_gone(&kazi.database).await;
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let letter = std::fs::read_dir(kazi.data_dir().join("outbox")).expect("an outbox").flatten().next().expect("a letter").path();
    assert_eq!((mode(kazi.data_dir()), mode(&kazi.data_dir().join("outbox")), mode(&letter)), (0o700, 0o700, 0o600));
    kazi.stop().await;
}
