//! The log on both databases.

use kazi_core::Instant;
use kazi_core::events::{Cursor, EventKind, NewEvent};
use kazi_core::problem::{Code, Refusal};
use kazi_store::{StoreError, events, testing};
use std::collections::BTreeSet;
use uuid::Uuid;

fn event(subject: Uuid) -> NewEvent {
    NewEvent {
        kind: EventKind::OrganisationEdited,
        actor: None,
        organisation: None,
        subject,
        data: serde_json::json!({ "a": [1, null, "é"] }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_in_the_log_exactly_when_its_change_is() {
    for db in testing::databases() {
        let at = Instant::from_micros(1_790_000_000_123_456);
        let kept = Uuid::now_v7();
        db.store.write(move |c| events::append(c, at, event(kept))).await.unwrap();
        let refused: Result<(), StoreError> = db
            .store
            .write(move |c| {
                events::append(c, at, event(Uuid::now_v7()))?;
                Err(Refusal::new(Code::Conflict, "no").into())
            })
            .await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        let log = db.log(1);
        assert_eq!(log.iter().map(|e| (e.subject, e.at, e.data["a"][2].as_str())).collect::<Vec<_>>(), [(kept, at, Some("é"))]);
        assert_eq!(db.store.read_now(events::end).unwrap(), log[0].cursor);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_never_skips_what_commits_late() {
    for db in testing::databases() {
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let store = db.store.clone();
                tokio::spawn(async move {
                    for n in 0..50u64 {
                        let write = move |c: &mut kazi_store::Db| {
                            events::append(c, Instant::from_micros(0), event(Uuid::now_v7()))?;
                            std::thread::sleep(std::time::Duration::from_micros(n % 7 * 300));
                            Ok::<_, StoreError>(())
                        };
                        store.write(write).await.unwrap();
                    }
                })
            })
            .collect();
        let store = db.store.clone();
        let follower = tokio::task::spawn_blocking(move || {
            let (mut cursor, mut seen) = (Cursor::default(), Vec::new());
            let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
            while seen.len() < 400 && std::time::Instant::now() < deadline {
                let next = store.read_now(|c| events::after(c, cursor, 7)).unwrap();
                if let Some(last) = next.last() {
                    cursor = last.cursor;
                }
                seen.extend(next.into_iter().map(|e| e.subject));
            }
            seen
        });
        for writer in writers {
            writer.await.unwrap();
        }
        let seen = follower.await.unwrap();
        assert_eq!(seen.len(), 400, "each event once");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 400, "and none twice");
    }
}
