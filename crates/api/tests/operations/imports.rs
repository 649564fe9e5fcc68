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
