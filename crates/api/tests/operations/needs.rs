//! Needs over HTTP: who may save, see, change and end them.

use crate::support;

use kazi_core::identity::MemberRole::{Editor, Member, Owner};
use serde_json::{Value, json};
use support::{Kazi, on_each_database};

fn wanted(visibility: &str) -> Value {
    json!({
        "title": "Labels for street scenes", "service_line": "data_annotation", "fte_from": 10.0, "fte_to": 40.0,
        "languages": [{"language": "en", "level": "b2"}], "visibility": visibility
    })
}

async fn open_need(kazi: &Kazi, buyer: kazi_core::ids::OrganisationId, wanted: Value) -> String {
    let editor = kazi.member_of(buyer, Editor).await;
    editor.post("/api/v1/needs", json!({ "organisation": buyer, "wanted": wanted, "state": "open" })).await.expect(201).id()
}

#[actix_web::test]
async fn a_need_is_saved_changed_opened_and_ended_by_its_editors() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let (editor, member) = (kazi.member_of(buyer, Editor).await, kazi.member_of(buyer, Member).await);
        let new = json!({ "organisation": buyer, "wanted": wanted("matched") });
        member.post("/api/v1/needs", new.clone()).await.expect(403);
        kazi.nobody().post("/api/v1/needs", new.clone()).await.expect(401);
        let made = editor.post("/api/v1/needs", new).await.expect(201);
        assert_eq!((made.body["state"].as_str(), made.header("etag")), (Some("draft"), Some("\"v1\"")));
        let path = format!("/api/v1/needs/{}", made.id());
        assert_eq!(made.header("location"), Some(path.as_str()));

        let changed = editor.patch(&path, "\"v1\"", json!({ "wanted": { "fte_to": 60.0, "languages": [] } })).await.expect(200);
        assert_eq!((changed.body["wanted"]["fte_to"].as_f64(), changed.body["wanted"]["fte_from"].as_f64()), (Some(60.0), Some(10.0)));
        editor.patch(&path, "\"v1\"", json!({ "wanted": { "fte_to": 70.0 } })).await.expect(412);
        editor.send(editor.request("PATCH", &path).json(&json!({ "wanted": {} }))).await.expect(428);
        let wrong = editor.patch(&path, "\"v2\"", json!({ "wanted": { "fte_to": 5.0 } })).await.expect(422);
        assert_eq!(wrong.body["errors"][0]["pointer"], "/wanted/fte_to");
        let unknown = editor.patch(&path, "\"v2\"", json!({ "wanted": { "colour": "red" } })).await.expect(400);
        assert_eq!(unknown.body["code"], "unknown_field");

        let state = |to: &str, tag: &str| {
            editor.request("POST", &format!("{path}/state")).header("If-Match", tag.to_owned()).json(&json!({ "state": to }))
        };
        editor.send(state("awarded", "\"v2\"")).await.expect(409);
        editor.send(state("open", "\"v2\"")).await.expect(200);
        member
            .send(member.request("POST", &format!("{path}/state")).header("If-Match", "\"v3\"").json(&json!({ "state": "closed" })))
            .await
            .expect(403);
        editor.send(state("awarded", "\"v3\"")).await.expect(200);
        editor.patch(&path, "\"v4\"", json!({ "wanted": { "fte_to": 80.0 } })).await.expect(409);
        let list = member.get(&format!("/api/v1/needs?organisation={buyer}&state=awarded")).await.expect(200);
        assert_eq!(list.body["items"][0]["id"], made.body["id"]);
        editor.delete(&path).await.expect(204);
        editor.get(&path).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn a_need_is_open_to_whom_its_visibility_says() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let fits = kazi.provider("Fitting", json!({ "available_fte": 20.0, "languages": [{"language": "en", "level": "c1"}] })).await;
        let misses = kazi.provider("Missing", json!({ "available_fte": 2.0, "languages": [{"language": "en", "level": "c1"}] })).await;
        let (fitting, missing, stranger) =
            (kazi.member_of(fits, Member).await, kazi.member_of(misses, Owner).await, kazi.person("stranger@x.example").await);
        let draft = kazi
            .member_of(buyer, Owner)
            .await
            .post("/api/v1/needs", json!({ "organisation": buyer, "wanted": wanted("public") }))
            .await
            .expect(201)
            .id();
        let public = open_need(kazi, buyer, wanted("public")).await;
        let matched = open_need(kazi, buyer, wanted("matched")).await;
        let invited = open_need(kazi, buyer, wanted("invited")).await;
        let nobody = kazi.nobody();
        for (need, expected) in
            [(&draft, [401, 404, 404, 404]), (&public, [200; 4]), (&matched, [401, 404, 404, 200]), (&invited, [401, 404, 404, 404])]
        {
            for (actor, status) in [&nobody, &stranger, &missing, &fitting].into_iter().zip(expected) {
                actor.get(&format!("/api/v1/needs/{need}")).await.expect(status);
            }
        }
        nobody.get("/api/v1/needs/01930000-0000-7000-8000-000000000001").await.expect(401);
        let list = nobody.get("/api/v1/needs").await.expect(200);
        assert_eq!(list.body["items"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect::<Vec<_>>(), [public.as_str()]);
        stranger.get(&format!("/api/v1/needs?organisation={buyer}")).await.expect(403);
        nobody.get("/api/v1/needs?colour=red").await.expect(400);
    })
    .await;
}

#[actix_web::test]
async fn a_confidential_need_does_not_name_its_owner() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let mut secret = wanted("public");
        secret["confidential"] = json!(true);
        secret["alert_from_score"] = json!(80.0);
        let need = open_need(kazi, buyer, secret).await;
        let provider = kazi.provider("P", json!({ "available_fte": 20.0 })).await;
        kazi.caught_up().await;
        let member = kazi.member_of(provider, Member).await;
        for (actor, owner) in [(&kazi.nobody(), Value::Null), (&member, Value::Null), (&kazi.member_of(buyer, Member).await, json!(buyer))]
        {
            let read = actor.get(&format!("/api/v1/needs/{need}")).await.expect(200);
            assert_eq!(read.body["organisation"], owner);
            assert_eq!(read.body["wanted"]["alert_from_score"].is_null(), owner.is_null());
        }
        let listed = kazi.nobody().get("/api/v1/needs").await.expect(200);
        assert!(!listed.body.to_string().contains(&buyer.to_string()));
        let fitting = member.get(&format!("/api/v1/organisations/{provider}/fitting-needs")).await.expect(200);
        assert_eq!(fitting.body["needs"][0]["need"]["id"], json!(need));
        assert!(!fitting.body.to_string().contains(&buyer.to_string()));
    })
    .await;
}

#[actix_web::test]
async fn a_key_repeats_the_answer_and_of_two_changes_at_once_one_wins() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let editor = kazi.member_of(buyer, Editor).await;
        let new = json!({ "organisation": buyer, "wanted": wanted("matched") });
        let send = |body: &Value| editor.request("POST", "/api/v1/needs").header("Idempotency-Key", "once-1").json(body);
        let (first, again) = (editor.send(send(&new)).await.expect(201), editor.send(send(&new)).await.expect(201));
        assert_eq!(first.body, again.body);
        editor.send(send(&json!({ "organisation": buyer, "wanted": wanted("public") }))).await.expect(409);
        let list = editor.get(&format!("/api/v1/needs?organisation={buyer}")).await.expect(200);
        assert_eq!(list.body["items"].as_array().unwrap().len(), 1);

        let path = format!("/api/v1/needs/{}", first.id());
        let (a, b) = futures_util::join!(
            editor.patch(&path, "\"v1\"", json!({ "wanted": { "fte_to": 50.0 } })),
            editor.patch(&path, "\"v1\"", json!({ "wanted": { "fte_to": 60.0 } }))
        );
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
    })
    .await;
}

#[actix_web::test]
async fn the_shortlist_is_the_owners_own() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let (editor, stranger) = (kazi.member_of(buyer, Editor).await, kazi.person("s@x.example").await);
        let need = open_need(kazi, buyer, wanted("public")).await;
        let provider = kazi.provider("P", json!({})).await;
        let (list, entry) = (format!("/api/v1/needs/{need}/shortlist"), format!("/api/v1/needs/{need}/shortlist/{provider}"));
        let put = |note: &str| editor.request("PUT", &entry).json(&json!({ "note": note }));
        editor.send(put("call them")).await.expect(200);
        editor.send(put("called")).await.expect(200);
        let read = editor.get(&list).await.expect(200);
        assert_eq!(read.body["items"].as_array().unwrap().len(), 1);
        assert_eq!(
            (read.body["items"][0]["note"].as_str(), read.body["items"][0]["organisation"]["name"].as_str()),
            (Some("called"), Some("P"))
        );
        stranger.get(&list).await.expect(404);
        kazi.member_of(provider, Owner).await.get(&list).await.expect(404);
        stranger.send(stranger.request("PUT", &entry).json(&json!({}))).await.expect(404);
        editor.delete(&entry).await.expect(204);
        editor.delete(&entry).await.expect(404);
    })
    .await;
}
