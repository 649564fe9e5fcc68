//! The typed client against the real server: a partner's day by its API key, every answer read back into core's types.

use crate::support;

use kazi_client::{Error, InquiryFilter, Kazi as Client, NeedFilter};
use kazi_core::directory::{ExportFormat, Search};
use kazi_core::identity::MemberRole::Owner;
use kazi_core::identity::NewSession;
use kazi_core::inquiries::{Answers, InquiryState, Mailbox, NewInquiry};
use kazi_core::matching::{AdhocMatch, NeedState, NewNeed};
use kazi_core::problem::Code;
use serde_json::{Value, json};
use support::{Kazi, on_each_database};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a body of that type")
}

async fn key(kazi: &Kazi, owner: &support::Actor<'_>, organisation: kazi_core::ids::OrganisationId) -> Client<impl kazi_client::Transport> {
    let people = Client::new(&kazi.address, Some(owner.token()));
    let new = read(json!({ "name": "A partner", "scopes": kazi_core::identity::Scope::ALL }));
    let made = people.members(organisation).create_api_key(&new, Some("once")).await.expect("a key");
    Client::new(&kazi.address, made.secret.as_deref())
}

#[actix_web::test]
async fn a_partner_finds_asks_and_reads_the_answer() {
    on_each_database(async |kazi| {
        let buyer = kazi.buyer("Acme").await;
        let provider = kazi.provider("Client Works", json!({ "skills": ["lidar"], "available_fte": 20.0 })).await;
        let (buys, provides) = (kazi.member_of(buyer, Owner).await, kazi.member_of(provider, Owner).await);
        let (ours, theirs) = (key(kazi, &buys, buyer).await, key(kazi, &provides, provider).await);
        kazi.caught_up().await;

        assert!(ours.codes().await.expect("codes").service_lines.iter().any(|l| l.code.as_str() == "data_annotation"));
        let words = Search { q: Some("Client Works".into()), limit: Some(5), ..Search::default() };
        let found = ours.organisations().search(&words).await.expect("a search");
        assert_eq!((found.total, found.items[0].id), (1, provider));
        let csv = ours.organisations().export(ExportFormat::Csv, &words).await.expect("an export");
        assert_eq!((csv.lines().count(), csv.contains("Client Works")), (2, true));
        let line = ours.organisations().export(ExportFormat::Ndjson, &words).await.expect("an export");
        assert_eq!(read::<Value>(serde_json::from_str(line.trim()).expect("a line"))["id"], json!(provider));

        let profile = theirs.organisations().read(provider).await.expect("an organisation");
        let change = json!({ "city": "Kisumu" });
        let edited = theirs.organisations().edit(provider, profile.version, &change).await.expect("an edit");
        assert_eq!(edited.profile.city.as_deref(), Some("Kisumu"));
        let again = theirs.organisations().edit(provider, profile.version, &change).await;
        assert!(again.is_err_and(|e| e.is(Code::VersionMismatch)));
        let history = theirs.organisations().history(provider, None, Some(1)).await.expect("a history");
        assert_eq!((history.items.len(), history.items[0].changed.as_slice()), (1, &["city".to_owned()][..]));

        let wanted = json!({ "title": "Street scenes", "service_line": "data_annotation", "skills_required": ["lidar"], "visibility": "matched" });
        let new: NewNeed = read(json!({ "organisation": buyer, "wanted": wanted, "state": "open" }));
        let need = ours.needs().create(&new, Some("order-1")).await.expect("a need");
        assert_eq!(ours.needs().create(&new, Some("order-1")).await.expect("the same").id, need.id);
        let states = |state| NeedFilter { organisation: Some(buyer), states: vec![state], limit: Some(1), ..NeedFilter::default() };
        assert_eq!(ours.needs().find(&states(NeedState::Open)).await.expect("needs").items, std::slice::from_ref(&need));
        assert_eq!(ours.needs().find(&states(NeedState::Closed)).await.expect("needs").items, []);
        let matches = ours.needs().matches(need.id, None).await.expect("a ranking");
        assert_eq!(matches.ranking.ranked[0].organisation, provider);
        let adhoc: AdhocMatch = read(json!({ "wanted": wanted, "limit": 1 }));
        assert_eq!(ours.needs().rank(&adhoc).await.expect("a ranking").ranking.total_passing, 1);

        let new: NewInquiry = read(json!({
            "organisation": buyer, "subject": "Street scenes", "providers": [provider], "need": need.id,
            "reply_by": kazi.state.now().plus(chrono::Duration::days(7)), "questions": [{ "text": "How many people?", "kind": "number", "required": true }]
        }));
        let inquiry = ours.inquiries().create(&new, None).await.expect("an inquiry");
        let box_of = |organisation, mailbox| InquiryFilter { state: Some(InquiryState::Open), need: Some(need.id), ..InquiryFilter::of(organisation, mailbox) };
        let unread = InquiryFilter { unread: Some(true), limit: Some(10), ..box_of(provider, Mailbox::Received) };
        assert_eq!(theirs.inquiries().find(&unread).await.expect("a box").items.len(), 1);
        let thread = theirs.inquiries().read(inquiry.id).await.expect("an inquiry").thread.expect("its own thread");
        let answers: Answers = read(json!({ "answers": [{ "question": 0, "number": 12.0 }] }));
        theirs.inquiries().answer(thread, 0, &answers).await.expect("an answer");
        theirs.inquiries().mark_read(thread, provider, kazi.state.now()).await.expect("read");
        assert_eq!(theirs.inquiries().find(&unread).await.expect("a box").items.len(), 0);
        let compared = ours.inquiries().compare(inquiry.id).await.expect("a comparison");
        assert_eq!(compared.columns[0].answers[0].as_ref().and_then(|a| a.number), Some(12.0));
        assert_eq!(ours.inquiries().find(&box_of(buyer, Mailbox::Sent)).await.expect("a box").items.len(), 1);

        let file = ours.inquiries().attach(inquiry.id, None, buyer, "terms \"1\".txt", b"Terms.\n".to_vec()).await.expect("an attachment");
        assert_eq!(theirs.inquiries().attachment(file.id).await.expect("a file"), b"Terms.\n");
        let refused = theirs.needs().matches(need.id, None).await.expect_err("another's need");
        assert!(matches!(&refused, Error::Problem(problem) if problem.code == Code::NotFound && problem.request_id.is_some()), "{refused}");
    })
    .await;
}

#[actix_web::test]
async fn a_person_signs_in_and_is_told_what_is_wrong() {
    on_each_database(async |kazi| {
        let email = "client@person.example";
        kazi.person(email).await;
        let nobody = Client::new(&kazi.address, None);
        let new = |password: &str| NewSession { email: email.into(), password: password.into(), cookie: false };
        assert!(nobody.identity().sign_in(&new("not the password")).await.is_err_and(|e| e.is(Code::BadCredentials)));
        let tokens = nobody.identity().sign_in(&new(support::people::PASSWORD)).await.expect("tokens");
        let me = Client::new(&kazi.address, Some(&tokens.access_token)).me().read().await.expect("an account");
        assert_eq!(me.email, email);
        let next = nobody.identity().refresh(&tokens.refresh_token.expect("for programs")).await.expect("the next tokens");
        assert_ne!(next.access_token, tokens.access_token);
    })
    .await;
}
