//! Attachments over HTTP: what may be attached, who may read it, and how it is served.

use crate::support;

use kazi_core::identity::MemberRole::{Editor, Member};
use reqwest::multipart::{Form, Part};
use serde_json::json;
use support::{Actor, Answered, Kazi, on_each_database};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

struct Scene<'k> {
    editor: Actor<'k>,
    first: Actor<'k>,
    second: Actor<'k>,
    inquiry: String,
    threads: [String; 2],
}

async fn scene(kazi: &Kazi) -> Scene<'_> {
    let buyer = kazi.buyer("Acme").await;
    let providers = [kazi.provider("First", json!({})).await, kazi.provider("Second", json!({})).await];
    let editor = kazi.member_of(buyer, Editor).await;
    let reply_by = kazi.state.now().plus(chrono::Duration::hours(72)).to_string();
    let new = json!({ "organisation": buyer, "subject": "Labels", "providers": providers, "reply_by": reply_by });
    let inquiry = editor.post("/api/v1/inquiries", new).await.expect(201).id();
    let list = editor.get(&format!("/api/v1/inquiries/{inquiry}/threads")).await.expect(200).body;
    let threads = [0, 1].map(|n| list["items"][n]["id"].as_str().unwrap().to_owned());
    let (first, second) = (kazi.member_of(providers[0], Editor).await, kazi.member_of(providers[1], Member).await);
    Scene { editor, first, second, inquiry, threads }
}

async fn attach(actor: &Actor<'_>, path: &str, name: &str, content: &[u8]) -> Answered {
    let form = Form::new().part("file", Part::bytes(content.to_vec()).file_name(name.to_owned()));
    actor.send(actor.request("POST", path).multipart(form)).await
}

fn files(kazi: &Kazi) -> usize {
    let folders = std::fs::read_dir(kazi.data_dir().join("attachments")).unwrap().flatten();
    folders.filter_map(|f| std::fs::read_dir(f.path()).ok()).map(|files| files.flatten().count()).sum()
}

#[actix_web::test]
async fn a_file_is_for_those_who_take_part_and_comes_as_a_file() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let (for_all, for_one) =
            (format!("/api/v1/inquiries/{}/attachments", s.inquiry), format!("/api/v1/threads/{}/attachments", s.threads[0]));
        let terms = attach(&s.editor, &for_all, "../Terms \u{202e}\"1\".txt", "Näheres\r\n".as_bytes()).await.expect(201);
        assert_eq!(
            (terms.body["name"].as_str(), terms.body["kind"].as_str(), terms.body["bytes"].as_i64()),
            (Some("Terms 1.txt"), Some("txt"), Some(10))
        );
        let photo = attach(&s.first, &for_one, "photo.png", PNG).await.expect(201);
        let stranger = kazi.person("s@x.example").await;
        for (file, statuses) in [(terms.id(), [200, 200, 200, 404, 401]), (photo.id(), [200, 200, 404, 404, 401])] {
            for (actor, status) in [&s.editor, &s.first, &s.second, &stranger, &kazi.nobody()].into_iter().zip(statuses) {
                actor.get(&format!("/api/v1/attachments/{file}")).await.expect(status);
            }
        }
        let read = s.second.get(&format!("/api/v1/attachments/{}", terms.id())).await.expect(200);
        assert_eq!(read.body.as_str(), Some("Näheres\r\n"));
        assert_eq!(read.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(read.header("content-disposition"), Some("attachment; filename*=UTF-8''Terms%201.txt"));
        assert_eq!(
            (read.header("x-content-type-options"), read.header("content-security-policy")),
            (Some("nosniff"), Some("default-src 'none'; sandbox"))
        );

        for (actor, path, status) in
            [(&s.first, &for_all, 404), (&s.second, &for_one, 404), (&stranger, &for_one, 404), (&kazi.nobody(), &for_one, 401)]
        {
            attach(actor, path, "a.txt", b"a").await.expect(status);
        }
        attach(&s.second, &format!("/api/v1/threads/{}/attachments", s.threads[1]), "a.txt", b"a").await.expect(403);
        let inquiry = s.second.get(&format!("/api/v1/inquiries/{}", s.inquiry)).await.expect(200).body;
        assert_eq!(inquiry["attachments"].as_array().unwrap().len(), 1, "the other thread's file is not told");
    })
    .await;
}

#[actix_web::test]
async fn what_is_refused_leaves_no_file_behind() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let path = format!("/api/v1/threads/{}/attachments", s.threads[0]);
        for (name, content, status) in [
            ("page.html", &b"<html><script>alert(1)</script>"[..], 415),
            ("page.txt", b"<!DOCTYPE html><html></html>", 415),
            ("photo.png", b"%PDF-1.7 not a photo", 415),
            ("data.csv", b"a,b\0c", 415),
            ("letter.docx", b"no archive", 415),
            ("empty.txt", b"", 400),
        ] {
            attach(&s.first, &path, name, content).await.expect(status);
        }
        let large = vec![b'a'; 20 * 1024 * 1024 + 1];
        attach(&s.first, &path, "large.txt", &large).await.expect(413);
        attach(&s.first, &path, "largest.txt", &large[1..]).await.expect(201);
        s.first.send(s.first.request("POST", &path).json(&json!({ "file": "a" }))).await.expect(400);
        assert_eq!(files(kazi), 1);
        s.editor.post(&format!("/api/v1/inquiries/{}/close", s.inquiry), json!({})).await.expect(200);
        attach(&s.first, &path, "late.txt", b"late").await.expect(409);
        assert_eq!(files(kazi), 1, "the row was refused, so the file went");
    })
    .await;
}

#[actix_web::test]
async fn a_key_attaches_once() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let path = format!("/api/v1/threads/{}/attachments", s.threads[0]);
        let send = async |content: &[u8]| {
            let form = Form::new().part("file", Part::bytes(content.to_vec()).file_name("a.txt"));
            s.first.send(s.first.request("POST", &path).header("Idempotency-Key", "file-1").multipart(form)).await
        };
        let (first, again) = (send(b"same").await.expect(201), send(b"same").await.expect(201));
        assert_eq!(first.body, again.body);
        send(b"other").await.expect(409);
        assert_eq!(files(kazi), 1);
        s.editor.get(&format!("/api/v1/attachments/{}", first.id())).await.expect(200);
    })
    .await;
}
