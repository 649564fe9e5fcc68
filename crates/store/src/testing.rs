//! Databases for tests: each test gets an empty one of its own, on every kind that is there.

use crate::{Options, Store, connection};
use diesel::connection::SimpleConnection;

/// Where tests make PostgreSQL databases: the address of a server that they may create them on.
pub const POSTGRES: &str = "KAZI_TEST_POSTGRES";

/// An empty, migrated database that goes away with this value.
pub struct TestDatabase {
    pub url: String,
    pub store: Store,
    made: Option<Made>,
}

struct Made {
    server: String,
    name: String,
}

/// SQLite, and PostgreSQL where `KAZI_TEST_POSTGRES` names a server.
pub fn databases() -> Vec<TestDatabase> {
    let mut list = vec![sqlite()];
    match std::env::var(POSTGRES) {
        Ok(server) => list.push(postgres(server)),
        Err(_) => eprintln!("skipped on PostgreSQL: {POSTGRES} names no server"),
    }
    list
}

pub fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder").keep();
    let url = folder.join("test.db").display().to_string();
    let store = Store::open(&Options { connections: 4, ..Options::new(&url) }).expect("SQLite opens");
    store.migrate().expect("migrations run");
    TestDatabase { url, store, made: None }
}

fn postgres(server: String) -> TestDatabase {
    let name = format!("kazi_{}", uuid::Uuid::now_v7().simple());
    let mut conn = connection::open(&format!("{server}/postgres")).expect("the PostgreSQL server answers");
    conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database is made");
    let url = format!("{server}/{name}");
    let store = Store::open(&Options { connections: 4, ..Options::new(&url) }).expect("PostgreSQL opens");
    store.migrate().expect("migrations run");
    TestDatabase { url, store, made: Some(Made { server, name }) }
}

impl TestDatabase {
    /// The first `count` events of the log. Waits for them: on a PostgreSQL server that others use too, an open
    /// transaction of theirs keeps the log's end back for a moment.
    pub fn log(&self, count: usize) -> Vec<kazi_core::events::Event> {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let log = self.store.read_now(|c| crate::events::after(c, Default::default(), 10_000)).expect("the log reads");
            if log.len() >= count || std::time::Instant::now() > deadline {
                return log;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

impl TestDatabase {
    /// Takes the database away under a running server (PostgreSQL).
    pub fn vanish(&self) {
        if let Some(Made { server, name }) = &self.made {
            let mut conn = connection::open(&format!("{server}/postgres")).expect("the PostgreSQL server answers");
            conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("the database goes");
        }
    }
}

/// The sequence number of the newest event, settled or not; 0 in an empty log.
pub fn last_event(db: &mut crate::Db) -> crate::StoreResult<i64> {
    use diesel::prelude::*;
    let last: Option<i64> = crate::schema::events::table.select(diesel::dsl::max(crate::schema::events::seq)).first(db)?;
    Ok(last.unwrap_or_default())
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.made {
            None => {
                if let Some(folder) = std::path::Path::new(&self.url).parent() {
                    let _ = std::fs::remove_dir_all(folder);
                }
            }
            Some(Made { server, name }) => {
                if let Ok(mut conn) = connection::open(&format!("{server}/postgres")) {
                    let _ = conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
                }
            }
        }
    }
}
