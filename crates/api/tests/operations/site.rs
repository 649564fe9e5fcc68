//! Health, ids of requests, and the shape of every error.

use crate::support;

use kazi_store::testing::{databases, sqlite};
use support::{Kazi, on_each_database};

#[actix_web::test]
async fn health_names_the_instance_and_ready_asks_the_database() {
    on_each_database(async |kazi| {
        let alive = kazi.nobody().get("/healthz").await.expect(200);
        assert_eq!(alive.body["instance"], kazi.state.instance.to_string());
        kazi.nobody().get("/readyz").await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn an_unknown_operation_is_a_problem_with_the_request_id() {
    on_each_database(async |kazi| {
        let actor = kazi.nobody();
        let answer = actor.send(actor.request("GET", "/api/v1/nothing").header("X-Request-Id", "my-own-id-1")).await.expect(404);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.body["code"], "not_found");
        assert_eq!(answer.body["request_id"], "my-own-id-1");
        assert_eq!(answer.header("x-request-id"), Some("my-own-id-1"));
    })
    .await;
}

#[actix_web::test]
async fn every_answer_protects_the_browser() {
    let kazi =
        Kazi::start(sqlite(), &["--mode", "production", "--password-memory-kib", "19456", "--public-url", "https://kazi.test"]).await;
    let nobody = kazi.nobody();
    for path in ["/healthz", "/api/v1/nothing", "/docs/errors", "/api/docs/", "/"] {
        let answer = nobody.get(path).await;
        let policy = answer.header("content-security-policy").unwrap_or_default().to_owned();
        assert!(
            policy.starts_with("default-src 'self'; script-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{path}");
        assert_eq!(policy.contains("'unsafe-inline'"), path == "/api/docs/", "{path}: only Swagger UI needs inline styles");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(answer.header("referrer-policy").is_some() && answer.header("permissions-policy").is_some(), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        assert!(answer.header("strict-transport-security").is_some(), "{path}");
    }
    let private = kazi.bearer("not-a-token").get("/api/v1/nothing").await;
    assert_eq!(private.header("cache-control"), Some("no-store"));
    kazi.stop().await;
}

#[actix_web::test]
async fn a_limit_is_stated_and_kept() {
    let kazi = Kazi::start(sqlite(), &["--requests-per-minute", "3"]).await;
    let nobody = kazi.nobody();
    let first = nobody.get("/api/v1/nothing").await;
    assert_eq!(first.header("ratelimit-policy"), Some("\"address\";q=3;w=60"));
    assert_eq!(first.header("ratelimit"), Some("\"address\";r=2;t=20"));
    nobody.get("/api/v1/nothing").await;
    nobody.get("/api/v1/nothing").await;
    let refused = nobody.get("/api/v1/nothing").await.expect(429);
    assert_eq!(refused.body["code"], "too_many_requests");
    assert!(refused.header("retry-after").and_then(|s| s.parse::<u64>().ok()).is_some_and(|s| (1..=21).contains(&s)));
    assert_eq!(refused.header("ratelimit"), Some("\"address\";r=0;t=60"));
    nobody.get("/healthz").await.expect(200);
    let actor = kazi.nobody();
    let told = actor.send(actor.request("GET", "/api/v1/nothing").header("X-Forwarded-For", "198.51.100.7")).await;
    told.expect(429);
    kazi.stop().await;
}

#[actix_web::test]
async fn metrics_count_requests_by_operation() {
    on_each_database(async |kazi| {
        kazi.nobody().get("/healthz").await.expect(200);
        let text = kazi.nobody().get("/metrics").await.expect(200).body.as_str().unwrap_or_default().to_owned();
        assert!(text.contains(r#"kazi_request_seconds_count{method="GET",route="/healthz",status="200"}"#), "{text}");
        assert!(text.contains("kazi_database_connections ") && text.contains("process_resident_memory_bytes"), "{text}");
        let actor = kazi.nobody();
        actor.send(actor.request("GET", "/metrics").header("X-Forwarded-For", "198.51.100.7")).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn an_invented_method_makes_no_counter_of_its_own() {
    let kazi = Kazi::start(sqlite(), &[]).await;
    for method in ["ABRACADABRA", "X1", "X2"] {
        let actor = kazi.nobody();
        actor.send(actor.request(method, "/healthz")).await;
    }
    let text = kazi.nobody().get("/metrics").await.expect(200).body.as_str().unwrap_or_default().to_owned();
    assert!(text.contains(r#"method="other""#) && !text.contains("ABRACADABRA") && !text.contains("X1"), "{text}");
    kazi.stop().await;
}

#[actix_web::test]
async fn a_made_up_token_brings_no_larger_limit() {
    let kazi = Kazi::start(sqlite(), &["--requests-per-minute", "5"]).await;
    let liar = kazi.bearer("not-a-token");
    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(liar.get("/api/v1/organisations").await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    kazi.stop().await;
    let kazi = Kazi::start(sqlite(), &["--requests-per-minute", "5"]).await;
    let liar = kazi.bearer("not-a-token");
    for _ in 0..5 {
        assert_eq!(liar.get("/providers").await.header("ratelimit-policy"), Some("\"address\";q=5;w=60"));
    }
    liar.get("/providers").await.expect(429);
    kazi.stop().await;
}

#[actix_web::test]
async fn one_address_has_few_passwords_hashed() {
    let kazi = Kazi::start(sqlite(), &["--requests-per-minute", "200"]).await;
    let guess = |n: u32| serde_json::json!({ "email": format!("{n}@example.org"), "password": "wrong", "cookie": false });
    for n in 0..10 {
        kazi.nobody().post("/api/v1/identity/sessions", guess(n)).await.expect(401);
    }
    let refused = kazi.bearer("not-a-token").post("/api/v1/identity/sessions", guess(11)).await.expect(429);
    assert_eq!(refused.header("ratelimit-policy"), Some("\"passwords\";q=10;w=60"));
    kazi.nobody().get("/api/v1/organisations").await.expect(200);
    kazi.stop().await;
}

#[actix_web::test]
async fn metrics_ask_for_their_token() {
    let kazi = Kazi::start(sqlite(), &["--metrics-token", "a-long-token"]).await;
    kazi.nobody().get("/metrics").await.expect(401);
    kazi.bearer("another").get("/metrics").await.expect(401);
    kazi.bearer("a-long-token").get("/metrics").await.expect(200);
    kazi.stop().await;
}

#[actix_web::test]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    for database in databases().into_iter().skip(1) {
        let kazi = Kazi::start(database, &[]).await;
        kazi.nobody().get("/readyz").await.expect(200);
        kazi.database.vanish();
        kazi.nobody().get("/healthz").await.expect(200);
        assert_eq!(kazi.nobody().get("/readyz").await.expect(503).body["code"], "unavailable");
        kazi.stop().await;
    }
}

#[actix_web::test]
async fn a_signed_in_person_has_a_bucket_of_her_own() {
    let kazi = Kazi::start(sqlite(), &["--requests-per-minute", "30"]).await;
    let ada = kazi.person("ada@example.org").await;
    let answer = ada.get("/api/v1/organisations").await.expect(200);
    assert_eq!(answer.header("ratelimit-policy"), Some("\"person\";q=30;w=60"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    kazi.stop().await;
}
