//! Members, invitations, API keys and staff over HTTP.

use crate::support;

use kazi_core::directory::Profile;
use kazi_core::identity::{MemberRole, StaffRole};
use kazi_core::ids::OrganisationId;
use kazi_store::directory::{NewListing, create};
use serde_json::json;
use support::{Kazi, on_each_database};

async fn organisation(kazi: &Kazi, name: &str) -> OrganisationId {
    let id: OrganisationId = kazi_api::state::new_id();
    let profile = Profile { name: name.into(), ..Profile::default() };
    let listing = NewListing { id, profile, provenance: Default::default(), claimed: true, fictional: false, source_key: None };
    let now = kazi.state.now();
    kazi.state.store.write(move |db| create(db, now, None, &listing)).await.unwrap();
    id
}

#[actix_web::test]
async fn somebody_is_invited_joins_and_leaves() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let path = format!("/api/v1/organisations/{id}");
        let invitation = json!({ "email": "Ben@example.org", "role": "editor", "language": "fr" });
        let made = owner.post(&format!("{path}/invitations"), invitation.clone()).await.expect(201);
        assert_eq!(made.body["email"], "ben@example.org");
        let token = kazi.mailed_token("ben@example.org").await;
        let eve = kazi.person("eve@example.org").await;
        eve.post("/api/v1/identity/invitations/accept", json!({ "token": token })).await.expect(403);
        let ben = kazi.person("ben@example.org").await;
        ben.get(&format!("{path}/members")).await.expect(404);
        let joined = ben.post("/api/v1/identity/invitations/accept", json!({ "token": token })).await.expect(200).body;
        assert_eq!((&joined["role"], &joined["name"]), (&json!("editor"), &json!("Sama")));
        ben.post("/api/v1/identity/invitations/accept", json!({ "token": token })).await.expect(404);
        assert_eq!(ben.get(&format!("{path}/members")).await.expect(200).body["items"].as_array().unwrap().len(), 2);
        assert_eq!(ben.get("/api/v1/me").await.expect(200).body["memberships"][0]["slug"], "sama");
        ben.post(&format!("{path}/invitations"), invitation.clone()).await.expect(403);
        assert_eq!(owner.post(&format!("{path}/invitations"), invitation).await.expect(409).body["code"], "already_exists");
        let me = ben.person_id();
        eve.delete(&format!("{path}/members/{me}")).await.expect(404);
        ben.delete(&format!("{path}/members/{me}")).await.expect(204);
        ben.get(&format!("{path}/members")).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn an_invitation_is_accepted_once_and_told_again_to_who_repeats() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let new = json!({ "email": "ben@example.org", "role": "editor", "language": "en" });
        owner.post(&format!("/api/v1/organisations/{id}/invitations"), new).await.expect(201);
        let token = kazi.mailed_token("ben@example.org").await;
        let ben = kazi.person("ben@example.org").await;
        let accept = || {
            let request = ben.request("POST", "/api/v1/identity/invitations/accept").header("Idempotency-Key", "accept-1");
            ben.send(request.json(&json!({ "token": token })))
        };
        let first = accept().await.expect(200).body;
        assert_eq!(accept().await.expect(200).body, first);
    })
    .await;
}

#[actix_web::test]
async fn invitations_are_no_way_to_fill_mailboxes() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let invite = async |id: OrganisationId, email: &str| {
            let new = json!({ "email": email, "role": "member", "language": "en" });
            owner.post(&format!("/api/v1/organisations/{id}/invitations"), new).await
        };
        for n in 0..50 {
            invite(id, &format!("{n}@example.org")).await.expect(201);
        }
        assert!(invite(id, "one-more@example.org").await.expect(429).header("retry-after").is_some());
        for n in 0..11 {
            let new = json!({ "name": format!("Shell {n}"), "kinds": ["issp"], "country": "KE" });
            let other = owner.post("/api/v1/organisations", new).await.expect(201).id().parse().unwrap();
            invite(other, "victim@example.org").await.expect(if n < 10 { 201 } else { 429 });
        }
        let loud = json!({ "name": "Win at https://evil.example", "kinds": ["issp"], "country": "KE" });
        let refused = owner.post("/api/v1/organisations", loud).await.expect(422);
        assert_eq!((&refused.body["errors"][0]["pointer"], &refused.body["errors"][0]["code"]), (&json!("/name"), &json!("plain")));
        let new = json!({ "email": "x@example.org", "name": "A\nB", "password": "something long", "language": "en" });
        kazi.nobody().post("/api/v1/identity/registrations", new).await.expect(422);
    })
    .await;
}

#[actix_web::test]
async fn the_link_header_leads_through_a_list_to_its_end() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        for n in 0..5 {
            let new = json!({ "name": format!("Key {n}"), "scopes": ["directory.read"] });
            owner.post(&format!("/api/v1/organisations/{id}/api-keys"), new).await.expect(201);
        }
        kazi.caught_up().await;
        let follow = async |mut path: String| {
            let (mut seen, mut pages) = (Vec::new(), 0);
            loop {
                let page = owner.get(&path).await.expect(200);
                seen.extend(
                    page.body["items"].as_array().unwrap().iter().map(|item| item["id"].clone().to_string() + &item["subject"].to_string()),
                );
                pages += 1;
                let next =
                    page.header("link").map(|link| link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned());
                assert_eq!(next.is_some(), page.body["next"].is_string());
                match next {
                    Some(next) => path = next,
                    None => return (seen.len(), pages),
                }
            }
        };
        assert_eq!(follow(format!("/api/v1/organisations/{id}/api-keys?limit=2")).await, (5, 3));
        // the organisation, its owner and the keys
        assert_eq!(follow(format!("/api/v1/organisations/{id}/history?limit=3")).await, (7, 3));
        let (found, pages) = follow("/api/v1/organisations?q=Sama&limit=1".to_owned()).await;
        assert_eq!((found, pages), (1, 1));
        for n in 0..3 {
            organisation(kazi, &format!("Sama {n}")).await;
        }
        kazi.caught_up().await;
        assert_eq!(follow("/api/v1/organisations?limit=1&q=Sama".to_owned()).await, (4, 4));
    })
    .await;
}

#[actix_web::test]
async fn staff_reads_of_a_history_what_was_done_to_the_listing() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let steward = kazi.staff(StaffRole::Steward).await;
        let path = format!("/api/v1/organisations/{id}/history");
        let kinds = |body: &serde_json::Value| -> Vec<String> {
            body["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(kinds(&owner.get(&path).await.expect(200).body), ["member.added", "organisation.created"]);
        assert_eq!(kinds(&steward.get(&path).await.expect(200).body), ["organisation.created"]);
        kazi.person("stranger@example.org").await.get(&path).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn a_withdrawn_invitation_is_good_no_more() {
    on_each_database(async |kazi| {
        let (id, other) = (organisation(kazi, "Sama").await, organisation(kazi, "Digital Divide Data").await);
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let stranger = kazi.member_of(other, MemberRole::Owner).await;
        let path = format!("/api/v1/organisations/{id}/invitations");
        let made = owner.post(&path, json!({ "email": "ben@example.org", "role": "member", "language": "en" })).await.expect(201);
        let token = kazi.mailed_token("ben@example.org").await;
        assert_eq!(owner.get(&path).await.expect(200).body["items"][0]["id"], made.id());
        stranger.get(&path).await.expect(404);
        stranger.delete(&format!("/api/v1/organisations/{other}/invitations/{}", made.id())).await.expect(404);
        owner.delete(&format!("{path}/{}", made.id())).await.expect(204);
        let ben = kazi.person("ben@example.org").await;
        ben.post("/api/v1/identity/invitations/accept", json!({ "token": token })).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn an_organisation_keeps_an_owner_whoever_hurries() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let (ada, ben) = (kazi.member_of(id, MemberRole::Owner).await, kazi.member_of(id, MemberRole::Owner).await);
        let path = |person| format!("/api/v1/organisations/{id}/members/{person}");
        let (a, b) = (path(ada.person_id()), path(ben.person_id()));
        let (one, two) = futures_util::join!(ada.delete(&a), ben.patch(&b, "\"v1\"", json!({ "role": "member" })));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert!(matches!(statuses, [204, 409] | [200, 409]), "{statuses:?}");
        let last = if one.status == 204 { &ben } else { &ada };
        let refused = last.delete("/api/v1/me").await.expect(409);
        assert!(refused.body["detail"].as_str().unwrap().contains("Sama"), "{}", refused.body);
        let carol = kazi.member_of(id, MemberRole::Member).await;
        last.patch(&path(carol.person_id()), "\"v1\"", json!({ "role": "owner" })).await.expect(200);
        last.delete("/api/v1/me").await.expect(204);
        assert_eq!(carol.get("/api/v1/me").await.expect(200).body["memberships"][0]["role"], "owner");
    })
    .await;
}

#[actix_web::test]
async fn a_partner_calls_with_a_key_until_it_is_revoked() {
    on_each_database(async |kazi| {
        let id = organisation(kazi, "Sama").await;
        let owner = kazi.member_of(id, MemberRole::Owner).await;
        let editor = kazi.member_of(id, MemberRole::Editor).await;
        let path = format!("/api/v1/organisations/{id}/api-keys");
        let new = json!({ "name": "CRM", "scopes": ["directory.read", "directory.write"] });
        editor.post(&path, new.clone()).await.expect(403);
        let request = owner.request("POST", &path).header("Idempotency-Key", "k1").json(&new);
        let made = owner.send(request).await.expect(201);
        let request = owner.request("POST", &path).header("Idempotency-Key", "k1").json(&new);
        let again = owner.send(request).await.expect(201);
        assert_eq!((again.body["key"]["id"].clone(), again.body["secret"].is_null()), (made.body["key"]["id"].clone(), true));
        let secret = made.body["secret"].as_str().unwrap().to_owned();
        let partner = kazi.bearer(&secret);
        let at = format!("/api/v1/organisations/{id}");
        partner.patch(&at, "\"v1\"", json!({ "city": "Nairobi" })).await.expect(200);
        partner.get("/api/v1/me").await.expect(403);
        partner.get(&path).await.expect(403);
        kazi.bearer(format!("{}x", &secret[..secret.len() - 1])).get(&at).await.expect(401);
        let listed = owner.get(&path).await.expect(200).body;
        assert!(!listed.to_string().contains(&secret[20..]));
        let key = made.body["key"]["id"].as_str().unwrap();
        owner.delete(&format!("{path}/{key}")).await.expect(204);
        partner.get(&at).await.expect(401);
        let past = json!({ "name": "old", "scopes": ["directory.read"], "expires_at": "2020-01-01T00:00:00Z" });
        owner.post(&path, past).await.expect(422);
    })
    .await;
}

#[actix_web::test]
async fn admins_find_people_and_appoint_staff() {
    on_each_database(async |kazi| {
        let admin = kazi.staff(StaffRole::Admin).await;
        let steward = kazi.staff(StaffRole::Steward).await;
        let ada = kazi.person("ada_x@example.org").await;
        kazi.person("adaxx@example.org").await;
        steward.get("/api/v1/staff/people").await.expect(403);
        assert_eq!(admin.get("/api/v1/staff/people").await.expect(200).body["items"].as_array().unwrap().len(), 2);
        let found = admin.get("/api/v1/staff/people?q=ADA_").await.expect(200).body;
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
        let path = format!("/api/v1/staff/people/{}/role", ada.person_id());
        let put = |actor: &support::Actor<'_>, path: &str, body| actor.request("PUT", path).json(&body);
        admin.send(put(&admin, &path, json!({ "role": "moderator" }))).await.expect(204);
        assert_eq!(ada.get("/api/v1/me").await.expect(200).body["staff"], "moderator");
        let own = format!("/api/v1/staff/people/{}/role", admin.person_id());
        admin.send(put(&admin, &own, json!({ "role": null }))).await.expect(409);
    })
    .await;
}
