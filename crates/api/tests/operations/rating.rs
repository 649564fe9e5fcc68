//! Ratings over HTTP: they follow the readings, and are shown to whom the organisation decides.

use crate::support;

use kazi_core::identity::MemberRole::{Editor, Member};
use kazi_core::ids::OrganisationId;
use serde_json::{Value, json};
use support::{Actor, on_each_database};

/// Everything that the rating asks for, for each of five quarters.
fn lines() -> String {
    let number = |n: f64| json!({ "number": n });
    let money = |minor: i64| json!({ "money": { "minor": minor, "currency": "KES" } });
    let yes = json!({ "yes_no": true });
    let figures = [
        ("target_groups_declared", yes.clone()),
        ("permanent_employees", number(100.0)),
        ("impact_workers", number(60.0)),
        ("impact_workers_hired", number(5.0)),
        ("fair_hiring_policy", yes.clone()),
        ("departures_voluntary", number(2.0)),
        ("departures_involuntary", number(1.0)),
        ("written_contract_share", number(1.0)),
        ("grievance_system", yes),
        ("living_wage_earners", number(90.0)),
        ("lowest_wage", money(2_000_000)),
        ("legal_minimum_wage", money(1_500_000)),
        ("gender_wage_equity", number(0.95)),
        ("training_hours", number(900.0)),
        ("managers_from_impact_work", number(0.3)),
        ("community_hours", number(150.0)),
        ("quality_met_share", number(0.97)),
        ("on_time_share", number(0.97)),
        ("client_retention_share", number(0.9)),
        ("client_satisfaction", number(8.0)),
    ];
    let line = |period: &str, (metric, value): &(&str, Value)| {
        let stated =
            json!({ "answer": { "state": "value", "value": value }, "documents": [{ "title": "Records", "dated": "2026-09-30" }] });
        json!({ "figure": { "metric": metric, "period": period }, "stated": stated }).to_string()
    };
    ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
        .iter()
        .flat_map(|p| figures.iter().map(move |f| line(p, f)))
        .collect::<Vec<_>>()
        .join("\n")
}

async fn report(editor: &Actor<'_>, organisation: OrganisationId) {
    let path = format!("/api/v1/organisations/{organisation}/readings/import");
    let sent = editor.send(editor.request("POST", &path).header("Content-Type", "application/x-ndjson").body(lines())).await.expect(200);
    assert_eq!(sent.body["refused"], 0, "{}", sent.body);
}

#[actix_web::test]
async fn a_rating_follows_its_readings_and_opens_down_to_them() {
    on_each_database(async |kazi| {
        let provider = kazi.provider("Tujenge", json!({})).await;
        let editor = kazi.member_of(provider, Editor).await;
        let path = format!("/api/v1/organisations/{provider}/rating");
        let nothing = editor.get(&path).await.expect(200).body;
        assert_eq!((&nothing["rating"]["band"], nothing["rating"]["missing"].as_array().map(Vec::len)), (&Value::Null, Some(6)));
        report(&editor, provider).await;
        let rated = editor.get(&path).await.expect(200).body;
        assert_eq!((&rated["rating"]["year_to"], &rated["rating"]["missing"]), (&json!("2026-Q3"), &json!([])));
        let band = &rated["rating"]["band"];
        assert!(band["low"].as_f64() < band["score"].as_f64() && band["score"].as_f64() < band["high"].as_f64(), "{band}");
        let pillar = |name: &str| rated["rating"]["pillars"].as_array().unwrap().iter().find(|p| p["pillar"] == name).unwrap().clone();
        let turnover =
            pillar("employment_practices")["metrics"].as_array().unwrap().iter().find(|m| m["metric"] == "turnover_rate").unwrap().clone();
        // Four quarters of three departures over a hundred people.
        assert_eq!(turnover["outcome"], json!({ "state": "value", "value": { "number": 0.12 } }));
        assert_eq!((turnover["rests_on"].as_array().map(Vec::len), turnover["step"]["expression"].is_string()), (Some(10), true));
        assert!(!rated["lifts"].as_array().unwrap().is_empty());
        let earlier = editor.get(&format!("{path}?year_to=2026-Q2")).await.expect(200).body;
        assert_eq!(earlier["rating"]["pillars"][1]["metrics"][0]["outcome"]["state"], "unknown", "the year before is not known whole");
        editor.get(&format!("{path}?year_to=2026")).await.expect(400);
    })
    .await;
}

#[actix_web::test]
async fn it_is_shown_to_whom_the_organisation_decides_with_its_reply_and_without_its_figures() {
    on_each_database(async |kazi| {
        let provider = kazi.provider("Tujenge", json!({})).await;
        let (editor, member) = (kazi.member_of(provider, Editor).await, kazi.member_of(provider, Member).await);
        let buyer = kazi.buyer("Acme").await;
        let (partner, nobody) = (kazi.member_of(buyer, Member).await, kazi.nobody());
        report(&editor, provider).await;
        let path = format!("/api/v1/organisations/{provider}/rating");
        partner.get(&path).await.expect(404);
        let read = member.get(&path).await.expect(200);
        assert_eq!(read.header("etag"), Some("\"v0\""));
        let show = async |actor: &Actor<'_>, tag: &str, audience: &str| {
            let body = json!({ "audience": audience, "reply": "We opened in May." });
            actor.send(actor.request("PUT", &format!("{path}/display")).header("If-Match", tag.to_owned()).json(&body)).await
        };
        show(&member, "\"v0\"", "partners").await.expect(403);
        show(&editor, "\"v0\"", "partners").await.expect(200);
        show(&editor, "\"v0\"", "everyone").await.expect(412);
        let seen = partner.get(&path).await.expect(200).body;
        assert_eq!((&seen["reply"], &seen["shown"], &seen["lifts"]), (&json!("We opened in May."), &Value::Null, &json!([])));
        let text = seen["rating"]["pillars"].to_string();
        assert!(!text.contains("\"number\"") && !text.contains("expression"), "figures stay with the organisation: {text}");
        nobody.get(&path).await.expect(404);
        show(&editor, "\"v1\"", "everyone").await.expect(200);
        assert!(nobody.get(&path).await.expect(200).body["rating"]["band"]["score"].is_number());
    })
    .await;
}
