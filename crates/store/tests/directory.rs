//! Organisations on both databases.

use kazi_core::Instant;
use kazi_core::directory::{EvidenceGrade, Profile, Provenance, SaidBy, after_edit};
use kazi_core::ids::OrganisationId;
use kazi_core::problem::Code;
use kazi_store::directory::{self, NewListing};
use kazi_store::{StoreError, testing};
use std::collections::BTreeMap;
use uuid::Uuid;

const AT: i64 = 1_790_000_000_000_000;

fn listing(name: &str) -> NewListing {
    NewListing {
        id: Uuid::now_v7().into(),
        profile: Profile { name: name.into(), ..Profile::default() },
        provenance: BTreeMap::new(),
        claimed: false,
        fictional: false,
        source_key: None,
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Code {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_created_is_read_back_by_id_and_by_slug_and_is_in_the_log() {
    for db in testing::databases() {
        let (first, second) = (listing("Digital Divide Data"), listing("Digital Divide Data"));
        let ids: Vec<OrganisationId> = vec![first.id, second.id];
        let made = db
            .store
            .write(move |c| {
                let a = directory::create(c, Instant::from_micros(AT), None, &first)?;
                let b = directory::create(c, Instant::from_micros(AT), None, &second)?;
                Ok::<_, StoreError>((a, b))
            })
            .await
            .unwrap();
        assert_eq!((made.0.slug.as_str(), made.1.slug.as_str()), ("digital-divide-data", "digital-divide-data-2"));
        assert_eq!(db.store.read_now(|c| directory::by_slug(c, "digital-divide-data-2")).unwrap(), made.1);
        assert_eq!(db.store.read_now(|c| directory::list_after(c, None, 10)).unwrap().len(), 2);
        assert_eq!(db.store.read_now(|c| directory::list_after(c, Some(made.0.id), 10)).unwrap(), vec![made.1.clone()]);
        assert_eq!(db.store.read_now(|c| directory::by_ids(c, &ids)).unwrap().len(), 2);
        assert_eq!(db.log(2).iter().map(|e| e.subject).collect::<Vec<_>>(), [made.0.id.0, made.1.id.0]);
        assert_eq!(refusal(db.store.read_now(|c| directory::get(c, Uuid::now_v7().into()))), Code::NotFound);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_edits_of_one_version_one_wins() {
    for db in testing::databases() {
        let new = listing("Enda");
        let made = db.store.write(move |c| directory::create(c, Instant::from_micros(AT), None, &new)).await.unwrap();
        let edits: Vec<_> = (0..8)
            .map(|n| {
                let (store, before) = (db.store.clone(), made.clone());
                tokio::spawn(async move {
                    let mut profile = before.profile.clone();
                    profile.founded = Some(2000 + n);
                    let by =
                        Provenance { by: SaidBy::Itself, at: Instant::from_micros(AT), source: None, grade: EvidenceGrade::SelfDeclared };
                    let provenance = after_edit(&before.profile, &profile, &before.provenance, &by);
                    store.write(move |c| directory::update(c, Instant::from_micros(AT), None, &before, &profile, &provenance)).await
                })
            })
            .collect();
        let mut won = vec![];
        for edit in edits {
            match edit.await.unwrap() {
                Ok(after) => won.push(after),
                lost => assert_eq!(refusal(lost), Code::VersionMismatch),
            }
        }
        assert_eq!(won.len(), 1);
        let id = made.id;
        let stands = db.store.read_now(move |c| directory::get(c, id)).unwrap();
        assert_eq!((stands.version, &stands), (2, &won[0]));
        assert!(stands.provenance.contains_key("founded"));
        assert_eq!(db.log(2)[1].data["changed"], serde_json::json!(["founded"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_load_has_an_event_for_each() {
    for db in testing::databases() {
        let many: Vec<_> = (0..1200).map(|n| listing(&format!("Made up {n}"))).collect();
        db.store.write(move |c| directory::create_many(c, Instant::from_micros(AT), None, &many)).await.unwrap();
        assert_eq!(db.store.read_now(directory::count).unwrap(), 1200);
        assert_eq!(db.log(1200).len(), 1200);
    }
}
