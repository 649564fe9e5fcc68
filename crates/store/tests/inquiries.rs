//! The response clock on both databases: what counts for a provider, once, and what does not.

use chrono::Duration;
use kazi_core::Instant;
use kazi_core::directory::{Profile, Responsiveness};
use kazi_core::identity::MemberRole;
use kazi_core::ids::{InquiryId, OrganisationId, ThreadId};
use kazi_core::inquiries::NewInquiry;
use kazi_core::problem::Code;
use kazi_store::directory::{self, NewListing};
use kazi_store::identity::{self, NewPerson};
use kazi_store::testing::{TestDatabase, databases};
use kazi_store::{StoreError, inquiries};
use std::collections::BTreeMap;
use uuid::Uuid;

fn at(hours: i64) -> Instant {
    Instant::from_micros(1_790_000_000_000_000).plus(Duration::hours(hours))
}

async fn organisation(db: &TestDatabase, kind: &str) -> OrganisationId {
    let profile: Profile = serde_json::from_value(serde_json::json!({ "name": "Some Name", "kinds": [kind] })).unwrap();
    let id: OrganisationId = Uuid::now_v7().into();
    let new = NewListing { id, profile, provenance: BTreeMap::new(), claimed: true, fictional: false, source_key: None };
    db.store.write(move |c| directory::create(c, at(0), None, &new)).await.unwrap();
    id
}

async fn ask(db: &TestDatabase, organisation: OrganisationId, provider: OrganisationId) -> (InquiryId, ThreadId) {
    let id: InquiryId = Uuid::now_v7().into();
    let new = NewInquiry {
        organisation,
        subject: "Labels".into(),
        body: None,
        questions: vec![],
        providers: vec![provider],
        need: None,
        reply_by: at(100),
    };
    let threads = db.store.write(move |c| inquiries::create(c, at(0), None, id, &new)).await.unwrap();
    (id, threads[0])
}

fn measured(db: &TestDatabase, id: OrganisationId) -> Option<Responsiveness> {
    db.store.read_now(|c| directory::get(c, id)).unwrap().responsiveness
}

async fn answer(db: &TestDatabase, thread: ThreadId, hour: i64) -> Result<(), StoreError> {
    let act = move |c: &mut kazi_store::Db| {
        let who = inquiries::parties(c, thread)?;
        inquiries::answer(c, at(hour), None, &who, 0, &[])
    };
    db.store.write(act).await
}

#[tokio::test(flavor = "multi_thread")]
async fn overdue_counts_once_and_a_closed_inquiry_does_not() {
    for db in databases() {
        let (buyer, provider) = (organisation(&db, "buyer").await, organisation(&db, "issp").await);
        let (funder, government) = (organisation(&db, "funder").await, organisation(&db, "government").await);
        let (_, late) = ask(&db, buyer, provider).await;
        let (closed, never) = ask(&db, funder, provider).await;
        let (_, quick) = ask(&db, government, provider).await;
        assert_eq!(measured(&db, provider), None);
        answer(&db, quick, 2).await.unwrap();
        assert_eq!(measured(&db, provider), Some(Responsiveness { received: 1, answered: 1, median_hours: Some(2.0) }));
        db.store.write(move |c| inquiries::close(c, at(5), None, closed, funder)).await.unwrap();

        let sweep = |hour: i64| db.store.write(move |c| inquiries::sweep_overdue(c, at(hour), 100));
        assert_eq!(sweep(100).await.unwrap(), 0, "the moment itself is in time");
        assert_eq!(sweep(101).await.unwrap(), 1);
        assert_eq!(sweep(102).await.unwrap(), 0);
        assert_eq!(measured(&db, provider), Some(Responsiveness { received: 2, answered: 1, median_hours: Some(2.0) }));
        answer(&db, late, 120).await.unwrap();
        assert_eq!(measured(&db, provider), Some(Responsiveness { received: 2, answered: 1, median_hours: Some(61.0) }));
        let refused = answer(&db, never, 6).await;
        assert!(matches!(refused, Err(StoreError::Refused(r)) if r.code == Code::Conflict));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_replies_at_the_same_moment_both_count() {
    for db in databases() {
        let (buyer, provider) = (organisation(&db, "buyer").await, organisation(&db, "issp").await);
        let mut threads = vec![ask(&db, buyer, provider).await.1];
        for _ in 1..8 {
            let another = organisation(&db, "buyer").await;
            threads.push(ask(&db, another, provider).await.1);
        }
        let answers = threads.into_iter().map(|thread| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let act = move |c: &mut kazi_store::Db| {
                    let who = inquiries::parties(c, thread)?;
                    inquiries::answer(c, at(1), None, &who, 0, &[])
                };
                store.write(act).await
            })
        });
        for answer in answers.collect::<Vec<_>>() {
            answer.await.unwrap().unwrap();
        }
        assert_eq!(measured(&db, provider).map(|r| (r.received, r.answered)), Some((8, 8)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_counts_once_a_day_and_kin_not_at_all() {
    for db in databases() {
        let (buyer, provider, own) = (organisation(&db, "buyer").await, organisation(&db, "issp").await, organisation(&db, "bpo").await);
        let join = move |c: &mut kazi_store::Db| {
            let new = NewPerson {
                id: Uuid::now_v7().into(),
                email: "owner@x.example".into(),
                name: "Ada".into(),
                language: "en".parse().unwrap(),
                password: None,
            };
            let person = identity::register(c, &new, at(0))?;
            for organisation in [provider, own] {
                identity::add_member(c, organisation, person, MemberRole::Owner, at(0), None)?;
            }
            Ok::<_, StoreError>(())
        };
        db.store.write(join).await.unwrap();
        let (_, first) = ask(&db, buyer, provider).await;
        for _ in 0..5 {
            ask(&db, buyer, provider).await;
        }
        let (_, polished) = ask(&db, own, provider).await;
        answer(&db, polished, 1).await.unwrap();
        assert_eq!(measured(&db, provider), None, "its own second organisation asked");
        answer(&db, first, 4).await.unwrap();
        db.store.write(move |c| inquiries::sweep_overdue(c, at(101), 100)).await.unwrap();
        assert_eq!(measured(&db, provider), Some(Responsiveness { received: 1, answered: 1, median_hours: Some(4.0) }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn overdue_ends_with_the_inquiry() {
    for db in databases() {
        let (buyer, provider) = (organisation(&db, "buyer").await, organisation(&db, "issp").await);
        let (inquiry, _) = ask(&db, buyer, provider).await;
        let stands = |hour| {
            let counts = db.store.read_now(|c| inquiries::get(c, at(hour), inquiry, None)).unwrap().counts.unwrap();
            (counts.overdue, db.store.read_now(|c| inquiries::threads(c, at(hour), inquiry)).unwrap()[0].overdue)
        };
        assert_eq!((stands(100), stands(101)), ((0, false), (1, true)));
        db.store.write(move |c| inquiries::close(c, at(102), None, inquiry, buyer)).await.unwrap();
        assert_eq!(stands(103), (0, false));
    }
}
