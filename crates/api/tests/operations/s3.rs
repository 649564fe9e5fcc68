//! Attachments in S3: the real binary against a bucket in memory that speaks the five requests it needs.

use crate::corridor::person;
use crate::support;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use kazi_store::testing::databases;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use support::process::Process;

#[derive(Default)]
struct Bucket {
    /// By their numbers: they come as they please.
    parts: BTreeMap<String, BTreeMap<u32, Vec<u8>>>,
    objects: BTreeMap<String, Vec<u8>>,
}

type Shared = web::Data<Mutex<Bucket>>;

/// An upload in parts is begun, filled and completed or aborted; an object is read and deleted.
async fn answer(bucket: Shared, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let (mut bucket, path) = (bucket.lock().expect("a bucket"), request.path().to_owned());
    assert!(
        request.headers().get("authorization").is_some_and(|h| h.to_str().is_ok_and(|h| h.contains("Credential=key-of-the-test/"))),
        "it is signed"
    );
    let xml = |text: &str| HttpResponse::Ok().content_type("application/xml").body(text.to_owned());
    match (request.method().as_str(), request.query_string()) {
        ("POST", query) if query.starts_with("uploads") => {
            bucket.parts.insert(path, BTreeMap::new());
            xml("<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>")
        }
        ("PUT", query) if query.contains("partNumber=") => {
            let number = query.split("partNumber=").nth(1).and_then(|rest| rest.split('&').next()?.parse().ok()).expect("a number");
            bucket.parts.get_mut(&path).expect("an upload that was begun").insert(number, body.to_vec());
            HttpResponse::Ok().insert_header(("ETag", "\"part\"")).finish()
        }
        ("POST", _) => {
            let parts = bucket.parts.remove(&path).expect("an upload that was begun");
            bucket.objects.insert(path, parts.into_values().flatten().collect());
            xml("<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>")
        }
        ("GET", _) => match bucket.objects.get(&path) {
            Some(content) => HttpResponse::Ok()
                .insert_header(("ETag", "\"whole\""))
                .insert_header(("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT"))
                .body(content.clone()),
            None => HttpResponse::NotFound().finish(),
        },
        ("DELETE", _) => {
            bucket.parts.remove(&path);
            bucket.objects.remove(&path);
            HttpResponse::NoContent().finish()
        }
        (method, query) => panic!("{method} {path}?{query} is not for a bucket"),
    }
}

#[actix_web::test]
async fn an_attachment_is_kept_in_s3_and_comes_back_whole() {
    let bucket: Shared = web::Data::new(Mutex::default());
    let shared = bucket.clone();
    let server = HttpServer::new(move || {
        let limit = web::PayloadConfig::new(32 << 20);
        App::new().app_data(shared.clone()).app_data(limit).default_service(web::to(answer))
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let database = Arc::new(databases().into_iter().next().expect("the embedded database"));
    let folder = tempfile::tempdir().expect("a folder");
    let environment = [
        ("AWS_ENDPOINT", endpoint.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "eu-test-1"),
        ("AWS_ACCESS_KEY_ID", "key-of-the-test"),
        ("AWS_SECRET_ACCESS_KEY", "secret-of-the-test"),
        ("KAZI_ATTACHMENTS_URL", "s3://kazi-test/files"),
    ];
    let flags = ["--public-url", "http://kazi.test", "--password-memory-kib", "8"];
    let kazi = Process::start_in(folder.path(), &database.url, &flags, &environment);
    kazi.ready().await;
    let token = person(&kazi, folder.path(), "ada@example.org").await;
    let http = reqwest::Client::new();
    let post = |path: &str| http.post(format!("{}/api/v1/{path}", kazi.address)).bearer_auth(&token);
    let made = async |path: &str, body: Value| {
        let answer = post(path).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 201, "{path}");
        answer.json::<Value>().await.expect("a body")["id"].as_str().expect("an id").to_owned()
    };
    let buyer = made("organisations", json!({ "name": "Acme", "kinds": ["buyer"], "country": "DE" })).await;
    let provider = made("organisations", json!({ "name": "First", "kinds": ["issp"], "country": "KE" })).await;
    let reply_by = (chrono::Utc::now() + chrono::Duration::days(7)).to_rfc3339();
    let new = json!({ "organisation": buyer, "subject": "Labels", "providers": [provider], "reply_by": reply_by });
    let inquiry = made("inquiries", new).await;

    // longer than one part of an upload
    let content: Vec<u8> = b"one line of many\n".iter().copied().cycle().take(12_000_000).collect();
    let attach = async |name: &'static str, content: Vec<u8>| {
        let form = Form::new().part("file", Part::bytes(content).file_name(name));
        post(&format!("inquiries/{inquiry}/attachments")).multipart(form).send().await.expect("an answer")
    };
    let kept = attach("terms.txt", content.clone()).await;
    assert_eq!(kept.status(), 201);
    let id = kept.json::<Value>().await.expect("a body")["id"].as_str().expect("an id").to_owned();
    let stored: Vec<String> = bucket.lock().expect("a bucket").objects.keys().cloned().collect();
    assert_eq!(stored, [format!("/kazi-test/files/{}/{id}", &id[id.len() - 2..])]);
    let read = http.get(format!("{}/api/v1/attachments/{id}", kazi.address)).bearer_auth(&token).send().await.expect("an answer");
    assert_eq!(read.status(), 200);
    assert!(read.bytes().await.expect("a whole body") == content, "what comes back is what was sent");

    assert_eq!(attach("not-a-picture.png", content).await.status(), 415, "what it says it is counts");
    let left = {
        let bucket = bucket.lock().expect("a bucket");
        (bucket.parts.len(), bucket.objects.len())
    };
    assert_eq!(left, (0, 1), "what is refused leaves nothing");
    handle.stop(false).await;
}
