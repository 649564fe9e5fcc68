//! Writing on both databases: what is acknowledged stands, what is refused takes nothing with it.

use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::problem::{Code, Refusal};
use kazi_store::{StoreError, events, idempotency, testing};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

fn event() -> NewEvent {
    NewEvent { kind: EventKind::NeedEdited, actor: None, organisation: None, subject: Uuid::now_v7(), data: serde_json::Value::Null }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_change_and_a_panicking_one_leave_their_neighbours_alone() {
    for db in testing::databases() {
        let heard = Arc::new(Mutex::new(0));
        let count = heard.clone();
        db.store.on_commit(move |list| *count.lock().unwrap() += list.len());
        let changes = (0..60u32).map(|n| {
            let store = db.store.clone();
            tokio::spawn(async move {
                store
                    .write(move |c| {
                        events::append(c, Instant::from_micros(0), event())?;
                        match n % 3 {
                            0 => Err(StoreError::from(Refusal::new(Code::Conflict, "no"))),
                            1 if n == 31 => panic!("a bug in one change"),
                            _ => Ok(()),
                        }
                    })
                    .await
                    .is_ok()
            })
        });
        let mut done = 0;
        for change in changes.collect::<Vec<_>>() {
            done += usize::from(change.await.unwrap());
        }
        assert_eq!(done, 39);
        assert_eq!(db.log(39).len(), 39);
        assert_eq!(*heard.lock().unwrap(), 39);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_gives_its_first_answer_again_and_refuses_another_request() {
    for db in testing::databases() {
        let at = Instant::from_micros(0);
        let claim = |print: &'static str| db.store.write(move |c| idempotency::claim(c, "owner", "key", print, at));
        assert!(matches!(claim("a").await.unwrap(), idempotency::Claim::Ours));
        db.store.write(move |c| idempotency::fulfil(c, "owner", "key", serde_json::json!({ "status": 201 }))).await.unwrap();
        let idempotency::Claim::Answered(reply) = claim("a").await.unwrap() else { panic!("answered before") };
        assert_eq!(reply["status"], 201);
        assert!(matches!(claim("b").await, Err(StoreError::Refused(r)) if r.code == Code::IdempotencyKeyReused));
    }
}

#[test]
fn a_change_waits_for_no_reader() {
    let db = testing::sqlite();
    let (reading, begun) = std::sync::mpsc::channel();
    let (finish, done) = std::sync::mpsc::channel::<()>();
    let done = Arc::new(Mutex::new(done));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (store, reading, done) = (db.store.clone(), reading.clone(), done.clone());
            std::thread::spawn(move || {
                let held = store.read_now(|_| {
                    reading.send(()).unwrap();
                    let _ = done.lock().unwrap().recv();
                    Ok::<_, StoreError>(())
                });
                held.unwrap();
            })
        })
        .collect();
    (0..4).for_each(|_| begun.recv().unwrap());
    assert_eq!(db.store.connections(), (4, 0), "every reader's connection is taken");
    let began = std::time::Instant::now();
    db.store.write_now(|c| events::append(c, Instant::from_micros(0), event())).unwrap();
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
    drop(finish);
    readers.into_iter().for_each(|reader| reader.join().unwrap());
}

#[test]
fn the_sweep_takes_what_is_too_old_and_nothing_else() {
    use kazi_store::identity::{self, MailedFor, NewPerson};
    let day = |n: i64| Instant::from_micros(1_790_000_000_000_000).plus(chrono::Duration::days(n));
    for db in testing::databases() {
        let person = NewPerson {
            id: Uuid::now_v7().into(),
            email: "ada@example.org".into(),
            name: "Ada".into(),
            language: "en".parse().unwrap(),
            password: None,
        };
        let (id, session, ended) = (person.id, Uuid::now_v7().into(), Uuid::now_v7().into());
        let write = move |c: &mut kazi_store::Db| {
            identity::register(c, &person, day(0))?;
            idempotency::claim(c, "owner", "old", "a", day(0))?;
            idempotency::claim(c, "owner", "new", "a", day(40))?;
            identity::give(c, id, MailedFor::PasswordReset, "reset", day(0), day(1))?;
            identity::open_session(c, session, id, "first", day(0), day(100))?;
            identity::refresh_session(c, "first", "second", day(1), day(100))?;
            identity::refresh_session(c, "second", "third", day(39), day(100))?;
            identity::open_session(c, ended, id, "other", day(0), day(100))?;
            identity::end_session(c, id, ended, day(2))
        };
        db.store.write_now(write).unwrap();
        // the old key, the reset, the session that ended, and the token spent first
        assert_eq!(db.store.write_now(move |c| kazi_store::sweep::sweep(c, day(40))).unwrap(), 4);
        assert_eq!(db.store.write_now(move |c| kazi_store::sweep::sweep(c, day(40))).unwrap(), 0);
        let refresh =
            |hash: &'static str| db.store.write_now(move |c| identity::refresh_session(c, hash, "next", day(40), day(100))).unwrap();
        assert_eq!(refresh("first"), identity::Opened::Unknown);
        assert!(matches!(refresh("third"), identity::Opened::Good { .. }), "the session goes on");
        assert!(matches!(refresh("second"), identity::Opened::Reused { .. }), "and a copy is still found out");
    }
}

#[test]
fn migrations_go_up_down_and_up_again() {
    for db in testing::databases() {
        db.store.unmigrate().unwrap();
        assert!(db.store.needs_migration().unwrap());
        db.store.migrate().unwrap();
        assert!(!db.store.needs_migration().unwrap());
    }
}
