//! What only the real binary can prove: it finishes what is in flight, and its backups restore.

use crate::support;

use kazi_store::testing::databases;
use std::time::Duration;
use support::process::Process;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[actix_web::test]
async fn a_stopping_server_finishes_what_is_in_flight() {
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Process::start(folder.path(), &database.url, &[]);
        server.ready().await;
        let alive: serde_json::Value =
            reqwest::get(format!("{}/healthz", server.address)).await.expect("alive").json().await.expect("JSON");
        assert_eq!(alive["instance"], server.instance, "the server that answers is the one that was started");

        let body = r#"{"email":"slow@example.org","name":"Slow","password":"correct horse battery","language":"en"}"#;
        let host = server.address.strip_prefix("http://").expect("an address");
        let mut slow = tokio::net::TcpStream::connect(host).await.expect("a connection");
        let head = format!(
            "POST /api/v1/identity/registrations HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        slow.write_all(head.as_bytes()).await.expect("sent");
        slow.write_all(&body.as_bytes()[..20]).await.expect("sent");
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.terminate();
        tokio::time::sleep(Duration::from_millis(700)).await;
        slow.write_all(&body.as_bytes()[20..]).await.expect("the server still listens to what has begun");
        let mut answer = vec![0; 4096];
        let got = tokio::time::timeout(Duration::from_secs(15), slow.read(&mut answer)).await.expect("in time").expect("an answer");
        let answer = String::from_utf8_lossy(&answer[..got]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
        assert!(tokio::net::TcpStream::connect(host).await.is_err(), "nobody new is let in");
        drop(slow);
        let (well, said) = server.ended(Duration::from_secs(30));
        assert!(well && said.iter().any(|line| line.contains("everything in flight was answered")), "{said:?}");
    }
}

#[actix_web::test]
async fn a_backup_restores_into_an_empty_place_and_never_over_data() {
    let kazi = |args: &[&str]| std::process::Command::new(env!("CARGO_BIN_EXE_kazi")).args(args).output().expect("the binary runs");
    for (from, to) in databases().into_iter().zip(databases().into_iter().rev()) {
        let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let server = Process::start(here.path(), &from.url, &[]);
        let new = serde_json::json!({ "email": "kept@example.org", "name": "Kept", "password": "correct horse battery", "language": "en" });
        let registered = reqwest::Client::new().post(format!("{}/api/v1/identity/registrations", server.address)).json(&new).send().await;
        assert_eq!(registered.expect("an answer").status(), 202);
        std::fs::create_dir_all(here.path().join("attachments/a")).expect("a folder");
        std::fs::write(here.path().join("attachments/a/file.bin"), [0, 1, 2, 255]).expect("a file");

        let file = here.path().join("kazi.backup").display().to_string();
        let place = |folder: &tempfile::TempDir, url: &str| {
            ["--data-dir".to_owned(), folder.path().display().to_string(), "--database-url".into(), url.into()]
        };
        let run = |verb: &str, place: &[String]| {
            let args: Vec<&str> = [verb, file.as_str()].into_iter().chain(place.iter().map(String::as_str)).collect();
            kazi(&args)
        };
        let kept = run("backup", &place(&here, &from.url));
        assert!(kept.status.success(), "{}", String::from_utf8_lossy(&kept.stderr));
        let over = run("backup", &place(&here, &from.url));
        assert!(!over.status.success(), "a backup is never written over a file");
        let restored = run("restore", &place(&there, &to.url));
        assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
        assert_eq!(std::fs::read(there.path().join("attachments/a/file.bin")).expect("restored"), [0, 1, 2, 255]);
        let fresh = tempfile::tempdir().expect("a folder");
        let again = run("restore", &place(&fresh, &to.url));
        assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("empty database only"));
        let account = to.store.read_now(|db| kazi_store::identity::account_by_email(db, "kept@example.org"));
        assert!(account.expect("a read").is_some());
    }
}

#[test]
fn production_refuses_demo_accounts_and_plain_http() {
    let kazi = |args: &[&str]| std::process::Command::new(env!("CARGO_BIN_EXE_kazi")).args(args).output().expect("the binary runs");
    for database in databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().display().to_string();
        let place = ["--data-dir", &data, "--database-url", &database.url];
        let made = kazi(&[&["demo", "--organisations", "2"], &place[..]].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let serve = |url: &str| {
            let refused = kazi(&[&["serve", "--mode", "production", "--listen", "127.0.0.1:0", "--public-url", url], &place[..]].concat());
            assert!(!refused.status.success());
            String::from_utf8_lossy(&refused.stderr).into_owned()
        };
        assert!(serve("http://kazi.example").contains("--public-url https://"));
        let said = serve("https://kazi.example");
        assert!(said.contains("buyer@kazi.example") && said.contains("admin@kazi.example"), "{said}");
        let lock = |email: &str| kazi(&[&["admin", "reset-password", "--lock", "--email", email], &place[..]].concat());
        for account in &kazi_api::demo::accounts::ACCOUNTS[1..] {
            assert!(lock(account.email).status.success());
        }
        let said = serve("https://kazi.example");
        assert!(said.contains("buyer@kazi.example") && !said.contains("admin@kazi.example"), "{said}");
        assert!(lock("buyer@kazi.example").status.success());
        let flags = ["--mode", "production", "--public-url", "https://kazi.example"];
        drop(support::process::Process::start(folder.path(), &database.url, &flags));
    }
}

#[test]
fn the_document_prints_in_both_renderings_without_a_database() {
    let print = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_kazi")).arg("openapi").args(args).output().expect("the binary runs");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("a document")["openapi"].as_str().map(str::to_owned)
    };
    assert_eq!(print(&[]).as_deref(), Some("3.1.0"));
    assert_eq!(print(&["--three-zero"]).as_deref(), Some("3.0.3"));
    assert_eq!(print(&["--3.0"]).as_deref(), Some("3.0.3"));
}
