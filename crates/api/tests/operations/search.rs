//! Searching the directory: words, facets, sorts, pages, and how promptly writes are found.

use crate::support;

use serde_json::{Value, json};
use support::{Kazi, on_each_database};

/// Lists an organisation with that profile, straight in the database.
async fn list(kazi: &Kazi, profile: Value) -> String {
    let profile: kazi_core::directory::Profile = serde_json::from_value(profile).expect("a profile");
    let listing = kazi_store::directory::NewListing {
        id: uuid::Uuid::now_v7().into(),
        profile,
        provenance: Default::default(),
        claimed: false,
        fictional: false,
        source_key: None,
    };
    let made = kazi.state.store.write(move |db| kazi_store::directory::create(db, chrono::Utc::now().into(), None, &listing)).await;
    made.expect("it is listed").id.to_string()
}

/// Waits until the index has everything that is in the log now.
async fn indexed(kazi: &Kazi) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let wanted = kazi.state.store.read_now(kazi_store::directory::count).unwrap() as u64;
    while kazi.state.directory.index.documents() != wanted {
        assert!(std::time::Instant::now() < deadline, "the index did not catch up");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

fn names(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|i| i["name"].as_str().unwrap()).collect()
}

fn counts<'a>(answer: &'a Value, facet: &str) -> Vec<(&'a str, u64)> {
    let list = answer["facets"][facet].as_array().unwrap();
    list.iter().map(|c| (c["value"].as_str().unwrap(), c["count"].as_u64().unwrap())).collect()
}

async fn some(kazi: &Kazi) {
    list(
        kazi,
        json!({"name": "Tujenge Data", "kinds": ["issp"], "country": "KE", "languages": ["en", "sw"], "headcount": 300,
        "summary": "We annotate images for self-driving cars.",
        "certificates": [{"kind": "iso_27001", "expires_on": "2020-01-01"}]}),
    )
    .await;
    list(
        kazi,
        json!({"name": "Atelier Numérique", "kinds": ["issp", "trainer"], "country": "SN", "languages": ["fr"],
        "summary": "Numérisation et transcription de registres; des formations pour les jeunes.",
        "certificates": [{"kind": "iso_27001", "expires_on": "2120-01-01"}]}),
    )
    .await;
    list(
        kazi,
        json!({"name": "Lagos Voice", "kinds": ["bpo"], "country": "NG", "languages": ["en"], "headcount": 1200,
        "summary": "Call centre and customer support."}),
    )
    .await;
    indexed(kazi).await;
}

#[actix_web::test]
async fn words_are_stemmed_and_forgive_misspelling() {
    on_each_database(async |kazi| {
        some(kazi).await;
        let find = async |q: &str| kazi.nobody().get(&format!("/api/v1/organisations?q={q}")).await.expect(200).body;
        for (q, name) in [
            ("annotating", "Tujenge Data"),
            ("tujenje", "Tujenge Data"),
            ("formation", "Atelier Numérique"),
            ("numerique", "Atelier Numérique"),
            ("transcr", "Atelier Numérique"),
            ("customers", "Lagos Voice"),
            ("the+call+center", "Lagos Voice"),
        ] {
            assert_eq!(names(&find(q).await), [name], "{q}");
        }
        assert!(names(&find("zzzzzz").await).is_empty());
    })
    .await;
}

#[actix_web::test]
async fn services_countries_and_groups_are_found_by_their_french_names() {
    on_each_database(async |kazi| {
        let offer = |line: &str| json!([{"id": uuid::Uuid::now_v7(), "service_line": line}]);
        list(kazi, json!({"name": "Alpha", "kinds": ["issp"], "country": "ZA", "offers": offer("data_entry")})).await;
        list(kazi, json!({"name": "Beta", "kinds": ["bpo"], "delivery_countries": ["CI"], "workforce": {"target_groups": ["disability"]}}))
            .await;
        indexed(kazi).await;
        let find = async |q: &str| kazi.nobody().get(&format!("/api/v1/organisations?q={q}")).await.expect(200).body;
        for (q, name) in [
            ("saisie+de+donn%C3%A9es", "Alpha"),
            ("Afrique+du+Sud", "Alpha"),
            ("south+africa", "Alpha"),
            ("cote+d%E2%80%99ivoire", "Beta"),
            ("personnes+handicap%C3%A9es", "Beta"),
        ] {
            assert_eq!(names(&find(q).await), [name], "{q}");
        }
    })
    .await;
}

#[actix_web::test]
async fn facets_are_or_within_and_across_and_count_without_their_own() {
    on_each_database(async |kazi| {
        some(kazi).await;
        let find = async |words: &str| kazi.nobody().get(&format!("/api/v1/organisations?{words}")).await.expect(200).body;
        let found = find("kind=issp&country=KE,NG").await;
        assert_eq!(names(&found), ["Tujenge Data"]);
        assert_eq!(found["total"], 1);
        assert_eq!(counts(&found, "country"), [("KE", 1), ("SN", 1), ("NG", 0)], "counted with kind=issp alone");
        assert_eq!(counts(&found, "kind"), [("bpo", 1), ("issp", 1)], "counted with country=KE,NG alone");
        assert_eq!(names(&find("certificate=iso_27001").await), ["Atelier Numérique"], "the other one has expired");
        assert_eq!(
            names(&find("region=eastern_africa,western_africa&sort=name").await),
            ["Atelier Numérique", "Lagos Voice", "Tujenge Data"]
        );
        assert_eq!(find("claimed=true").await["total"], 0);
    })
    .await;
}

#[actix_web::test]
async fn each_sort_pages_through_everything_once() {
    on_each_database(async |kazi| {
        for n in 0..23 {
            let headcount = (n % 3 != 0).then_some(n / 2);
            list(kazi, json!({"name": format!("Provider {}", n % 5), "kinds": ["bpo"], "headcount": headcount, "summary": "data entry"}))
                .await;
        }
        indexed(kazi).await;
        for sort in ["relevance", "name", "newest", "headcount"] {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = kazi.nobody().get(&format!("/api/v1/organisations?q=entry&limit=4&sort={sort}{after}")).await.expect(200).body;
                seen.extend(page["items"].as_array().unwrap().clone());
                match page["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
            }
            let ids: std::collections::BTreeSet<_> = seen.iter().map(|i| i["id"].to_string()).collect();
            assert_eq!((seen.len(), ids.len()), (23, 23), "{sort}");
            let of = |field: &str| seen.iter().map(|i| i[field].clone()).collect::<Vec<_>>();
            match sort {
                "name" => assert!(of("name").is_sorted_by_key(|n| n.to_string())),
                "headcount" => assert!(of("headcount").is_sorted_by_key(|n| n.as_i64().map_or(1, |n| -n))),
                _ => {}
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn what_it_does_not_know_is_a_400_that_names_it() {
    on_each_database(async |kazi| {
        let refused = kazi.nobody().get("/api/v1/organisations?sort=price").await.expect(400).body;
        assert_eq!(refused["code"], "invalid_query");
        assert!(refused["detail"].as_str().unwrap().contains("relevance, name, newest, headcount"), "{refused}");
        assert_eq!(kazi.nobody().get("/api/v1/organisations?colour=red").await.expect(400).body["errors"][0]["pointer"], "colour");
        kazi.nobody().get("/api/v1/organisations?country=Kenya").await.expect(400);
        kazi.nobody().get("/api/v1/organisations?after=nonsense").await.expect(400);
        kazi.nobody().get("/api/v1/organisations?limit=0").await.expect(400);
    })
    .await;
}

#[actix_web::test]
async fn a_change_is_found_and_a_damaged_index_is_built_anew() {
    on_each_database(async |kazi| {
        some(kazi).await;
        let editor = kazi.person("editor@example.org").await;
        let made = editor.post("/api/v1/organisations", json!({"name": "Kazi Kwanza", "kinds": ["issp"]})).await.expect(201);
        let path = format!("/api/v1/organisations/{}", made.id());
        editor.patch(&path, "\"v1\"", json!({"summary": "Digitisation of land registers."})).await.expect(200);
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while names(&kazi.nobody().get("/api/v1/organisations?q=registers+digitise").await.expect(200).body) != ["Kazi Kwanza"] {
            assert!(std::time::Instant::now() < deadline, "the change is not found");
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let open = || kazi_api::directory::Directory::open(&kazi.state.store, folder.path(), &Default::default()).unwrap();
        let caught_up = async |directory: &kazi_api::directory::Directory| {
            while directory.index.documents() != 4 {
                assert!(std::time::Instant::now() < deadline + std::time::Duration::from_secs(20), "not built anew");
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        caught_up(&open()).await;
        let kept = open();
        assert_eq!(kept.index.documents(), 4, "what was committed is there at once");
        drop(kept);
        for file in std::fs::read_dir(folder.path().join("index/directory-v2")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "store" || e == "term") {
                std::fs::write(path, "damaged").unwrap();
            }
        }
        caught_up(&open()).await;
    })
    .await;
}
