//! Imports: preview, mapping, apply, again, undo; the real list; XLSX.

use crate::support;

use kazi_core::identity::StaffRole;
use serde_json::{Value, json};
use support::{Actor, on_each_database};

async fn upload(actor: &Actor<'_>, name: &str, bytes: impl Into<Vec<u8>>) -> support::Answered {
    let request = actor.request("POST", &format!("/api/v1/imports?file_name={name}")).header("Content-Type", "text/csv");
    actor.send(request.body(bytes.into())).await
}

async fn apply(actor: &Actor<'_>, import: &Value, verb: &str) -> support::Answered {
    actor.post(&format!("/api/v1/imports/{}/{verb}", import["id"].as_str().unwrap()), json!({})).await
}

fn counts(import: &Value) -> [u64; 5] {
    ["create", "update", "unchanged", "claimed", "refused"].map(|name| import["plan"][name].as_u64().unwrap())
}

#[actix_web::test]
async fn the_real_list_is_listed_once_and_taken_back() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/providers_public.csv");

    let Ok(list) = std::fs::read(path) else {
        eprintln!("skipped: no reference data at {path}");
        return;
    };
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let preview = upload(&steward, "providers_public.csv", list.clone()).await.expect(201).body;
        assert_eq!((counts(&preview), preview["state"].as_str()), ([18, 0, 0, 0, 0], Some("preview")), "{preview}");
        assert!(preview["columns"].as_array().unwrap().iter().all(|c| !c["field"].is_null()), "{}", preview["columns"]);
        kazi.nobody().get("/api/v1/organisations/by-slug/cloudfactory").await.expect(404);

        let applied = apply(&steward, &preview, "apply").await.expect(200).body;
        assert_eq!((counts(&applied), applied["state"].as_str()), ([18, 0, 0, 0, 0], Some("applied")));
        let cloud = kazi.nobody().get("/api/v1/organisations/by-slug/cloudfactory").await.expect(200).body;
        assert_eq!(
            (&cloud["claimed"], &cloud["profile"]["country"], &cloud["profile"]["headcount"]),
            (&json!(false), &json!("GB"), &json!(4000))
        );
        let said = &cloud["provenance"]["headcount"];
        assert_eq!((&said["by"], &said["grade"]), (&json!("list"), &json!("listed")));
        assert_eq!(said["source"], "providers_public.csv: Nepali Times 2019");
        assert!(cloud["profile"]["city"].is_null(), "unknown stays unknown");

        let again = upload(&steward, "providers_public.csv", list.clone()).await.expect(201).body;
        assert_eq!(counts(&again), [0, 0, 18, 0, 0]);
        apply(&steward, &preview, "apply").await.expect(409);

        let id = cloud["id"].as_str().unwrap();
        steward.patch(&format!("/api/v1/organisations/{id}"), "\"v1\"", json!({"city": "Reading"})).await.expect(200);
        let undone = apply(&steward, &preview, "undo").await.expect(200).body;
        assert_eq!(undone["kept"].as_array().unwrap().len(), 1);
        assert_eq!(undone["kept"][0]["organisation"], id);
        kazi.nobody().get("/api/v1/organisations/by-slug/sama").await.expect(404);
        kazi.nobody().get("/api/v1/organisations/by-slug/cloudfactory").await.expect(200);
        assert_eq!(steward.get("/api/v1/imports").await.expect(200).body["items"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[actix_web::test]
async fn a_mapping_is_corrected_and_errors_name_line_and_column() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let table = "Who,Land,People\nUmoja Data,Kenya,many\nTumaini,Atlantis,12\nSahel,SN,7\n";
        let preview = upload(&steward, "list.csv", table).await.expect(201);
        assert_eq!(preview.body["columns"][0]["field"], Value::Null);
        let path = format!("/api/v1/imports/{}/mapping", preview.id());
        let map = async |version: &str, fields: Value| {
            let request = steward.request("PUT", &path).header("If-Match", version);
            steward.send(request.json(&json!({ "fields": fields }))).await
        };
        map("\"v1\"", json!(["name", "name", null])).await.expect(422);
        let mapped = map("\"v1\"", json!(["name", "country_hq", "headcount"])).await.expect(200).body;
        assert_eq!(counts(&mapped), [1, 0, 0, 0, 2]);
        assert_eq!((&mapped["plan"]["errors"][0]["line"], &mapped["plan"]["errors"][0]["column"]), (&json!(2), &json!("People")));
        assert_eq!((&mapped["plan"]["errors"][1]["line"], &mapped["plan"]["errors"][1]["column"]), (&json!(3), &json!("Land")));
        map("\"v1\"", json!(["name", null, null])).await.expect(412);
        kazi.nobody().get(&format!("/api/v1/imports/{}", preview.id())).await.expect(401);
        kazi.person("somebody@example.org").await.get(&format!("/api/v1/imports/{}", preview.id())).await.expect(403);
        upload(&steward, "list.csv", vec![0xff, 0xfe, 0x00]).await.expect(400);
    })
    .await;
}

#[actix_web::test]
async fn our_own_export_and_a_list_with_known_organisations_make_no_duplicates() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let owner = kazi.person("owner@example.org").await;
        let own = json!({"name": "Tujenge", "kinds": ["issp"], "country": "KE", "website": "https://tujenge.example"});
        owner.post("/api/v1/organisations", own).await.expect(201);
        let facts = "name,website,country,kind,services,certificates,impact_share,impact_definition,languages\n\
                     Umoja,umoja.example,KE,issp;bpo,data_entry,iso_27001;soc_2,0.6,Poor before hiring,sw;en\n\
                     =Enda,facebook.com/enda,SN,issp,,,,,\nTujenge Ltd,www.tujenge.example,,issp,,,,,\n";
        let first = upload(&steward, "facts.csv", facts).await.expect(201).body;
        assert_eq!(counts(&first), [2, 0, 0, 1, 0], "who listed itself is told by its website: {first}");
        apply(&steward, &first, "apply").await.expect(200);
        kazi.caught_up().await;
        let umoja = kazi.nobody().get("/api/v1/organisations/by-slug/umoja").await.expect(200).body;
        assert_eq!(umoja["profile"]["workforce"]["impact_share"], 0.6);
        assert_eq!(umoja["provenance"]["certificates/soc_2/kind"]["by"], "list");
        let export = kazi.nobody().get("/api/v1/organisations/export?format=csv").await.expect(200).body;
        let again = upload(&steward, "export.csv", export.as_str().unwrap()).await.expect(201).body;
        assert_eq!(counts(&again), [0, 0, 2, 1, 0], "{again}");
        let named = upload(&steward, "names.csv", "name,country,city\nUMOJA Ltd,KE,Nairobi\nUmoja,UG,Kampala\n").await.expect(201).body;
        assert_eq!(counts(&named), [1, 1, 0, 0, 0], "the name tells it within its country only: {named}");
    })
    .await;
}

#[actix_web::test]
async fn a_list_imported_again_after_a_merge_fills_gaps_and_speaks_once() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let list = "source_key,name,city,founded\n1,Umoja,Nairobi,\n2,Umoja Data,Kisumu,2009\n";
        let first = upload(&steward, "list.csv", list).await.expect(201).body;
        apply(&steward, &first, "apply").await.expect(200);
        let id = async |slug: &str| kazi.nobody().get(&format!("/api/v1/organisations/by-slug/{slug}")).await.expect(200).id();
        let (keep, gone) = (id("umoja").await, id("umoja-data").await);
        steward.post(&format!("/api/v1/organisations/{gone}/merge"), json!({"into": keep})).await.expect(200);
        let again = upload(&steward, "list.csv", list).await.expect(201).body;
        assert_eq!(counts(&again), [0, 0, 1, 0, 1], "{again}");
        let error = &again["plan"]["errors"][0];
        assert_eq!((&error["line"], &error["code"], &error["value"]), (&json!(3), &json!("same_listing"), &json!("2")));
        let alone = "source_key,name,city,headcount\n2,Umoja Data,Mombasa,40\n";
        let alone = upload(&steward, "alone.csv", alone).await.expect(201).body;
        apply(&steward, &alone, "apply").await.expect(200);
        let after = kazi.nobody().get(&format!("/api/v1/organisations/{keep}")).await.expect(200).body["profile"].clone();
        assert_eq!((&after["name"], &after["city"], &after["headcount"]), (&json!("Umoja"), &json!("Nairobi"), &json!(40)));
    })
    .await;
}

#[actix_web::test]
async fn imports_are_undone_one_after_the_other() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let mut imports = Vec::new();
        for city in ["Nairobi", "Kisumu", "Mombasa"] {
            let import = upload(&steward, "list.csv", format!("name,website,city\nUmoja,umoja.example,{city}\n")).await.expect(201).body;
            apply(&steward, &import, "apply").await.expect(200);
            imports.push(import);
        }
        for (import, city) in imports.iter().rev().zip([Some("Kisumu"), Some("Nairobi"), None]) {
            let undone = apply(&steward, import, "undo").await.expect(200).body;
            assert_eq!(undone["kept"], json!([]));
            match city {
                Some(city) => {
                    let listing = kazi.nobody().get("/api/v1/organisations/by-slug/umoja").await.expect(200).body;
                    assert_eq!(listing["profile"]["city"], city);
                }
                None => drop(kazi.nobody().get("/api/v1/organisations/by-slug/umoja").await.expect(404)),
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_claimed_organisation_keeps_its_listing() {
    on_each_database(async |kazi| {
        let steward = kazi.staff(StaffRole::Steward).await;
        let preview = upload(&steward, "a.csv", "name,website,city\nUmoja,umoja.example,Nairobi\n").await.expect(201).body;
        apply(&steward, &preview, "apply").await.expect(200);
        let later = upload(&steward, "b.csv", "name,website,city\nUmoja,https://www.umoja.example/,Mombasa\n").await.expect(201).body;
        assert_eq!(counts(&later), [0, 1, 0, 0, 0], "told again by its website");
        let listing = kazi.nobody().get("/api/v1/organisations/by-slug/umoja").await.expect(200);
        let claimant = kazi.person("ada@umoja.example").await;
        let claim = json!({"evidence": "I run operations there.", "work_email": "ada@umoja.example"});
        let claim = claimant.post(&format!("/api/v1/organisations/{}/claims", listing.id()), claim).await.expect(201);
        let decision = json!({"approve": true, "reason": "On the team page."});
        steward.post(&format!("/api/v1/claims/{}/decision", claim.id()), decision).await.expect(200);
        let path = format!("/api/v1/imports/{}", later["id"].as_str().unwrap());
        assert_eq!(counts(&steward.get(&path).await.expect(200).body), [0, 0, 0, 1, 0]);
    })
    .await;
}
