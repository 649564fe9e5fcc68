//! Inquiries over HTTP: each provider answers in its own thread and never learns of the others.

use crate::support;

use kazi_core::identity::MemberRole::{Editor, Member, Owner};
use kazi_core::ids::OrganisationId;
use serde_json::{Value, json};
use support::{Actor, Answered, Kazi, on_each_database};

fn in_hours(kazi: &Kazi, hours: i64) -> String {
    kazi.state.now().plus(chrono::Duration::hours(hours)).to_string()
}

fn questions() -> Value {
    json!([
        { "text": "How many people could start in March?", "kind": "number", "required": true },
        { "text": "Which shifts do you work?", "kind": "choice", "options": ["day", "night"] }
    ])
}

/// A buyer, two claimed providers, an inquiry to both, and an editor of each.
struct Scene<'k> {
    buyer: OrganisationId,
    providers: [OrganisationId; 2],
    editor: Actor<'k>,
    first: Actor<'k>,
    second: Actor<'k>,
    inquiry: String,
    threads: [String; 2],
}

async fn scene(kazi: &Kazi) -> Scene<'_> {
    let buyer = kazi.buyer("Acme").await;
    let providers = [kazi.provider("First", json!({})).await, kazi.provider("Second", json!({})).await];
    let editor = kazi.member_of(buyer, Editor).await;
    let new = json!({
        "organisation": buyer, "subject": "Labels for street scenes", "questions": questions(), "providers": providers,
        "reply_by": in_hours(kazi, 72)
    });
    let inquiry = editor.post("/api/v1/inquiries", new).await.expect(201).id();
    let list = editor.get(&format!("/api/v1/inquiries/{inquiry}/threads")).await.expect(200).body;
    let threads = [0, 1].map(|n| list["items"][n]["id"].as_str().unwrap().to_owned());
    let (first, second) = (kazi.member_of(providers[0], Editor).await, kazi.member_of(providers[1], Owner).await);
    Scene { buyer, providers, editor, first, second, inquiry, threads }
}

async fn put(actor: &Actor<'_>, path: &str, tag: &str, body: Value) -> Answered {
    actor.send(actor.request("PUT", path).header("If-Match", tag).json(&body)).await
}

fn people(n: i32) -> Value {
    json!({ "answers": [{ "question": 0, "number": f64::from(n) }] })
}

#[actix_web::test]
async fn each_answers_in_its_own_thread_and_the_sender_compares() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let answers = format!("/api/v1/threads/{}/answers", s.threads[0]);
        let missing = put(&s.first, &answers, "\"v0\"", json!({ "answers": [] })).await.expect(422);
        assert_eq!(missing.body["errors"][0]["code"], "required");
        let wrong = json!({ "answers": [{ "question": 0, "number": 5.0 }, { "question": 1, "text": "evening" }] });
        assert_eq!(put(&s.first, &answers, "\"v0\"", wrong).await.expect(422).body["errors"][0]["pointer"], "/answers/1");
        let answered = put(&s.first, &answers, "\"v0\"", people(25)).await.expect(200);
        assert_eq!(answered.header("etag"), Some("\"v1\""));
        let read = s.first.request("GET", &format!("/api/v1/threads/{}", s.threads[0])).header("If-None-Match", "\"v1\"");
        assert_eq!(s.first.send(read).await.expect(200).header("etag"), Some("\"v1\""), "messages come without a new version");
        assert_eq!((answered.body["state"].as_str(), answered.body["answers_version"].as_i64()), (Some("answered"), Some(1)));
        put(&s.first, &answers, "\"v1\"", people(30)).await.expect(200);
        put(&s.first, &answers, "\"v1\"", people(31)).await.expect(412);
        put(&s.editor, &answers, "\"v2\"", people(1)).await.expect(404);
        let decline = format!("/api/v1/threads/{}/decline", s.threads[1]);
        let declined = put(&s.second, &decline, "\"v0\"", json!({ "reason": "no_capacity", "text": "In June." })).await.expect(200);
        assert_eq!((declined.body["state"].as_str(), declined.body["decline"]["reason"].as_str()), (Some("declined"), Some("no_capacity")));

        let table = s.editor.get(&format!("/api/v1/inquiries/{}/comparison", s.inquiry)).await.expect(200).body;
        assert_eq!(table["columns"][0]["answers"], json!([{ "question": 0, "text": null, "number": 30.0, "yes": null }, null]));
        assert_eq!(table["columns"][1]["answers"], json!([null, null]));
        assert_eq!(table["columns"][1]["decline"], json!({ "reason": "no_capacity", "text": "In June." }));
        let counts = &s.editor.get(&format!("/api/v1/inquiries/{}", s.inquiry)).await.expect(200).body["counts"];
        assert_eq!((counts["answered"].as_u64(), counts["declined"].as_u64(), counts["unread"].as_u64()), (Some(1), Some(1), Some(2)));

        for provider in s.providers {
            let read = kazi.nobody().get(&format!("/api/v1/organisations/{provider}")).await.expect(200);
            assert_eq!(
                (read.body["responsiveness"]["received"].as_u64(), read.body["responsiveness"]["answered"].as_u64()),
                (Some(1), Some(1))
            );
            assert!(
                read.header("etag").is_some_and(|tag| tag.starts_with("\"v1.1-1-")),
                "a kept copy grows old: {:?}",
                read.header("etag")
            );
        }
    })
    .await;
}

#[actix_web::test]
async fn a_provider_learns_nothing_of_the_other() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let (own, others) = (&s.threads[0], &s.threads[1]);
        s.second.post(&format!("/api/v1/threads/{others}/messages"), json!({ "text": "A secret question." })).await.expect(201);
        let stranger = kazi.person("stranger@x.example").await;
        let paths = [
            format!("/api/v1/threads/{others}"),
            format!("/api/v1/inquiries/{}/threads", s.inquiry),
            format!("/api/v1/inquiries/{}/comparison", s.inquiry),
        ];
        for path in &paths {
            kazi.nobody().get(path).await.expect(401);
            stranger.get(path).await.expect(404);
            s.first.get(path).await.expect(404);
        }
        stranger.get(&format!("/api/v1/inquiries/{}", s.inquiry)).await.expect(404);
        stranger.get(&format!("/api/v1/threads/{own}")).await.expect(404);
        let writes = [
            s.first.post(&format!("/api/v1/threads/{others}/messages"), json!({ "text": "Hello?" })).await,
            s.first.post(&format!("/api/v1/threads/{others}/read"), json!({})).await,
            put(&s.first, &format!("/api/v1/threads/{others}/answers"), "\"v0\"", people(1)).await,
            put(&s.first, &format!("/api/v1/threads/{others}/decline"), "\"v0\"", json!({ "reason": "other" })).await,
            s.first.post(&format!("/api/v1/inquiries/{}/close", s.inquiry), json!({})).await,
            s.first.post(&format!("/api/v1/inquiries/{}/clarifications", s.inquiry), json!({ "text": "No." })).await,
        ];
        for write in writes {
            write.expect(404);
        }
        let mut seen = String::new();
        for path in [
            format!("/api/v1/inquiries/{}", s.inquiry),
            format!("/api/v1/threads/{own}"),
            format!("/api/v1/inquiries?organisation={}&box=received", s.providers[0]),
        ] {
            seen += &s.first.get(&path).await.expect(200).body.to_string();
        }
        for secret in [s.providers[1].to_string(), others.clone(), "Second".into(), "secret".into()] {
            assert!(!seen.contains(&secret), "{secret} in {seen}");
        }
        let history = kazi.database.log(0);
        let told = history.iter().filter(|e| e.organisation == Some(s.providers[0].0)).map(|e| e.data.to_string()).collect::<String>();
        assert!(!told.contains(&s.providers[1].to_string()) && !told.contains(others.as_str()));
    })
    .await;
}

#[actix_web::test]
async fn messages_clarifications_and_unread_marks_come_and_go() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let [own, _] = &s.threads;
        let unread = async |actor: &Actor<'_>, organisation: OrganisationId, mailbox: &str| {
            let list = actor.get(&format!("/api/v1/inquiries?organisation={organisation}&box={mailbox}&unread=true")).await.expect(200);
            list.body["items"].as_array().unwrap().len()
        };
        assert_eq!((unread(&s.editor, s.buyer, "sent").await, unread(&s.first, s.providers[0], "received").await), (0, 1));
        s.first.post(&format!("/api/v1/threads/{own}/read"), json!({})).await.expect(204);
        assert_eq!(unread(&s.first, s.providers[0], "received").await, 0);
        let seen = s.editor.get(&format!("/api/v1/threads/{own}")).await.expect(200);
        assert_eq!(seen.body["thread"]["state"], "read");

        s.first.post(&format!("/api/v1/threads/{own}/messages"), json!({ "text": "Is night work needed?" })).await.expect(201);
        assert_eq!(unread(&s.editor, s.buyer, "sent").await, 1);
        let shown = s.editor.get(&format!("/api/v1/threads/{own}")).await.expect(200);
        let until = shown.body["thread"]["updated_at"].as_str().unwrap().to_owned();
        s.first.post(&format!("/api/v1/threads/{own}/messages"), json!({ "text": "Or work on Sundays?" })).await.expect(201);
        s.editor.post(&format!("/api/v1/threads/{own}/read?until={until}"), json!({})).await.expect(204);
        assert_eq!(unread(&s.editor, s.buyer, "sent").await, 1, "what came after what was shown stays unread");
        s.editor.post(&format!("/api/v1/threads/{own}/read"), json!({})).await.expect(204);
        assert_eq!(unread(&s.editor, s.buyer, "sent").await, 0);
        s.editor.post(&format!("/api/v1/threads/{own}/read?until={until}"), json!({})).await.expect(204);
        assert_eq!(unread(&s.editor, s.buyer, "sent").await, 0, "an earlier moment unreads nothing");
        let to_all = json!({ "question": "Is night work needed?", "text": "No." });
        s.editor.post(&format!("/api/v1/inquiries/{}/clarifications", s.inquiry), to_all).await.expect(201);
        for (actor, provider) in [(&s.first, s.providers[0]), (&s.second, s.providers[1])] {
            assert_eq!(unread(actor, provider, "received").await, 1);
            let read = actor.get(&format!("/api/v1/inquiries/{}", s.inquiry)).await.expect(200).body;
            assert_eq!(read["clarifications"][0]["text"], "No.");
            assert!(read["counts"].is_null() && !read["thread"].is_null());
        }
        let said = s.editor.get(&format!("/api/v1/threads/{own}")).await.expect(200).body;
        assert!(said["messages"][0]["author"].is_null(), "which person of the other side wrote is not told");

        s.editor.post(&format!("/api/v1/inquiries/{}/close", s.inquiry), json!({})).await.expect(200);
        s.editor.post(&format!("/api/v1/inquiries/{}/close", s.inquiry), json!({})).await.expect(409);
        s.first.post(&format!("/api/v1/threads/{own}/messages"), json!({ "text": "Too late?" })).await.expect(409);
        put(&s.first, &format!("/api/v1/threads/{own}/answers"), "\"v0\"", people(1)).await.expect(409);
        let closed = s.editor.get(&format!("/api/v1/inquiries?organisation={}&box=sent&state=closed", s.buyer)).await.expect(200);
        assert_eq!(closed.body["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn who_is_asked_has_to_be_a_claimed_provider() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let editor = kazi.member_of(buyer, Editor).await;
        let good = kazi.provider("Good", json!({})).await;
        let unclaimed = kazi.unclaimed(json!({ "name": "Nobody Reads", "kinds": ["issp"] })).await;
        let other = kazi.buyer("Other").await;
        let new = |providers: Value, reply_by: String| json!({ "organisation": buyer, "subject": "Labels", "providers": providers, "reply_by": reply_by });
        let refused = editor.post("/api/v1/inquiries", new(json!([good, unclaimed, other]), in_hours(kazi, 72))).await.expect(422);
        assert!(refused.body["detail"].as_str().unwrap().contains("Nobody Reads"));
        let pointers: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/providers/1", "/providers/2"]);
        for (providers, hours) in [(json!([]), 72), (json!([good, good]), 72), (json!([buyer]), 72), (json!([good]), 47), (json!([good]), 24 * 400)] {
            editor.post("/api/v1/inquiries", new(providers, in_hours(kazi, hours))).await.expect(422);
        }
        let others_need = kazi.member_of(other, Editor).await
            .post("/api/v1/needs", json!({ "organisation": other, "wanted": { "title": "Theirs", "service_line": "data_entry", "visibility": "invited" } })).await.expect(201).id();
        let mut with_need = new(json!([good]), in_hours(kazi, 72));
        with_need["need"] = json!(others_need);
        assert_eq!(editor.post("/api/v1/inquiries", with_need).await.expect(422).body["errors"][0]["pointer"], "/need");
        let drafted = json!({ "organisation": buyer, "wanted": { "title": "Ours", "service_line": "data_entry", "visibility": "public" } });
        let drafted = editor.post("/api/v1/needs", drafted).await.expect(201).id();
        let mut with_draft = new(json!([good]), in_hours(kazi, 72));
        with_draft["need"] = json!(drafted);
        let refused = editor.post("/api/v1/inquiries", with_draft).await.expect(422);
        assert!(refused.body["detail"].as_str().unwrap().contains("Open it first"), "{}", refused.body);
        let seller = kazi.provider("Rival", json!({})).await;
        let mut rival = new(json!([good]), in_hours(kazi, 72));
        rival["organisation"] = json!(seller);
        let refused = kazi.member_of(seller, Editor).await.post("/api/v1/inquiries", rival).await.expect(422);
        assert_eq!(refused.body["errors"][0]["pointer"], "/organisation");
        kazi.member_of(buyer, Member).await.post("/api/v1/inquiries", new(json!([good]), in_hours(kazi, 72))).await.expect(403);
        kazi.member_of(other, Editor).await.post("/api/v1/inquiries", new(json!([good]), in_hours(kazi, 72))).await.expect(403);
    })
    .await;
}

#[actix_web::test]
async fn an_invitation_opens_the_need_to_whom_was_asked() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let editor = kazi.member_of(buyer, Editor).await;
        let provider = kazi.provider("Good", json!({})).await;
        let need = editor
            .post("/api/v1/needs", json!({ "organisation": buyer, "state": "open", "wanted": { "title": "Ours", "service_line": "data_entry", "visibility": "invited" } }))
            .await.expect(201).id();
        let member = kazi.member_of(provider, Member).await;
        member.get(&format!("/api/v1/needs/{need}")).await.expect(404);
        let new = json!({ "organisation": buyer, "subject": "Labels", "need": need, "providers": [provider], "reply_by": in_hours(kazi, 72) });
        editor.post("/api/v1/inquiries", new).await.expect(201);
        member.get(&format!("/api/v1/needs/{need}")).await.expect(200);
        kazi.caught_up().await;
        let fitting = member.get(&format!("/api/v1/organisations/{provider}/fitting-needs")).await.expect(200);
        assert_eq!(fitting.body["needs"][0]["need"]["id"], json!(need));
        editor.delete(&format!("/api/v1/needs/{need}")).await.expect(409);
        let over = editor.request("POST", &format!("/api/v1/needs/{need}/state")).header("If-Match", "\"v1\"").json(&json!({ "state": "awarded" }));
        editor.send(over).await.expect(200);
        member.get(&format!("/api/v1/needs/{need}")).await.expect(200);
        kazi.person("stranger@x.example").await.get(&format!("/api/v1/needs/{need}")).await.expect(404);
    })
    .await;
}

#[actix_web::test]
async fn of_two_answers_at_once_one_stands_and_a_key_sends_once() {
    on_each_database(async |kazi| {
        let s = scene(kazi).await;
        let answers = format!("/api/v1/threads/{}/answers", s.threads[0]);
        let (a, b) = futures_util::join!(put(&s.first, &answers, "\"v0\"", people(10)), put(&s.first, &answers, "\"v0\"", people(20)));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);

        let body = json!({ "text": "Once." });
        let path = format!("/api/v1/threads/{}/messages", s.threads[0]);
        let send = || s.first.request("POST", &path).header("Idempotency-Key", "message-1").json(&body);
        let (first, again) = (s.first.send(send()).await.expect(201), s.first.send(send()).await.expect(201));
        assert_eq!(first.body["id"], again.body["id"]);
        let thread = s.editor.get(&format!("/api/v1/threads/{}", s.threads[0])).await.expect(200);
        assert_eq!(thread.body["messages"].as_array().unwrap().len(), 1);
    })
    .await;
}
