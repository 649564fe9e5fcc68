//! Accounts and sessions over HTTP, and attacks on them.

use crate::support;

use serde_json::{Value, json};
use support::people::PASSWORD;
use support::{Answered, Kazi, on_each_database};

async fn sign_in(kazi: &Kazi, email: &str, password: &str) -> Answered {
    let given = json!({ "email": email, "password": password, "cookie": false });
    kazi.nobody().post("/api/v1/identity/sessions", given).await
}
async fn refresh(kazi: &Kazi, token: &Value) -> Answered {
    kazi.nobody().post("/api/v1/identity/sessions/refresh", json!({ "refresh_token": token })).await
}

#[actix_web::test]
async fn a_session_lasts_by_refreshing_and_ends_by_signing_out() {
    on_each_database(async |kazi| {
        let ada = kazi.person("Ada@example.org").await;
        let me = ada.get("/api/v1/me").await.expect(200).body;
        assert_eq!((&me["email"], &me["confirmed"], &me["memberships"]), (&json!("ada@example.org"), &json!(true), &json!([])));
        ada.delete("/api/v1/identity/sessions/current").await.expect(204);
        assert_eq!(ada.get("/api/v1/me").await.expect(401).body["code"], "session_ended");
        let first = sign_in(kazi, "ada@example.org", PASSWORD).await.expect(200).body;
        let second = refresh(kazi, &first["refresh_token"]).await.expect(200).body;
        let (old, new) = (kazi.bearer(first["access_token"].as_str().unwrap()), kazi.bearer(second["access_token"].as_str().unwrap()));
        old.get("/api/v1/me").await.expect(200);
        new.delete("/api/v1/identity/sessions").await.expect(204);
        new.get("/api/v1/me").await.expect(401);
        old.get("/api/v1/me").await.expect(401);
        refresh(kazi, &second["refresh_token"]).await.expect(401);
    })
    .await;
}

#[actix_web::test]
async fn a_spent_refresh_token_ends_the_session_for_thief_and_owner() {
    on_each_database(async |kazi| {
        let ada = kazi.person("ada@example.org").await;
        let first = sign_in(kazi, "ada@example.org", PASSWORD).await.expect(200).body;
        let second = refresh(kazi, &first["refresh_token"]).await.expect(200).body;
        assert_eq!(refresh(kazi, &first["refresh_token"]).await.expect(401).body["code"], "session_ended");
        refresh(kazi, &second["refresh_token"]).await.expect(401);
        kazi.bearer(second["access_token"].as_str().unwrap()).get("/api/v1/me").await.expect(401);
        ada.get("/api/v1/me").await.expect(200);
        let id = ada.person_id().0;
        let log = kazi.state.store.read_now(|db| kazi_store::events::of_subject(db, id, 10)).unwrap();
        assert_eq!(log.iter().filter(|e| e.kind.as_str() == "session.reuse_detected").count(), 1);
    })
    .await;
}

#[actix_web::test]
async fn of_many_refreshes_at_once_one_wins_and_the_rest_are_reuses() {
    on_each_database(async |kazi| {
        kazi.person("ada@example.org").await;
        let tokens = sign_in(kazi, "ada@example.org", PASSWORD).await.expect(200).body;
        let all = futures_util::future::join_all((0..8).map(|_| refresh(kazi, &tokens["refresh_token"]))).await;
        let good: Vec<_> = all.iter().filter(|a| a.status == 200).collect();
        assert_eq!(good.len(), 1);
        refresh(kazi, &good[0].body["refresh_token"]).await.expect(401);
    })
    .await;
}

#[actix_web::test]
async fn in_a_browser_the_refresh_token_is_a_cookie_that_only_the_app_can_use() {
    on_each_database(async |kazi| {
        kazi.person("ada@example.org").await;
        let nobody = kazi.nobody();
        let given = json!({ "email": "ada@example.org", "password": PASSWORD });
        assert_eq!(nobody.post("/api/v1/identity/sessions", given.clone()).await.expect(403).body["code"], "csrf_failed");
        let request = nobody.request("POST", "/api/v1/identity/sessions").header("X-Requested-With", "kazi").json(&given);
        let signed_in = nobody.send(request).await.expect(200);
        assert_eq!(signed_in.body["refresh_token"], Value::Null);
        let cookie = signed_in.header("set-cookie").unwrap().to_owned();
        for part in ["__Host-kazi_refresh=", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"));
        let pair = cookie.split(';').next().unwrap();
        let refresh = |headers: &[(&str, &str)]| {
            let request = nobody.request("POST", "/api/v1/identity/sessions/refresh").header("Cookie", pair);
            headers.iter().fold(request, |r, (name, value)| r.header(*name, *value))
        };
        nobody.send(refresh(&[])).await.expect(403);
        nobody.send(refresh(&[("X-Requested-With", "kazi"), ("Sec-Fetch-Site", "cross-site")])).await.expect(403);
        nobody.send(refresh(&[("X-Requested-With", "kazi"), ("Origin", "https://evil.example")])).await.expect(403);
        let good =
            nobody.send(refresh(&[("X-Requested-With", "kazi"), ("Origin", &kazi.address), ("Sec-Fetch-Site", "same-origin")])).await;
        let good = good.expect(200);
        assert!(good.body["access_token"].is_string() && good.header("set-cookie").unwrap().contains("__Host-kazi_refresh="));
    })
    .await;
}

#[actix_web::test]
async fn nobody_learns_who_has_an_account() {
    on_each_database(async |kazi| {
        kazi.person("ada@example.org").await;
        let nobody = kazi.nobody();
        let register = |email: &str| json!({ "email": email, "name": "X", "password": "something long", "language": "fr" });
        let known = nobody.post("/api/v1/identity/registrations", register("ada@example.org")).await.expect(202);
        let fresh = nobody.post("/api/v1/identity/registrations", register("new@example.org")).await.expect(202);
        assert_eq!(known.body.as_object().unwrap().keys().collect::<Vec<_>>(), fresh.body.as_object().unwrap().keys().collect::<Vec<_>>());
        kazi.letter("ada@example.org", "has an account already").await;
        kazi.letter("new@example.org", "Merci de confirmer").await;
        sign_in(kazi, "ada@example.org", "something long").await.expect(401);
        for email in ["ada@example.org", "nobody@example.org"] {
            nobody.post("/api/v1/identity/password-resets", json!({ "email": email })).await.expect(202);
            assert_eq!(sign_in(kazi, email, "a wrong password").await.expect(401).body["code"], "bad_credentials");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_mailed_link_works_once() {
    on_each_database(async |kazi| {
        let nobody = kazi.nobody();
        let new = json!({ "email": "ada@example.org", "name": "Ada", "password": PASSWORD, "language": "en" });
        nobody.post("/api/v1/identity/registrations", new.clone()).await.expect(202);
        let token = kazi.mailed_token("ada@example.org").await;
        nobody.post("/api/v1/identity/registrations", new).await.expect(202);
        let other = kazi.mailed_token("ada@example.org").await;
        nobody.post("/api/v1/identity/confirmations", json!({ "token": token })).await.expect(204);
        nobody.post("/api/v1/identity/confirmations", json!({ "token": token })).await.expect(404);
        nobody.post("/api/v1/identity/confirmations", json!({ "token": other })).await.expect(404);
        nobody.post("/api/v1/identity/password-resets/complete", json!({ "token": token, "password": PASSWORD })).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn a_letter_confirms_what_its_own_sign_up_said() {
    on_each_database(async |kazi| {
        let nobody = kazi.nobody();
        let sign_up = async |email: &str, name: &str, password: &str| {
            let new = json!({ "email": email, "name": name, "password": password, "language": "fr" });
            nobody.post("/api/v1/identity/registrations", new).await.expect(202);
            kazi.mailed_token(email).await
        };
        let confirm = async |token: &str| nobody.post("/api/v1/identity/confirmations", json!({ "token": token })).await.status;
        for stranger_first in [false, true] {
            let email = format!("{stranger_first}@example.org");
            let (hers, his) = if stranger_first {
                let his = sign_up(&email, "Mallory", "password of mallory").await;
                (sign_up(&email, "Ada", PASSWORD).await, his)
            } else {
                (sign_up(&email, "Ada", PASSWORD).await, sign_up(&email, "Mallory", "password of mallory").await)
            };
            let early = sign_in(kazi, &email, if stranger_first { "password of mallory" } else { PASSWORD }).await.expect(200).body;
            let early = kazi.bearer(early["access_token"].as_str().unwrap());
            early.get("/api/v1/me").await.expect(200);
            assert_eq!(confirm(&hers).await, 204);
            assert_eq!(confirm(&his).await, 404, "the address is hers now");
            sign_in(kazi, &email, "password of mallory").await.expect(401);
            let ada = kazi.signed_in(&email, PASSWORD).await;
            let me = ada.get("/api/v1/me").await.expect(200).body;
            assert_eq!((&me["name"], &me["confirmed"]), (&json!("Ada"), &json!(true)));
            early.get("/api/v1/me").await.expect(if stranger_first { 401 } else { 200 });
        }
    })
    .await;
}

#[actix_web::test]
async fn the_confirmation_letter_comes_again_for_whoever_asks_signed_in() {
    on_each_database(async |kazi| {
        let nobody = kazi.nobody();
        let new = json!({ "email": "ada@example.org", "name": "Ada", "password": PASSWORD, "language": "en" });
        nobody.post("/api/v1/identity/registrations", new).await.expect(202);
        kazi.mailed_token("ada@example.org").await;
        let ada = kazi.signed_in("ada@example.org", PASSWORD).await;
        let sent = ada.send(ada.request("POST", "/api/v1/me/confirmation")).await.expect(202);
        assert_eq!(sent.body["email"], "ada@example.org");
        let token = kazi.mailed_token("ada@example.org").await;
        nobody.post("/api/v1/identity/confirmations", json!({ "token": token })).await.expect(204);
        assert_eq!(ada.get("/api/v1/me").await.expect(200).body["confirmed"], true);
        ada.send(ada.request("POST", "/api/v1/me/confirmation")).await.expect(409);
    })
    .await;
}

#[actix_web::test]
async fn a_stranger_uses_up_nobodys_letters_but_his_own() {
    let flags = ["--requests-per-minute", "600", "--trusted-proxies", "127.0.0.1/32"];
    let kazi = Kazi::start(kazi_store::testing::sqlite(), &flags).await;
    let nobody = kazi.nobody();
    let sign_up = async |from: &str| {
        let new = json!({ "email": "ada@example.org", "name": "Ada", "password": PASSWORD, "language": "en" });
        nobody.send(nobody.request("POST", "/api/v1/identity/registrations").header("X-Forwarded-For", from).json(&new)).await
    };
    for _ in 0..5 {
        sign_up("192.0.2.1").await.expect(202);
    }
    assert!(sign_up("192.0.2.1").await.expect(429).header("retry-after").is_some(), "and he is told");
    sign_up("192.0.2.2").await.expect(202);
    kazi.stop().await;
}

#[actix_web::test]
async fn a_new_password_ends_every_session() {
    on_each_database(async |kazi| {
        let ada = kazi.person("ada@example.org").await;
        let nobody = kazi.nobody();
        nobody.post("/api/v1/identity/password-resets", json!({ "email": "ada@example.org" })).await.expect(202);
        let token = kazi.mailed_token("ada@example.org").await;
        let short = json!({ "token": token, "password": "short" });
        assert_eq!(
            nobody.post("/api/v1/identity/password-resets/complete", short).await.expect(422).body["errors"][0]["pointer"],
            "/password"
        );
        let complete = json!({ "token": token, "password": "entirely different" });
        nobody.post("/api/v1/identity/password-resets/complete", complete).await.expect(204);
        ada.get("/api/v1/me").await.expect(401);
        sign_in(kazi, "ada@example.org", PASSWORD).await.expect(401);
        sign_in(kazi, "ada@example.org", "entirely different").await.expect(200);
        kazi.letter("ada@example.org", "Your password was changed").await;
    })
    .await;
}

#[actix_web::test]
async fn guessing_is_slowed() {
    on_each_database(async |kazi| {
        kazi.person("ada@example.org").await;
        // the waits grow, so on a machine that is slower than the first of them it takes some more
        let mut slowed = sign_in(kazi, "ada@example.org", "a wrong password").await;
        assert_eq!(slowed.status, 401);
        for _ in 0..40 {
            if slowed.status == 429 {
                break;
            }
            slowed = sign_in(kazi, "ada@example.org", "a wrong password").await;
        }
        assert_eq!(slowed.status, 429);
        assert!(slowed.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    })
    .await;
}

#[actix_web::test]
async fn the_account_is_changed_exported_and_deleted() {
    on_each_database(async |kazi| {
        let ada = kazi.person("ada@example.org").await;
        let read = ada.get("/api/v1/me").await.expect(200);
        let tag = read.header("etag").unwrap().to_owned();
        let changed = ada.patch("/api/v1/me", &tag, json!({ "language": "fr" })).await.expect(200);
        assert_eq!((&changed.body["language"], &changed.body["name"]), (&json!("fr"), &json!("Ada Test")));
        ada.patch("/api/v1/me", &tag, json!({ "name": "Late" })).await.expect(412);
        assert_eq!(ada.patch("/api/v1/me", &tag, json!({ "email": "x@y.zz" })).await.status, 412);
        let fresh = changed.header("etag").unwrap();
        assert_eq!(ada.patch("/api/v1/me", fresh, json!({ "email": "x@y.zz" })).await.expect(400).body["code"], "unknown_field");
        let held = ada.get("/api/v1/me/export").await.expect(200).body;
        assert_eq!(held["account"]["email"], "ada@example.org");
        assert!(held["history"].as_array().unwrap().iter().any(|e| e["kind"] == "person.confirmed"));
        assert!(!held.to_string().contains("argon2"));
        ada.delete("/api/v1/me").await.expect(204);
        ada.get("/api/v1/me").await.expect(401);
        sign_in(kazi, "ada@example.org", PASSWORD).await.expect(401);
        kazi.person("ada@example.org").await;
    })
    .await;
}
