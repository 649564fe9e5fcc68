//! Who fits a need, over HTTP: the index follows the log, the reasons add up, the browser's order is
//! the server's.

use crate::support;

use kazi_core::events::EventKind;
use kazi_core::identity::MemberRole::{Editor, Member};
use kazi_core::ids::OrganisationId;
use kazi_core::matching::{CandidateMatrix, Weights};
use serde_json::{Value, json};
use support::providers::provider;
use support::{Actor, Kazi, on_each_database};

fn wanted() -> Value {
    json!({
        "title": "Labels for street scenes", "service_line": "data_annotation", "fte_from": 10.0, "fte_to": 40.0,
        "skills_wished": ["lidar"], "budget_per_hour": {"from_minor": 400, "to_minor": 900, "currency": "USD"}, "visibility": "matched"
    })
}

fn offer(fte: f64, price: i64) -> Value {
    json!({ "available_fte": fte, "skills": ["lidar"], "price_per_hour": {"from_minor": price, "to_minor": price, "currency": "USD"} })
}

async fn saved<'k>(kazi: &'k Kazi, wanted: Value) -> (Actor<'k>, String) {
    let buyer = kazi.buyer("Acme").await;
    let editor = kazi.member_of(buyer, Editor).await;
    let need = editor.post("/api/v1/needs", json!({ "organisation": buyer, "wanted": wanted, "state": "open" })).await.expect(201).id();
    (editor, format!("/api/v1/needs/{need}"))
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|r| r["organisation"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_ranking_has_reasons_names_and_near_misses() {
    on_each_database(async |kazi| {
        let best = kazi.provider("Best", offer(40.0, 400)).await;
        let good = kazi.provider("Good", offer(20.0, 600)).await;
        let silent = kazi.provider("Silent", json!({})).await;
        let small = kazi.provider("Small", offer(5.0, 500)).await;
        let (editor, need) = saved(kazi, wanted()).await;
        kazi.caught_up().await;
        let answer = editor.get(&format!("{need}/matches")).await.expect(200).body;
        let ranking = &answer["ranking"];
        assert_eq!(ids(&ranking["ranked"]), [best, good, silent].map(|o| o.to_string()));
        assert_eq!(ranking["total_passing"], 3);
        assert_eq!(ranking["near_misses"][0]["candidate"]["organisation"], small.to_string());
        assert_eq!(ranking["near_misses"][0]["shortfalls"][0]["constraint"], "capacity");
        for place in ranking["ranked"].as_array().unwrap() {
            let sum: f64 = place["parts"].as_array().unwrap().iter().map(|p| p["contribution"].as_f64().unwrap()).sum();
            assert!((sum - place["score"].as_f64().unwrap()).abs() < 0.001, "{place}");
        }
        let names: Vec<_> = answer["organisations"].as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Best", "Good", "Silent", "Small"]);
        assert_eq!((&answer["organisations"][0]["country"], &answer["organisations"][0]["claimed"]), (&json!("KE"), &json!(true)));

        let of = |r: &Value, criterion: &str| {
            r["parts"].as_array().unwrap().iter().find(|p| p["criterion"] == criterion).unwrap()["facts"].clone()
        };
        for one in ranking["ranked"].as_array().unwrap().iter().chain([&ranking["near_misses"][0]["candidate"]]) {
            assert_eq!(of(one, "service_fit")[0]["provenance"]["by"], "self", "facts stand in the list too: {one}");
        }
        let backed = of(&ranking["ranked"][0], "evidence");
        assert_eq!(backed.as_array().unwrap().len(), 4, "line, skills, FTE and price; the share is not stated: {backed}");

        let near = editor.get(&format!("{need}/near-misses")).await.expect(200).body;
        assert_eq!(near["near_misses"], ranking["near_misses"]);
        let cheapest = editor.get(&format!("{need}/matches?weights=price:1&limit=1")).await.expect(200).body;
        assert_eq!(ids(&cheapest["ranking"]["ranked"]), [best.to_string()]);
        assert_eq!(cheapest["ranking"]["total_passing"], 3);
        editor.get(&format!("{need}/matches?preset=cost_first")).await.expect(200);
        for wrong in
            ["preset=cost_first&weights=price:1", "weights=charm:1", "weights=price:-1", "weights=price:0", "limit=0", "limit=101", "top=3"]
        {
            let refused = editor.get(&format!("{need}/matches?{wrong}")).await.expect(400);
            assert_eq!(refused.body["code"], "invalid_query", "{wrong}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_matrix_orders_as_the_server_does() {
    on_each_database(async |kazi| {
        for n in 0..12 {
            kazi.provider(&format!("P{n}"), offer(10.0 + f64::from(n * 5 % 7), 400 + i64::from(n * 37 % 11) * 40)).await;
        }
        let (editor, need) = saved(kazi, wanted()).await;
        kazi.caught_up().await;
        let answer = editor.get(&format!("{need}/matrix")).await.expect(200).body;
        let matrix: CandidateMatrix = serde_json::from_value(answer["matrix"].clone()).unwrap();
        assert!(matrix.complete);
        let mut weights = Weights::from([0.0; 12]);
        weights.price = 3.0;
        weights.capacity = 1.0;
        let here: Vec<String> = matrix.rank(&weights).unwrap().iter().map(|p| matrix.organisations[p.row].to_string()).collect();
        let there = editor.get(&format!("{need}/matches?weights=price:3,capacity:1")).await.expect(200).body;
        assert_eq!(ids(&there["ranking"]["ranked"]), here);
        assert_eq!(answer["matrix"]["unconfirmed"].as_array().unwrap().len(), matrix.organisations.len());
        let sensitivity = editor.get(&format!("{need}/sensitivity?weights=price:3,capacity:1")).await.expect(200).body;
        assert_eq!(sensitivity["complete"], true);
        for interval in sensitivity["intervals"].as_array().unwrap() {
            let [from, share, to] = ["from", "share", "to"].map(|f| interval[f].as_f64().unwrap());
            assert!(from <= share && share <= to, "{interval}");
        }
    })
    .await;
}

#[actix_web::test]
async fn one_match_is_explained_by_facts_and_can_be_raised() {
    on_each_database(async |kazi| {
        let good = kazi.provider("Good", offer(20.0, 600)).await;
        let small = kazi.provider("Small", offer(5.0, 600)).await;
        let (editor, need) = saved(kazi, wanted()).await;
        let detail = editor.get(&format!("{need}/matches/{good}")).await.expect(200).body;
        let price = detail["ranked"]["parts"].as_array().unwrap().iter().find(|p| p["criterion"] == "price").unwrap();
        assert_eq!(price["facts"][0]["stated"]["from_minor"], 600);
        assert_eq!(price["facts"][0]["provenance"]["by"], "self");
        let near = editor.get(&format!("{need}/matches/{small}")).await.expect(200).body;
        assert!(near["ranked"].is_null());
        assert_eq!(near["near_miss"]["shortfalls"][0]["by"], 5.0);
        let lifts = editor.get(&format!("{need}/matches/{small}/lift")).await.expect(200).body;
        assert_eq!(lifts["lifts"][0]["kind"], "raise_capacity");
        assert_eq!(lifts["lifts"][0]["resolves"][0], "capacity");
        editor.get(&format!("{need}/matches/01930000-0000-7000-8000-000000000001")).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn a_ranking_is_its_owners_and_an_adhoc_one_everybodys() {
    on_each_database(async |kazi| {
        let provider = kazi.provider("Good", offer(20.0, 600)).await;
        let (_, need) = saved(kazi, wanted()).await;
        let (stranger, inside) = (kazi.person("s@x.example").await, kazi.member_of(provider, Member).await);
        for path in ["matches", "near-misses", "matrix", "sensitivity", "shortlist", "alerts"] {
            kazi.nobody().get(&format!("{need}/{path}")).await.expect(401);
            stranger.get(&format!("{need}/{path}")).await.expect(404);
            inside.get(&format!("{need}/{path}")).await.expect(404);
        }
        inside.get(&format!("{need}/matches/{provider}/lift")).await.expect(404);
        kazi.caught_up().await;
        let adhoc = kazi.nobody().post("/api/v1/matches", json!({ "wanted": wanted(), "limit": 0 })).await.expect(200).body;
        assert_eq!((adhoc["ranking"]["total_passing"].as_u64(), adhoc["organisations"].as_array().map(Vec::len)), (Some(1), Some(0)));
        let weighed = json!({ "wanted": wanted(), "weights": { "price": 1.0 } });
        let adhoc = kazi.nobody().post("/api/v1/matches", weighed).await.expect(200).body;
        assert_eq!(ids(&adhoc["ranking"]["ranked"]), [provider.to_string()]);
        let nothing = json!({ "wanted": wanted(), "weights": {} });
        assert_eq!(kazi.nobody().post("/api/v1/matches", nothing).await.expect(422).body["errors"][0]["pointer"], "/weights");
    })
    .await;
}

#[actix_web::test]
async fn the_index_follows_edits_and_a_second_server_sees_them() {
    on_each_database(async |kazi| {
        let provider_id = kazi.provider("Grows", offer(5.0, 600)).await;
        let (editor, need) = saved(kazi, wanted()).await;
        kazi.caught_up().await;
        let passing =
            async |actor: &Actor<'_>| actor.get(&format!("{need}/matches")).await.expect(200).body["ranking"]["total_passing"].as_u64();
        assert_eq!(passing(&editor).await, Some(0));
        kazi.restate(provider_id, provider("Grows", offer(25.0, 600))).await;
        kazi.caught_up().await;
        assert_eq!(passing(&editor).await, Some(1));
        kazi.restate(provider_id, json!({ "name": "Grows", "kinds": ["funder"] })).await;
        kazi.caught_up().await;
        assert_eq!(passing(&editor).await, Some(0));
    })
    .await;
}

#[actix_web::test]
async fn a_provider_sees_what_fits_it_and_what_it_lacks() {
    on_each_database(async |kazi| {
        let provider = kazi.provider("Good", offer(20.0, 600)).await;
        let mut large = wanted();
        large["fte_from"] = json!(30.0);
        large["visibility"] = json!("public");
        let (_, fits) = saved(kazi, wanted()).await;
        let (_, misses) = saved(kazi, large.clone()).await;
        large["visibility"] = json!("matched");
        saved(kazi, large).await;
        kazi.caught_up().await;
        let member = kazi.member_of(provider, Member).await;
        let path = format!("/api/v1/organisations/{provider}/fitting-needs");
        let answer = member.get(&path).await.expect(200).body;
        assert_eq!(
            (answer["fitting"].as_u64(), answer["total"].as_u64()),
            (Some(1), Some(2)),
            "a matched need is not told to whom it does not match"
        );
        let [first, second] = [0, 1].map(|n| &answer["needs"][n]);
        assert!(fits.ends_with(first["need"]["id"].as_str().unwrap()) && misses.ends_with(second["need"]["id"].as_str().unwrap()));
        assert_eq!(second["fit"]["shortfalls"][0]["constraint"], "capacity");
        assert_eq!(second["fit"]["lifts"][0]["kind"], "raise_capacity");
        assert_eq!(answer["hidden"], json!([]), "what it fails is not told at all");
        let shell = kazi.provider("Shell", json!({})).await;
        let inside = kazi.member_of(shell, Member).await;
        kazi.caught_up().await;
        inside.get(&fits).await.expect(404);
        let told = inside.get(&format!("/api/v1/organisations/{shell}/fitting-needs")).await.expect(200);
        let matched: Vec<_> =
            told.body["needs"].as_array().unwrap().iter().map(|n| n["need"]["wanted"]["visibility"].as_str().unwrap()).collect();
        assert_eq!(matched, ["public"], "what is not stated opens no matched need");
        let hidden = json!({ "service_line": "data_annotation", "unconfirmed": ["capacity", "budget"] });
        assert_eq!(told.body["hidden"], json!([hidden, hidden]));
        member.get(&fits).await.expect(200);
        kazi.person("s@x.example").await.get(&path).await.expect(404);
        kazi.nobody().get(&path).await.expect(401);
    })
    .await;
}

#[actix_web::test]
async fn an_alert_comes_once_and_only_of_new_providers() {
    on_each_database(async |kazi| {
        let known = kazi.provider("Known", offer(40.0, 400)).await;
        kazi.caught_up().await;
        let mut watched = wanted();
        watched["alert_from_score"] = json!(30.0);
        let (editor, need) = saved(kazi, watched).await;
        let grows = kazi.provider("Grows", offer(5.0, 400)).await;
        kazi.caught_up().await;
        for _ in 0..2 {
            kazi.restate(grows, provider("Grows", offer(40.0, 400))).await;
            kazi.restate(known, provider("Known", offer(39.0, 400))).await;
            kazi.restate(grows, provider("Grows", offer(5.0, 400))).await;
            kazi.restate(grows, provider("Grows", offer(38.0, 400))).await;
        }
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        let mut seen = alerts(kazi);
        while seen.is_empty() && std::time::Instant::now() < deadline {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            seen = alerts(kazi);
        }
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert_eq!(alerts(kazi), [(need.rsplit('/').next().unwrap().to_owned(), grows)]);
        let told = editor.get(&format!("{need}/alerts")).await.expect(200).body;
        assert_eq!((told["items"].as_array().unwrap().len(), &told["items"][0]["organisation"]["name"]), (1, &json!("Grows")));
        assert!(told["items"][0]["score"].as_f64().unwrap() >= 30.0 && told["next"].is_null());
        let key = format!("0.{grows}");
        assert_eq!(editor.get(&format!("{need}/alerts?after={key}")).await.expect(200).body["items"], json!([]));
        editor.get(&format!("{need}/alerts?after=soon")).await.expect(400);
        kazi.person("s@x.example").await.get(&format!("{need}/alerts")).await.expect(404);
    })
    .await;
}

fn alerts(kazi: &Kazi) -> Vec<(String, OrganisationId)> {
    let log = kazi.database.log(0);
    let matched = log.iter().filter(|e| e.kind == EventKind::NeedMatched);
    matched.map(|e| (e.subject.to_string(), e.data["organisation"].as_str().unwrap().parse().unwrap())).collect()
}
