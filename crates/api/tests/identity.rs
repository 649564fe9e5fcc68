//! Accounts and sessions over HTTP, and attacks on them.

mod support;

use serde_json::json;
use support::{on_each_database, people::PASSWORD};

#[actix_web::test]
async fn somebody_registers_confirms_signs_in_and_refreshes() {
    on_each_database(async |kazi| {
        let ada = kazi.person("Ada@example.org").await;
        ada.delete("/api/v1/identity/sessions/current").await.expect(204);
        ada.delete("/api/v1/identity/sessions/current").await.expect(401);
        let given = json!({ "email": "ada@example.org", "password": PASSWORD, "cookie": false });
        let first = kazi.nobody().post("/api/v1/identity/sessions", given).await.expect(201).body;
        let spent = json!({ "refresh_token": first["refresh_token"] });
        let second = kazi.nobody().post("/api/v1/identity/sessions/refresh", spent.clone()).await.expect(200).body;
        let reused = kazi.nobody().post("/api/v1/identity/sessions/refresh", spent).await.expect(401);
        assert_eq!(reused.body["code"], "session_ended");
        let next = json!({ "refresh_token": second["refresh_token"] });
        kazi.nobody().post("/api/v1/identity/sessions/refresh", next).await.expect(401);
        let token = second["access_token"].as_str().unwrap();
        kazi.bearer(token).delete("/api/v1/identity/sessions/current").await.expect(401);
    })
    .await;
}
