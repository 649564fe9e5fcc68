//! A repeated request with the same `Idempotency-Key` does the thing once, also where nothing is created.

use crate::support;

use kazi_core::events::EventKind;
use kazi_core::identity::MemberRole;
use serde_json::json;
use support::on_each_database;

#[actix_web::test]
async fn a_need_is_opened_and_an_inquiry_closed_once() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Buyer").await;
        let provider = kazi.provider("Provider", json!({})).await;
        let owner = kazi.member_of(buyer, MemberRole::Owner).await;
        let wanted = json!({ "title": "Labels", "service_line": "data_annotation", "visibility": "invited" });
        let need = owner.post("/api/v1/needs", json!({ "organisation": buyer, "wanted": wanted })).await.expect(201);
        let (path, tag) = (format!("/api/v1/needs/{}/state", need.id()), need.header("etag").expect("a version").to_owned());
        let open = |key: &str| {
            let request = owner.request("POST", &path).header("Idempotency-Key", key).header("If-Match", &tag);
            owner.send(request.json(&json!({ "state": "open" })))
        };
        let first = open("open-1").await.expect(200);
        let again = open("open-1").await.expect(200);
        assert_eq!((&again.body, again.header("etag")), (&first.body, first.header("etag")));
        open("open-2").await.expect(412);

        let asked = json!({
            "organisation": buyer, "subject": "Labels", "providers": [provider],
            "reply_by": (chrono::Utc::now() + chrono::Duration::days(30)).to_rfc3339(),
            "questions": [{ "text": "How many people?", "kind": "number", "required": true }]
        });
        let inquiry = owner.post("/api/v1/inquiries", asked).await.expect(201).id();
        let path = format!("/api/v1/inquiries/{inquiry}/close");
        let close = |key: &str| owner.send(owner.request("POST", &path).header("Idempotency-Key", key));
        assert_eq!(close("close-1").await.expect(200).body["state"], "closed");
        assert_eq!(close("close-1").await.expect(200).body["state"], "closed");
        let closed =
            kazi.state.store.read_now(|db| kazi_store::events::of_organisation(db, buyer.0, vec![EventKind::InquiryClosed], None, 9));
        assert_eq!(closed.expect("the log").len(), 1);
    })
    .await;
}
