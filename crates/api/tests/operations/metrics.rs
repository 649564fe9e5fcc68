//! Readings over HTTP: enter, correct, confirm, many at once, by file; who sees them.

use crate::support;

use kazi_core::identity::MemberRole::{Editor, Member, Owner};
use kazi_core::identity::StaffRole;
use kazi_core::ids::OrganisationId;
use serde_json::{Value, json};
use support::{Actor, Kazi, on_each_database};

fn number(n: f64) -> Value {
    json!({ "state": "value", "value": { "number": n } })
}
fn new(organisation: OrganisationId, metric: &str, period: &str, n: f64) -> Value {
    json!({ "organisation": organisation, "figure": { "metric": metric, "period": period }, "stated": { "answer": number(n) } })
}
async fn scene(kazi: &Kazi) -> (OrganisationId, Actor<'_>) {
    let provider = kazi.provider("Tujenge", json!({})).await;
    (provider, kazi.member_of(provider, Editor).await)
}
fn corrected<'a>(actor: &'a Actor<'_>, id: &str, tag: &str, body: Value) -> impl Future<Output = support::Answered> + use<'a> {
    let request = actor.request("POST", &format!("/api/v1/readings/{id}/corrections")).header("If-Match", tag.to_owned()).json(&body);
    actor.send(request)
}

#[actix_web::test]
async fn a_reading_is_entered_once_and_then_corrected_with_a_reason() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        let member = kazi.member_of(provider, Member).await;
        let first = new(provider, "permanent_employees", "2026-Q2", 100.0);
        member.post("/api/v1/readings", first.clone()).await.expect(403);
        let made = editor.post("/api/v1/readings", first.clone()).await.expect(201);
        let id = made.body["reading"]["id"].as_str().unwrap().to_owned();
        assert_eq!((made.header("etag"), made.header("location")), (Some("\"v1\""), Some(format!("/api/v1/readings/{id}").as_str())));
        assert_eq!((&made.body["reading"]["grade"], &made.body["reading"]["standard"]), (&json!("self_declared"), &json!(1)));
        let again = editor.post("/api/v1/readings", first).await.expect(409);
        assert!(again.body["detail"].as_str().unwrap().contains(&id), "says which reading to correct: {}", again.body);

        let to = json!({ "stated": { "answer": number(90.0), "documents": [{ "title": "Payroll", "dated": "2026-06-30" }] }, "reason": "Ten had left." });
        corrected(&editor, &id, "\"v2\"", to.clone()).await.expect(412);
        corrected(&editor, &id, "\"v1\"", json!({ "stated": { "answer": number(90.0) }, "reason": "" })).await.expect(422);
        let after = corrected(&editor, &id, "\"v1\"", to.clone()).await.expect(200);
        assert_eq!((&after.body["reading"]["given_grade"], &after.body["reading"]["graded_on"]), (&json!("documented"), &json!("2026-06-30")));
        corrected(&member, &id, "\"v2\"", to).await.expect(403);
        let before = member.get(&format!("/api/v1/readings/{id}/revisions")).await.expect(200).body;
        assert_eq!((before.as_array().map(Vec::len), &before[0]["stated"]["answer"], &before[0]["reason"]), (Some(1), &number(100.0), &Value::Null));

        let jump = editor.post("/api/v1/readings", new(provider, "permanent_employees", "2026-Q3", 300.0)).await.expect(201);
        assert_eq!((&jump.body["doubts"][0]["doubt"], &jump.body["doubts"][0]["value"]), (&json!("jump"), &json!({ "number": 90.0 })));
    })
    .await;
}

#[actix_web::test]
async fn what_can_not_be_is_refused_by_field() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        let pointer = async |body: Value| editor.post("/api/v1/readings", body).await.expect(422).body["errors"][0]["pointer"].clone();
        assert_eq!(pointer(new(provider, "happiness", "2026-Q3", 1.0)).await, "/figure/metric");
        assert_eq!(pointer(new(provider, "impact_worker_share", "2026-Q3", 0.5)).await, "/figure/metric");
        assert_eq!(pointer(new(provider, "permanent_employees", "2098-Q3", 1.0)).await, "/figure/period");
        assert_eq!(pointer(new(provider, "permanent_employees", "2026-Q3", -1.0)).await, "/stated/answer/value");
        assert_eq!(pointer(new(provider, "quality_met_share", "2026-Q3", 97.0)).await, "/stated/answer/value");
        let mut site = new(provider, "permanent_employees", "2026-Q3", 1.0);
        site["figure"]["site"] = json!("0190f5fe-7c00-7a00-8000-000000000001");
        assert_eq!(pointer(site).await, "/figure/site");
        let mut period = new(provider, "permanent_employees", "2026-Q7", 1.0);
        assert_eq!(pointer(period.clone()).await, "/figure/period");
        period["figure"]["period"] = json!("2026-Q3");
        period["stated"]["answer"] = json!({ "state": "unknown" });
        let unknown = editor.post("/api/v1/readings", period).await.expect(201);
        assert_eq!(unknown.body["reading"]["stated"]["answer"], json!({ "state": "unknown" }));
    })
    .await;
}

#[actix_web::test]
async fn others_see_what_is_shown_to_them_and_nothing_about_few_people() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        let buyer = kazi.buyer("Acme").await;
        let (partner, stranger, nobody) = (kazi.member_of(buyer, Member).await, kazi.person("stranger@x.example").await, kazi.nobody());
        let mut ids = vec![];
        for (metric, audience) in
            [("impact_workers", "organisation"), ("permanent_employees", "partners"), ("impact_workers_hired", "everyone")]
        {
            let mut body = new(provider, metric, "2026-Q3", 40.0);
            body["stated"]["audience"] = json!(audience);
            if audience != "organisation" {
                body["stated"]["parts"] = json!([
                    { "by": "gender", "code": "women", "answer": number(37.0) }, { "by": "gender", "code": "men", "answer": number(3.0) }
                ]);
            }
            ids.push(editor.post("/api/v1/readings", body).await.expect(201).body["reading"]["id"].as_str().unwrap().to_owned());
        }
        let list = format!("/api/v1/readings?organisation={provider}");
        for (actor, sees) in [(&editor, 3), (&partner, 2), (&stranger, 1), (&nobody, 1), (&kazi.staff(StaffRole::Steward).await, 3)] {
            assert_eq!(actor.get(&list).await.expect(200).body["items"].as_array().unwrap().len(), sees);
        }
        stranger.get(&format!("/api/v1/readings/{}", ids[1])).await.expect(404);
        let seen = partner.get(&format!("/api/v1/readings/{}", ids[1])).await.expect(200).body;
        assert_eq!(seen["reading"]["stated"]["answer"], number(40.0));
        for part in seen["reading"]["stated"]["parts"].as_array().unwrap() {
            assert_eq!(part["answer"], json!({ "state": "withheld" }), "three men would be told by 37 women");
        }
        partner.get(&format!("/api/v1/readings/{}/revisions", ids[1])).await.expect(404);
        partner.get(&format!("/api/v1/organisations/{provider}/figures?period=2026-Q3")).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn a_confirmation_is_lost_when_the_figure_changes() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        let steward = kazi.staff(StaffRole::Steward).await;
        let made = editor.post("/api/v1/readings", new(provider, "permanent_employees", "2026-Q3", 40.0)).await.expect(201);
        let id = made.body["reading"]["id"].as_str().unwrap().to_owned();
        let said = json!({ "grade": "third_party_audited", "source": "Audit of September", "dated": "2026-09-30" });
        let confirm = |actor: &Actor<'_>, tag: &str, body: &Value| {
            actor.request("POST", &format!("/api/v1/readings/{id}/confirmations")).header("If-Match", tag.to_owned()).json(body)
        };
        editor.send(confirm(&editor, "\"v1\"", &said)).await.expect(403);
        let own = json!({ "grade": "documented", "source": "Payroll", "dated": "2026-09-30" });
        steward.send(confirm(&steward, "\"v1\"", &own)).await.expect(422);
        let confirmed = steward.send(confirm(&steward, "\"v1\"", &said)).await.expect(200);
        assert_eq!(confirmed.body["reading"]["grade"], "third_party_audited");
        let shown = json!({ "stated": { "answer": number(40.0), "audience": "everyone" }, "reason": "We show it now." });
        let kept = corrected(&editor, &id, "\"v2\"", shown).await.expect(200);
        assert_eq!(kept.body["reading"]["confirmed_by"], "Audit of September");
        let changed = json!({ "stated": { "answer": number(41.0), "audience": "everyone" }, "reason": "One more." });
        let lost = corrected(&editor, &id, "\"v3\"", changed).await.expect(200);
        assert_eq!((&lost.body["reading"]["confirmed_by"], &lost.body["reading"]["grade"]), (&Value::Null, &json!("self_declared")));
    })
    .await;
}

#[actix_web::test]
async fn a_bulk_takes_each_line_on_its_own_and_can_be_sent_again() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        let line = |metric: &str, n: f64| {
            json!({ "figure": { "metric": metric, "period": "2026-Q3" }, "stated": { "answer": number(n) } }).to_string()
        };
        let body =
            [line("permanent_employees", 120.0), line("impact_workers", 30.5), "{\"figure\":1}".into(), line("permanent_employees", 121.0)]
                .join("\n");
        let send = |query: &str, body: &str| {
            let path = format!("/api/v1/organisations/{provider}/readings/import{query}");
            editor.request("POST", &path).header("Content-Type", "application/x-ndjson").body(body.to_owned())
        };
        let counts = |answered: &support::Answered| {
            ["created", "corrected", "unchanged", "refused"].map(|name| answered.body[name].as_u64().unwrap())
        };
        let tried = editor.send(send("?dry_run=true", &body)).await.expect(200);
        assert_eq!(counts(&tried), [1, 0, 0, 3]);
        assert_eq!(editor.get(&format!("/api/v1/readings?organisation={provider}")).await.body["items"], json!([]), "nothing is kept");
        let done = editor.send(send("", &body)).await.expect(200);
        assert_eq!(counts(&done), [1, 0, 0, 3]);
        let pointers: Vec<&str> = (1..4).map(|i| done.body["lines"][i]["errors"][0]["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/stated/answer/value", "/figure", "/figure"]);
        assert_eq!(counts(&editor.send(send("", &line("permanent_employees", 120.0))).await), [0, 0, 1, 0]);
        let differs = editor.send(send("", &line("permanent_employees", 125.0))).await.expect(200);
        assert_eq!(differs.body["lines"][0]["errors"][0]["pointer"], "/reason");
        let mut because: Value = serde_json::from_str(&line("permanent_employees", 125.0)).unwrap();
        because["reason"] = json!("Five more were found.");
        assert_eq!(counts(&editor.send(send("", &because.to_string())).await), [0, 1, 0, 0]);
        editor.send(send("", "")).await.expect(400);
        editor
            .send(editor.request("POST", &format!("/api/v1/organisations/{provider}/readings/import")).json(&json!({})))
            .await
            .expect(415);
    })
    .await;
}

#[actix_web::test]
async fn the_table_goes_out_filled_and_comes_back_with_the_wrong_cell_named() {
    on_each_database(async |kazi| {
        let (provider, editor) = scene(kazi).await;
        editor.post("/api/v1/readings", new(provider, "permanent_employees", "2026-Q2", 110.0)).await.expect(201);
        editor.post("/api/v1/readings", new(provider, "impact_workers", "2026-Q3", 30.0)).await.expect(201);
        let path = format!("/api/v1/organisations/{provider}/readings/template");
        let csv = editor.get(&format!("{path}?period=2026-Q3&format=csv")).await.expect(200);
        let text = csv.body.as_str().expect("a table").to_owned();
        let row = text.lines().find(|line| line.starts_with("permanent_employees,")).expect("a row a metric");
        assert!(row.contains(",2026-Q3,,110,"), "what was said before stands beside it: {row}");
        assert!(text.lines().any(|line| line.starts_with("impact_workers,") && line.contains(",value,30,")), "what was given stands in it");
        let french = editor.request("GET", &format!("{path}?period=2026-Q3&format=csv")).header("Accept-Language", "fr");
        assert!(editor.send(french).await.body.as_str().is_some_and(|text| text.contains("Salariés permanents")));
        let xlsx = editor.request("GET", &format!("{path}?period=2026-Q3")).send().await.unwrap();
        assert_eq!(xlsx.headers()["content-disposition"], "attachment; filename=\"readings-2026-Q3.xlsx\"");
        let bytes = xlsx.bytes().await.unwrap();
        let upload = |query: &str, bytes: Vec<u8>| {
            editor.request("POST", &format!("{path}{query}")).header("Content-Type", "application/octet-stream").body(bytes)
        };
        let same = editor.send(upload("", bytes.to_vec())).await.expect(200);
        assert_eq!((&same.body["unchanged"], &same.body["refused"], &same.body["created"]), (&json!(1), &json!(0), &json!(0)));

        let filled = text.replace(row, &row.replacen(",2026-Q3,,110,,,", ",2026-Q3,,110,,\"1,200\",", 1));
        assert_ne!(filled, text);
        let wrong = editor.send(upload("?dry_run=true", filled.clone().into_bytes())).await.expect(200);
        let refused = wrong.body["lines"].as_array().unwrap().iter().find(|line| line["outcome"] == "refused").unwrap();
        assert_eq!((&refused["line"], &refused["errors"][0]["pointer"]), (&json!(3), &json!("value")));
        let mended = filled.replace("\"1,200\"", "120");
        let taken = editor.send(upload("", mended.into_bytes())).await.expect(200);
        assert_eq!((&taken.body["created"], &taken.body["unchanged"], &taken.body["refused"]), (&json!(1), &json!(1), &json!(0)));
        let sheet = editor.get(&format!("/api/v1/organisations/{provider}/figures?period=2026-Q3")).await.expect(200).body;
        let share = sheet["rows"].as_array().unwrap().iter().find(|row| row["metric"] == "impact_worker_share").unwrap();
        assert_eq!(share["outcome"], json!({ "state": "value", "value": { "number": 0.25 } }));
        editor.send(upload("", b"name,age\nx,1\n".to_vec())).await.expect(400);
    })
    .await;
}

#[actix_web::test]
async fn a_figure_entered_twice_at_once_is_there_once() {
    on_each_database(async |kazi| {
        let (provider, _) = scene(kazi).await;
        let owner = kazi.member_of(provider, Owner).await;
        let all = (0..6).map(|_| owner.post("/api/v1/readings", new(provider, "permanent_employees", "2026-Q3", 40.0)));
        let statuses: Vec<u16> = futures_util::future::join_all(all).await.into_iter().map(|answered| answered.status).collect();
        assert_eq!(
            (statuses.iter().filter(|s| **s == 201).count(), statuses.iter().filter(|s| **s == 409).count()),
            (1, 5),
            "{statuses:?}"
        );
    })
    .await;
}

#[actix_web::test]
async fn providers_are_compared_by_what_each_shows() {
    on_each_database(async |kazi| {
        let (one, editor) = scene(kazi).await;
        let two = kazi.provider("Kesho", json!({})).await;
        let mut shown = new(one, "permanent_employees", "2026-Q3", 120.0);
        shown["stated"]["audience"] = json!("everyone");
        editor.post("/api/v1/readings", shown).await.expect(201);
        editor.post("/api/v1/readings", new(one, "impact_workers", "2026-Q3", 30.0)).await.expect(201);
        let path = format!("/api/v1/figures/comparison?organisations={two},{one}&year_to=2026-Q3");
        let outcomes = async |actor: &Actor<'_>| {
            let body = actor.get(&path).await.expect(200).body;
            let of = |provider: usize, metric: &str| {
                let figures = body["providers"][provider]["figures"].as_array().unwrap();
                figures.iter().find(|f| f["metric"] == metric).unwrap()["outcome"]["state"].as_str().unwrap().to_owned()
            };
            [of(0, "permanent_employees"), of(1, "permanent_employees"), of(1, "impact_workers"), of(1, "impact_worker_share")]
        };
        assert_eq!(outcomes(&kazi.nobody()).await, ["unknown", "value", "unknown", "unknown"]);
        assert_eq!(outcomes(&editor).await, ["unknown", "value", "value", "value"]);
        for wrong in [format!("{one}"), format!("{one},{one}"), format!("{one},{two}&year_to=2026")] {
            kazi.nobody().get(&format!("/api/v1/figures/comparison?organisations={wrong}")).await.expect(400);
        }
        let nobody_there = "0190f5fe-7c00-7a00-8000-000000000001";
        kazi.nobody().get(&format!("/api/v1/figures/comparison?organisations={one},{nobody_there}")).await.expect(404);
    })
    .await;
}
