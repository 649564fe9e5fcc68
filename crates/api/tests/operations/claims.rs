//! Claims with their queue, duplicates and merges.

use crate::support;

use kazi_core::identity::StaffRole;
use serde_json::{Value, json};
use support::{Kazi, on_each_database};

async fn listing(kazi: &Kazi, profile: Value) -> String {
    let listing = kazi_store::directory::NewListing {
        id: uuid::Uuid::now_v7().into(),
        profile: serde_json::from_value(profile).expect("a profile"),
        provenance: Default::default(),
        claimed: false,
        fictional: false,
        source_key: None,
    };
    let at = kazi.state.now();
    kazi.state.store.write(move |db| kazi_store::directory::create(db, at, None, &listing)).await.expect("it is listed").id.to_string()
}

#[actix_web::test]
async fn an_approved_claimant_owns_the_listing_and_the_others_are_told() {
    on_each_database(async |kazi| {
        let id = listing(kazi, json!({"name": "Umoja", "website": "https://www.umoja.example"})).await;
        let (ada, bob, steward) =
            (kazi.person("ada@x.example").await, kazi.person("bob@x.example").await, kazi.staff(StaffRole::Steward).await);
        let path = format!("/api/v1/organisations/{id}/claims");
        let new = json!({"evidence": "I run operations there.", "work_email": "ada@umoja.example", "link": "https://umoja.example/team"});
        kazi.nobody().post(&path, new.clone()).await.expect(401);
        let claim = ada.post(&path, new.clone()).await.expect(201);
        assert_eq!(
            (&claim.body["state"], &claim.body["overdue"], &claim.body["email_matches_website"]),
            (&json!("open"), &json!(false), &json!(true))
        );
        ada.post(&path, new).await.expect(409);
        let rival = bob.post(&path, json!({"evidence": "Trust me, it is mine.", "work_email": "bob@gmail.example"})).await.expect(201);

        let at = format!("/api/v1/claims/{}", claim.id());
        bob.get(&at).await.expect(404);
        ada.get(&at).await.expect(200);
        assert_eq!(bob.get("/api/v1/claims").await.expect(200).body["items"].as_array().unwrap().len(), 1);
        assert_eq!(steward.get("/api/v1/claims?state=open").await.expect(200).body["items"].as_array().unwrap().len(), 2);

        let decision = json!({"approve": true, "reason": "The team page names you."});
        ada.post(&format!("{at}/decision"), decision.clone()).await.expect(403);
        steward.post(&format!("{at}/decision"), decision.clone()).await.expect(200);
        steward.post(&format!("{at}/decision"), decision).await.expect(409);
        assert_eq!(bob.get(&format!("/api/v1/claims/{}", rival.id())).await.expect(200).body["state"], "rejected");
        let organisation = format!("/api/v1/organisations/{id}");
        assert_eq!(kazi.nobody().get(&organisation).await.expect(200).body["claimed"], true);
        ada.patch(&organisation, "\"v2\"", json!({"city": "Nairobi"})).await.expect(200);
        bob.post(&path, json!({"evidence": "But it is mine!", "work_email": "bob@gmail.example"})).await.expect(409);
    })
    .await;
}

#[actix_web::test]
async fn duplicates_are_suggested_and_a_merged_address_leads_to_the_other() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let keep =
            listing(kazi, json!({"name": "Umoja Data Ltd", "country": "KE", "website": "https://umoja.example", "city": "Nairobi"})).await;
        let gone =
            listing(kazi, json!({"name": "UMOJA data", "country": "KE", "website": "http://www.umoja.example/", "founded": 2009})).await;
        listing(kazi, json!({"name": "Another"})).await;
        let pairs = steward.get("/api/v1/duplicates").await.expect(200).body;
        assert_eq!(pairs["items"].as_array().unwrap().len(), 1, "{pairs}");
        let pair = &pairs["items"][0];
        assert_eq!((&pair["keep"]["id"], &pair["merge"]["id"]), (&json!(keep), &json!(gone)));
        assert_eq!(pair["reasons"], json!(["same_website", "same_name", "same_country"]));
        kazi.person("somebody@example.org").await.get("/api/v1/duplicates").await.expect(403);

        let merged = steward.post(&format!("/api/v1/organisations/{gone}/merge"), json!({"into": keep})).await.expect(200).body;
        assert_eq!((&merged["profile"]["founded"], &merged["profile"]["other_names"]), (&json!(2009), &json!(["UMOJA data"])));
        // reqwest follows the redirects.
        assert_eq!(kazi.nobody().get(&format!("/api/v1/organisations/{gone}")).await.expect(200).body["id"], keep.as_str());
        assert_eq!(kazi.nobody().get("/api/v1/organisations/by-slug/umoja-data").await.expect(200).body["id"], keep.as_str());
        let page = kazi.nobody().get("/providers/umoja-data").await.expect(200).body;
        assert!(page.as_str().unwrap().contains("/providers/umoja-data-ltd"));
        assert!(steward.get("/api/v1/duplicates").await.expect(200).body["items"].as_array().unwrap().is_empty());
        steward.post(&format!("/api/v1/organisations/{gone}/merge"), json!({"into": keep})).await.expect(404);
        steward.post(&format!("/api/v1/organisations/{keep}/merge"), json!({"into": keep})).await.expect(409);
    })
    .await;
}

#[actix_web::test]
async fn public_pages_are_html_that_cannot_be_broken_out_of() {
    on_each_database(async |kazi| {
        let nasty = "</script><script>alert(1)</script>";
        listing(kazi, json!({"name": format!("Umoja {nasty}"), "country": "KE", "summary": format!("**Bold** {nasty}")})).await;
        let page = kazi.nobody().get("/providers/umoja-script-script-alert-1-script").await.expect(200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        let html = page.body.as_str().unwrap();
        assert!(
            html.contains("<strong>Bold</strong>") && html.contains("rel=\"canonical\"") && html.contains("application/ld+json"),
            "{html}"
        );
        assert!(!html.contains("<script>alert"), "{html}");
        kazi.nobody().get("/providers/nobody-has-this").await.expect(404);
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while !kazi.nobody().get("/providers?country=KE").await.expect(200).body.as_str().unwrap().contains("/providers/umoja-script") {
            assert!(std::time::Instant::now() < deadline, "not in the list");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(kazi.nobody().get("/sitemap.xml").await.expect(200).body.as_str().unwrap().contains("/providers/umoja-script"));
        assert!(kazi.nobody().get("/robots.txt").await.expect(200).body.as_str().unwrap().contains("Disallow: /api/"));
        let csv = kazi.nobody().get("/api/v1/organisations/export?format=csv&country=KE").await.expect(200).body;
        assert_eq!(csv.as_str().unwrap().lines().count(), 2);
        kazi.nobody().get("/api/v1/organisations/export?format=pdf").await.expect(400);
        kazi.nobody().get("/api/v1/organisations/export?format=csv&colour=red").await.expect(400);
        kazi.nobody().get("/api/v1/codes").await.expect(200);
    })
    .await;
}
