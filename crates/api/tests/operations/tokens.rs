//! Access tokens under attack, their keys, and what a second replica makes of them.

use crate::support;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kazi_api::state::State;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use support::{Actor, Kazi, on_each_database};

fn part(token: &str, n: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}
fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}
fn seed(kazi: &Kazi) -> [u8; 32] {
    let text = std::fs::read_to_string(kazi.data_dir().join("keys/signing.key")).unwrap();
    URL_SAFE_NO_PAD.decode(text.trim()).unwrap().try_into().unwrap()
}
fn signed(seed: &[u8; 32], kid: &str, claims: &Value) -> String {
    let der = ed25519_dalek::SigningKey::from_bytes(seed).to_pkcs8_der().unwrap();
    let header = Header { kid: Some(kid.into()), ..Header::new(Algorithm::EdDSA) };
    encode(&header, claims, &EncodingKey::from_ed_der(der.as_bytes())).unwrap()
}

async fn code(kazi: &Kazi, token: &str) -> Value {
    kazi.bearer(token).get("/api/v1/me").await.expect(401).body["code"].clone()
}

#[actix_web::test]
async fn a_token_of_any_other_make_is_refused() {
    on_each_database(async |kazi| {
        let ada = kazi.person("ada@example.org").await;
        let token = ada.token();
        let (header, claims) = (part(token, 0), part(token, 1));
        let kid = header["kid"].as_str().unwrap();
        for name in ["iss", "aud", "sub", "iat", "exp", "jti"] {
            assert!(!claims[name].is_null(), "{name}");
        }
        assert_eq!(header["alg"], "EdDSA");
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);

        let unsigned = format!("{}.{}.", encoded(&json!({ "alg": "none", "typ": "JWT", "kid": kid })), encoded(&claims));
        assert_eq!(code(kazi, &unsigned).await, "sign_in_required");
        let keys = kazi.nobody().get("/.well-known/jwks.json").await.expect(200).body;
        let public = keys["keys"][0]["x"].as_str().unwrap();
        for secret in [public.as_bytes().to_vec(), URL_SAFE_NO_PAD.decode(public).unwrap()] {
            let header = Header { kid: Some(kid.into()), ..Header::new(Algorithm::HS256) };
            let confused = encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap();
            assert_eq!(code(kazi, &confused).await, "sign_in_required");
        }
        let mut forged = claims.clone();
        forged["sub"] = json!(kazi_api::state::new_id::<kazi_core::ids::PersonId>());
        let swapped = format!("{}.{}.{}", token.split('.').next().unwrap(), encoded(&forged), token.split('.').nth(2).unwrap());
        assert_eq!(code(kazi, &swapped).await, "sign_in_required");
        assert_eq!(code(kazi, &signed(&[7; 32], kid, &claims)).await, "sign_in_required", "another's key under our name");
        assert_eq!(code(kazi, &signed(&seed(kazi), "unknown", &claims)).await, "sign_in_required", "no key of that name");
        let with = |name: &str, value: Value| {
            let mut claims = claims.clone();
            claims[name] = value;
            signed(&seed(kazi), kid, &claims)
        };
        assert_eq!(code(kazi, &with("exp", json!(1_700_000_000))).await, "token_expired");
        assert_eq!(code(kazi, &with("aud", json!("somebody else"))).await, "sign_in_required");
        assert_eq!(code(kazi, &with("iss", json!("somebody else"))).await, "sign_in_required");
        assert_eq!(code(kazi, &with("sub", forged["sub"].clone())).await, "session_ended", "a session of nobody");
        assert_eq!(code(kazi, "kazi_0123456789_nothing").await, "sign_in_required");
        assert_eq!(code(kazi, "x").await, "sign_in_required");
        kazi.bearer(with("jti", json!("0190f5fe-7c00-7a00-8000-000000000001"))).get("/api/v1/me").await.expect(200);
    })
    .await;
}

#[cfg(unix)]
#[actix_web::test]
async fn the_signing_key_is_for_the_server_alone() {
    use std::os::unix::fs::PermissionsExt;
    on_each_database(async |kazi| {
        let mode = |path: &str| std::fs::metadata(kazi.data_dir().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("keys/signing.key"), mode("keys")), (0o600, 0o700));
        let keys = kazi.nobody().get("/.well-known/jwks.json").await.expect(200).body;
        assert!(keys["keys"][0].get("d").is_none());
    })
    .await;
}

#[actix_web::test]
async fn replicas_trust_each_others_tokens_and_hear_of_sign_outs() {
    on_each_database(async |kazi| {
        let second = kazi.beside().await;
        let ada = kazi.person("ada@example.org").await;
        let there = second.bearer(ada.token());
        there.get("/api/v1/me").await.expect(200);
        ada.delete("/api/v1/identity/sessions").await.expect(204);
        ada.get("/api/v1/me").await.expect(401);
        until_refused(&there).await;
        second.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn a_retired_key_is_replaced_and_its_tokens_are_good_until_they_expire() {
    on_each_database(async |kazi| {
        let ada = kazi.person("ada@example.org").await;
        let now = kazi.state.now();
        kazi.state.store.write(move |db| kazi_store::identity::retire_keys_but(db, "", now)).await.unwrap();
        let second = kazi.beside().await;
        second.bearer(ada.token()).get("/api/v1/me").await.expect(200);
        let (before, settings) = (seed(kazi), (*kazi.state.settings).clone());
        let restarted = State::open(settings).unwrap();
        assert_ne!(seed(kazi), before);
        drop(restarted);
        ada.get("/api/v1/me").await.expect(200);
        second.stop().await;
    })
    .await;
}

async fn until_refused(actor: &Actor<'_>) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while actor.get("/api/v1/me").await.status != 401 {
        assert!(Instant::now() < deadline, "the replica never heard of it");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
