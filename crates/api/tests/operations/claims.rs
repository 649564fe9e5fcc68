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
            (kazi.person("ada@umoja.example").await, kazi.person("bob@x.example").await, kazi.staff(StaffRole::Steward).await);
        let path = format!("/api/v1/organisations/{id}/claims");
        let new = json!({"evidence": "I run operations there.", "work_email": "ada@umoja.example", "link": "https://umoja.example/team"});
        kazi.nobody().post(&path, new.clone()).await.expect(401);
        let claim = ada.post(&path, new.clone()).await.expect(201);
        assert_eq!(
            (&claim.body["state"], &claim.body["overdue"], &claim.body["email_matches_website"]),
            (&json!("open"), &json!(false), &json!(true))
        );
        ada.post(&path, new).await.expect(409);
        let rival = json!({"evidence": "Trust me, it is mine.", "work_email": "ceo@umoja.example"});
        let rival = bob.post(&path, rival).await.expect(201);
        assert_eq!(
            (&rival.body["confirmed_email"], &rival.body["email_matches_website"]),
            (&json!("bob@x.example"), &json!(false)),
            "what anybody can type proves nothing"
        );
        bob.get("/api/v1/claims/counts").await.expect(403);
        assert_eq!(steward.get("/api/v1/claims/counts").await.expect(200).body, json!({"open": 2, "overdue": 0}));

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
        let letter = kazi.letter("ada@umoja.example", "approved").await;
        assert!(letter.contains("The team page names you.") && letter.contains("/providers/umoja"), "{letter}");
        kazi.letter("bob@x.example", "Another person's claim was approved.").await;
        let organisation = format!("/api/v1/organisations/{id}");
        assert_eq!(kazi.nobody().get(&organisation).await.expect(200).body["claimed"], true);
        ada.patch(&organisation, "\"v2\"", json!({"city": "Nairobi"})).await.expect(200);
        bob.post(&path, json!({"evidence": "But it is mine!", "work_email": "bob@gmail.example"})).await.expect(409);
    })
    .await;
}

#[actix_web::test]
async fn a_false_claim_is_taken_back() {
    on_each_database(async |kazi| {
        let id = listing(kazi, json!({"name": "Umoja", "website": "https://umoja.example"})).await;
        let (mallory, steward) = (kazi.person("mallory@x.example").await, kazi.staff(StaffRole::Steward).await);
        let here = format!("/api/v1/organisations/{id}");
        let new = json!({"evidence": "I run operations there.", "work_email": "mallory@umoja.example"});
        let claim = mallory.post(&format!("{here}/claims"), new.clone()).await.expect(201);
        let decision = json!({"approve": true, "reason": "Seems right."});
        steward.post(&format!("/api/v1/claims/{}/decision", claim.id()), decision).await.expect(200);
        mallory.patch(&here, "\"v2\"", json!({"city": "Nairobi"})).await.expect(200);

        let back = json!({"reason": "The organisation knows nothing of this."});
        mallory.post(&format!("{here}/unclaim"), back.clone()).await.expect(403);
        let after = steward.post(&format!("{here}/unclaim"), back.clone()).await.expect(200).body;
        assert_eq!((&after["claimed"], &after["provenance"]["city"]["by"]), (&json!(false), &json!("list")));
        steward.post(&format!("{here}/unclaim"), back).await.expect(409);
        kazi.letter("mallory@x.example", "The organisation knows nothing of this.").await;
        assert_eq!(mallory.get(&format!("/api/v1/claims/{}", claim.id())).await.expect(200).body["state"], "rejected");
        mallory.patch(&here, "\"v4\"", json!({"city": "Kisumu"})).await.expect(403);
        let history = steward.get(&format!("{here}/history")).await.expect(200).body;
        assert_eq!(history["items"][0]["kind"], "claim.decided");
        assert!(history["items"].as_array().unwrap().iter().any(|e| e["kind"] == "organisation.unclaimed"), "{history}");
        mallory.post(&format!("{here}/claims"), new).await.expect(201);
    })
    .await;
}

#[actix_web::test]
async fn whoever_poses_as_a_listed_organisation_is_sent_to_claim_it() {
    on_each_database(async |kazi| {
        listing(kazi, json!({"name": "Umoja Data Ltd", "website": "https://umoja.example"})).await;
        let mallory = kazi.person("mallory@x.example").await;
        let create = async |name: &str, website: Option<&str>| {
            mallory.post("/api/v1/organisations", json!({"name": name, "kinds": ["issp"], "website": website})).await
        };
        let refused = create("UMOJA data", None).await.expect(409).body;
        assert_eq!((&refused["listed"], &refused["errors"][0]["pointer"]), (&json!("umoja-data-ltd"), &json!("/name")));
        let refused = create("Another", Some("http://www.umoja.example/about")).await.expect(409).body;
        assert_eq!((&refused["listed"], &refused["errors"][0]["pointer"]), (&json!("umoja-data-ltd"), &json!("/website")));
        let made = create("Umoja Data Kisumu", Some("https://facebook.com/umojakisumu")).await.expect(201);
        create("Yet another", Some("https://facebook.com/yetanother")).await.expect(201);
        let path = format!("/api/v1/organisations/{}", made.id());
        assert_eq!(mallory.patch(&path, "\"v1\"", json!({"name": "Umoja Data"})).await.expect(409).body["listed"], "umoja-data-ltd");
        mallory.patch(&path, "\"v1\"", json!({"name": "Umoja Data Kisumu Ltd"})).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn near_names_are_suggested_and_a_pair_that_is_two_no_more() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let one = listing(kazi, json!({"name": "Cloud Factory"})).await;
        let two = listing(kazi, json!({"name": "CloudFactory Ltd"})).await;
        listing(kazi, json!({"name": "Clover"})).await;
        let pairs = steward.get("/api/v1/duplicates").await.expect(200).body;
        assert_eq!((pairs["items"].as_array().unwrap().len(), &pairs["next"]), (1, &Value::Null), "{pairs}");
        assert_eq!(pairs["items"][0]["reasons"], json!(["similar_name"]));
        let apart = json!({"organisation": two, "other": one});
        kazi.person("somebody@example.org").await.post("/api/v1/duplicates/dismissals", apart.clone()).await.expect(403);
        steward.post("/api/v1/duplicates/dismissals", apart.clone()).await.expect(204);
        steward.post("/api/v1/duplicates/dismissals", apart).await.expect(204);
        steward.post("/api/v1/duplicates/dismissals", json!({"organisation": one, "other": one})).await.expect(422);
        assert!(steward.get("/api/v1/duplicates").await.expect(200).body["items"].as_array().unwrap().is_empty());
    })
    .await;
}

#[actix_web::test]
async fn a_merge_takes_the_shortlists_along_and_leaves_no_fact_without_provenance() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let (keep, gone) =
            (listing(kazi, json!({"name": "Umoja"})).await, listing(kazi, json!({"name": "Umoja Data", "founded": 2009})).await);
        let owner = kazi.person("buyer@example.org").await;
        let buyer = owner.post("/api/v1/organisations", json!({"name": "A buyer", "kinds": ["buyer"]})).await.expect(201).id();
        let wanted = json!({"title": "Labels", "service_line": "data_annotation", "visibility": "invited"});
        let need = owner.post("/api/v1/needs", json!({"organisation": buyer, "wanted": wanted, "state": "draft"})).await.expect(201).id();
        let list = format!("/api/v1/needs/{need}/shortlist");
        owner.send(owner.request("PUT", &format!("{list}/{gone}")).json(&json!({"note": "Ask them"}))).await.expect(200);
        let merged = steward.post(&format!("/api/v1/organisations/{gone}/merge"), json!({"into": keep})).await.expect(200).body;
        for fact in ["name", "founded", "other_names"] {
            assert!(merged["provenance"][fact].is_object(), "{fact}: {merged}");
        }
        let entries = owner.get(&list).await.expect(200).body;
        assert_eq!(entries["items"].as_array().map_or(0, Vec::len), 1, "{entries}");
        assert_eq!((&entries["items"][0]["organisation"]["id"], &entries["items"][0]["note"]), (&json!(keep), &json!("Ask them")));
        owner.send(owner.request("PUT", &format!("{list}/{gone}")).json(&json!({}))).await.expect(404);
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
        assert!(html.contains("<html lang=\"en\">") && html.contains("hreflang=\"fr\"") && !html.contains("noindex"), "{html}");
        assert!(page.header("vary").is_some_and(|v| v.contains("Accept-Language")), "{:?}", page.headers);
        let shown = kazi.nobody().get("/api/v1/organisations/by-slug/umoja-script-script-alert-1-script").await.expect(200).body;
        let summary = shown["summary_html"].as_str().unwrap();
        assert!(summary.contains("<strong>Bold</strong>") && !summary.contains("<script"), "{summary}");
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

#[actix_web::test]
async fn public_pages_speak_the_reader_s_language_and_fictional_ones_are_not_indexed() {
    on_each_database(async |kazi| {
        let profile = json!({"name": "Enda", "kinds": ["issp"], "country": "ZA", "languages": ["sw"],
            "offers": [{"id": uuid::Uuid::now_v7(), "service_line": "data_entry", "available_fte": 4}]});
        let listing = kazi_store::directory::NewListing {
            id: uuid::Uuid::now_v7().into(),
            profile: serde_json::from_value(profile).expect("a profile"),
            provenance: Default::default(),
            claimed: false,
            fictional: true,
            source_key: None,
        };
        let at = kazi.state.now();
        kazi.state.store.write(move |db| kazi_store::directory::create(db, at, None, &listing)).await.expect("it is listed");
        let nobody = kazi.nobody();
        let read = async |path: &str, accepts: &str| {
            let page = nobody.send(nobody.request("GET", path).header("Accept-Language", accepts)).await.expect(200);
            page.body.as_str().unwrap().to_owned()
        };
        for html in [read("/providers/enda", "fr-SN, en;q=0.5").await, read("/providers/enda?lang=fr", "en").await] {
            assert!(html.contains("<html lang=\"fr\">") && html.contains("name=\"robots\" content=\"noindex\""), "{html}");
            for words in ["Afrique du Sud", "Saisie de données", "swahili", "4 personnes disponibles", "non renseigné"] {
                assert!(html.contains(words), "{words}: {html}");
            }
        }
        let list = read("/providers?lang=fr&country=ZA", "en").await;
        assert!(list.contains("Prestataires d’externalisation à impact") && list.contains("lang=fr\""), "{list}");
        assert!(read("/providers/enda", "de").await.contains("South Africa"));
    })
    .await;
}
