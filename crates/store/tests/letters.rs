//! The outbox on both databases: a letter is sent by one server, and outlives that server.

use kazi_core::Instant;
use kazi_store::letters::{self, Letter};
use kazi_store::testing;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

fn letter(to: &str) -> Letter {
    Letter { to: Some(to.to_owned()), subject: "S".into(), text: "T".into() }
}

#[test]
fn a_letter_is_its_writers_first_and_anybodys_when_that_one_is_late() {
    for db in testing::databases() {
        let (one, two, id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let waiting = |server, now| db.store.read_now(|c| letters::waiting(c, server, at(now))).unwrap();
        let claim = |server, now: i64| db.store.write_now(move |c| letters::claim(c, id, server, at(now), at(now + 100))).unwrap();
        db.store.write_now(move |c| letters::put(c, id, one, &letter("ada@example.org"), at(0), at(10))).unwrap();
        assert_eq!((waiting(one, 1), waiting(two, 1)), (vec![id], vec![]));
        assert_eq!(claim(two, 1), None);
        let claimed = claim(one, 1).expect("it is its own");
        assert_eq!((claimed.letter, claimed.attempt), (letter("ada@example.org"), 1));
        assert_eq!((claim(one, 2), claim(two, 50)), (None, None), "being sent");
        assert_eq!(waiting(two, 101), vec![id], "whoever sent it has died");
        assert_eq!(claim(two, 101).map(|c| c.attempt), Some(2));
        db.store.write_now(move |c| letters::put_off(c, id, at(500))).unwrap();
        assert_eq!((waiting(two, 499), waiting(two, 500)), (vec![], vec![id]));
        db.store.write_now(move |c| letters::remove(c, id)).unwrap();
        assert_eq!((waiting(two, 9999), claim(two, 9999)), (vec![], None));
    }
}

#[test]
fn of_many_servers_one_gets_it() {
    for db in testing::databases() {
        let ids: Vec<Uuid> = (0..20).map(|_| Uuid::now_v7()).collect();
        for id in ids.clone() {
            db.store.write_now(move |c| letters::put(c, id, Uuid::now_v7(), &letter("ada@example.org"), at(0), at(10))).unwrap();
        }
        let got: Arc<Mutex<Vec<Uuid>>> = Arc::default();
        let servers: Vec<_> = (0..4)
            .map(|_| {
                let (store, ids, got, server) = (db.store.clone(), ids.clone(), got.clone(), Uuid::now_v7());
                std::thread::spawn(move || {
                    for id in ids {
                        let claimed = store.write_now(move |c| letters::claim(c, id, server, at(20), at(60))).unwrap();
                        got.lock().unwrap().extend(claimed.map(|c| c.id));
                    }
                })
            })
            .collect();
        servers.into_iter().for_each(|s| s.join().unwrap());
        let mut got = got.lock().unwrap().clone();
        got.sort();
        assert_eq!(got, ids);
    }
}
