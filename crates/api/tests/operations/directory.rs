//! Organisations over HTTP: list, read, change, history.

use crate::support;

use kazi_core::identity::{MemberRole, StaffRole};
use serde_json::json;
use support::on_each_database;

#[actix_web::test]
async fn whoever_lists_an_organisation_owns_and_changes_it() {
    on_each_database(async |kazi| {
        let owner = kazi.person("owner@example.org").await;
        let new = json!({"name": "Tujenge Data", "kinds": ["issp"], "country": "KE", "website": "https://tujenge.example"});
        kazi.nobody().post("/api/v1/organisations", new.clone()).await.expect(401);
        let made = owner.post("/api/v1/organisations", new).await.expect(201);
        assert_eq!(made.header("etag"), Some("\"v1\""));
        let path = format!("/api/v1/organisations/{}", made.id());
        assert_eq!(made.header("location"), Some(path.as_str()));
        assert_eq!(made.body["provenance"]["website"]["by"], "self");

        let read = kazi.nobody().get(&path).await.expect(200);
        assert_eq!((&read.body, read.header("etag")), (&made.body, Some("\"v1\"")));
        let by_slug = kazi.nobody().get("/api/v1/organisations/by-slug/tujenge-data").await.expect(200);
        assert_eq!(by_slug.body, made.body);

        let changed = owner.patch(&path, "\"v1\"", json!({"city": "Nairobi", "website": null})).await.expect(200);
        assert_eq!(changed.header("etag"), Some("\"v2\""));
        assert_eq!((&changed.body["profile"]["city"], &changed.body["profile"]["website"]), (&json!("Nairobi"), &json!(null)));
        assert!(changed.body["provenance"]["website"].is_null(), "what is not stated has no provenance");
        assert_eq!(kazi.nobody().get(&path).await.expect(200).body, changed.body, "never an old answer after a change");

        owner.patch(&path, "\"v1\"", json!({"city": "Mombasa"})).await.expect(412);
        owner.send(owner.request("PATCH", &path).json(&json!({"city": "Mombasa"}))).await.expect(428);
        assert_eq!(owner.patch(&path, "\"v2\"", json!({"colour": "red"})).await.expect(400).body["code"], "unknown_field");
        assert_eq!(owner.patch(&path, "\"v2\"", json!({"founded": 12})).await.expect(422).body["errors"][0]["pointer"], "/founded");
        let twice = json!({"certificates": [{"kind": "soc_2"}, {"kind": "soc_2"}]});
        assert_eq!(owner.patch(&path, "\"v2\"", twice).await.expect(422).body["errors"][0]["pointer"], "/certificates/1/kind");
    })
    .await;
}

#[actix_web::test]
async fn editors_and_stewards_change_it_and_others_do_not() {
    on_each_database(async |kazi| {
        let owner = kazi.person("owner@example.org").await;
        let made = owner.post("/api/v1/organisations", json!({"name": "Enda", "kinds": ["issp"]})).await.expect(201);
        let path = format!("/api/v1/organisations/{}", made.id());
        let id = made.id().parse().unwrap();
        kazi.nobody().patch(&path, "\"v1\"", json!({})).await.expect(401);
        kazi.person("stranger@example.org").await.patch(&path, "\"v1\"", json!({})).await.expect(403);
        kazi.member_of(id, MemberRole::Member).await.patch(&path, "\"v1\"", json!({})).await.expect(403);
        let edited = kazi.member_of(id, MemberRole::Editor).await.patch(&path, "\"v1\"", json!({"founded": 2009})).await.expect(200);
        assert_eq!(edited.body["provenance"]["founded"]["by"], "self");
        let edited = kazi.staff(StaffRole::Steward).await.patch(&path, "\"v2\"", json!({"city": "Dakar"})).await.expect(200);
        assert_eq!(edited.body["provenance"]["city"]["by"], "staff");
        assert_eq!(edited.body["provenance"]["founded"]["by"], "self");

        let history = format!("{path}/history");
        kazi.nobody().get(&history).await.expect(401);
        kazi.person("other@example.org").await.get(&history).await.expect(404);
        let page = owner.get(&format!("{history}?limit=2")).await.expect(200).body;
        assert_eq!(page["items"][0]["changed"], json!(["city"]));
        assert_eq!(page["items"][1]["changed"], json!(["founded"]));
        let rest = owner.get(&format!("{history}?after={}", page["next"].as_str().unwrap())).await.expect(200).body;
        assert!(rest["items"].as_array().unwrap().iter().any(|e| e["kind"] == "organisation.created"));
    })
    .await;
}

#[actix_web::test]
async fn members_state_sources_and_confirm_what_a_list_says() {
    on_each_database(async |kazi| {
        let owner = kazi.person("owner@example.org").await;
        let made = owner.post("/api/v1/organisations", json!({"name": "Enda", "kinds": ["issp"], "country": "SN"})).await.expect(201);
        let path = format!("/api/v1/organisations/{}", made.id());
        let state = async |actor: &crate::support::Actor<'_>, version: &str, body: serde_json::Value| {
            let request = actor.request("POST", &format!("{path}/provenance")).header("If-Match", version);
            actor.send(request.json(&body)).await
        };
        let documented = json!({"facts": ["country", "name"], "grade": "documented", "source": "https://registry.example/enda"});
        let after = state(&owner, "\"v1\"", documented.clone()).await.expect(200).body;
        let said = &after["provenance"]["country"];
        assert_eq!(
            (&said["by"], &said["grade"], &said["source"]),
            (&json!("self"), &json!("documented"), &json!("https://registry.example/enda"))
        );
        assert_eq!(after["provenance"]["kinds"]["grade"], "self_declared");
        state(&owner, "\"v1\"", documented.clone()).await.expect(412);
        let audited = json!({"facts": ["country"], "grade": "audited", "source": "Audit report 2026, page 4"});
        assert_eq!(state(&owner, "\"v2\"", audited.clone()).await.expect(422).body["errors"][0]["pointer"], "/grade");
        state(&kazi.person("stranger@example.org").await, "\"v2\"", documented).await.expect(403);
        let steward = kazi.staff(StaffRole::Steward).await;
        let after = state(&steward, "\"v2\"", audited).await.expect(200).body;
        assert_eq!(
            (&after["provenance"]["country"]["by"], &after["provenance"]["country"]["grade"]),
            (&json!("auditor"), &json!("audited"))
        );
        let confirm = |fact: &str| json!({"facts": [fact], "grade": "self_declared"});
        state(&owner, "\"v3\"", confirm("country")).await.expect(422);
        state(&owner, "\"v3\"", confirm("website")).await.expect(422);
        let after = state(&owner, "\"v3\"", confirm("name")).await.expect(200).body;
        assert_eq!(
            (&after["provenance"]["name"]["grade"], &after["provenance"]["name"]["source"]),
            (&json!("self_declared"), &json!(null))
        );
        let history = owner.get(&format!("{path}/history?limit=1")).await.expect(200).body;
        assert_eq!(history["items"][0]["changed"], json!(["name"]));
    })
    .await;
}

#[actix_web::test]
async fn a_repeated_post_with_its_key_lists_once() {
    on_each_database(async |kazi| {
        let owner = kazi.person("owner@example.org").await;
        let send = async || {
            let request = owner.request("POST", "/api/v1/organisations").header("Idempotency-Key", "k1");
            owner.send(request.json(&json!({"name": "Once", "kinds": ["bpo"]}))).await.expect(201)
        };
        assert_eq!(send().await.id(), send().await.id());
        kazi.nobody().get(&format!("/api/v1/organisations/{}", uuid::Uuid::now_v7())).await.expect(404);
        kazi.nobody().get("/api/v1/organisations/not-an-id").await.expect(400);
        let owned = owner.post("/api/v1/organisations", json!({"name": "X", "kinds": []})).await.expect(422).body;
        assert_eq!(owned["errors"].as_array().unwrap().len(), 2);
    })
    .await;
}
