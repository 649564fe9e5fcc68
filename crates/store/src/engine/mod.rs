//! Opens the database and runs reads and writes on it. Reads come from a pool. Writes go to one
//! writer with a connection of its own on SQLite, which commits many callers' changes together (`group`), and to the pool on
//! PostgreSQL, which groups commits by itself. Nobody is answered before the change is durable.

mod group;

use crate::connection::{self, Db};
use crate::{StoreError, StoreResult, events, migrations};
use diesel::RunQueryDsl;
use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::r2d2::{CustomizeConnection, Pool};
use kazi_core::events::NewEvent;
use std::sync::{Arc, RwLock};
use tokio::sync::watch;

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite://path`, a plain path, or `postgres://…`.
    pub url: String,
    /// Connections for reading (SQLite) or in all (PostgreSQL).
    pub connections: u32,
    /// Commit callers' changes together where that is ours to do (SQLite). Off only to measure what it brings.
    pub group_commits: bool,
}

impl Options {
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), connections: 8, group_commits: true }
    }
}

type Listener = Box<dyn Fn(&[NewEvent]) + Send + Sync>;

struct Inner {
    pool: Pool<Opener>,
    writer: Option<group::Writer>,
    listeners: RwLock<Vec<Listener>>,
    commits: watch::Sender<u64>,
}

/// The database, shared by everything that serves requests.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Opens the database; call `migrate` before anything else.
    pub fn open(options: &Options) -> StoreResult<Self> {
        let pool = connect(&options.url, options.connections)?;
        // The writer's connection is its own: however many read, a change never waits for one of them to end.
        let own = if connection::is_postgres(&options.url) { None } else { Some(connect(&options.url, 1)?) };
        let (commits, _) = watch::channel(0);
        let inner = Arc::new_cyclic(|weak: &std::sync::Weak<Inner>| {
            let weak = weak.clone();
            let committed = move |list: Vec<NewEvent>| {
                if let Some(inner) = weak.upgrade() {
                    inner.committed(&list);
                }
            };
            let most = if options.group_commits { group::MOST } else { 1 };
            let writer = own.map(|own| group::Writer::start(own, most, committed));
            Inner { pool, writer, listeners: RwLock::default(), commits }
        });
        Ok(Self { inner })
    }

    /// Reads, off the async threads.
    pub async fn read<T, E>(&self, f: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_now(f)).await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// Reads on this thread; for followers and commands, which have their own.
    pub fn read_now<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.inner.pool.get().map_err(|e| StoreError::Pool(e.to_string()))?;
        f(&mut conn)
    }

    /// One transaction: all that `f` does and its events, or nothing. Comes back when it is durable.
    pub async fn write<T, E>(&self, f: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.writer {
            Some(writer) => writer.run(f).await,
            None => {
                let store = self.clone();
                tokio::task::spawn_blocking(move || store.write_pooled(f)).await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
            }
        }
    }

    /// The same on this thread; for followers and commands.
    pub fn write_now<T, E>(&self, f: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.writer {
            Some(writer) => writer.run_blocking(f),
            None => self.write_pooled(f),
        }
    }

    fn write_pooled<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.inner.pool.get().map_err(|e| StoreError::Pool(e.to_string()))?;
        events::take_appended();
        let done = transaction(&mut conn, "BEGIN", f)?;
        self.inner.committed(&events::take_appended());
        Ok(done)
    }

    /// Calls `listener` with the events of each commit of this process, before the writer is answered:
    /// how caches stay true for whoever wrote.
    pub fn on_commit(&self, listener: impl Fn(&[NewEvent]) + Send + Sync + 'static) {
        self.inner.listeners.write().expect("no listener panics").push(Box::new(listener));
    }

    /// Changes whenever this process commits: what wakes followers.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.inner.commits.subscribe()
    }

    pub fn migrate(&self) -> StoreResult<Vec<String>> {
        self.read_now(migrations::up)
    }
    pub fn unmigrate(&self) -> StoreResult<()> {
        self.read_now(migrations::down)
    }
    pub fn needs_migration(&self) -> StoreResult<bool> {
        self.read_now(migrations::pending)
    }
    /// Open connections, and how many of them are idle.
    pub fn connections(&self) -> (u32, u32) {
        let state = self.inner.pool.state();
        (state.connections, state.idle_connections)
    }
    pub fn is_sqlite(&self) -> bool {
        self.inner.writer.is_some()
    }
}

impl Inner {
    fn committed(&self, list: &[NewEvent]) {
        for listener in self.listeners.read().expect("no listener panics").iter() {
            listener(list);
        }
        self.commits.send_modify(|n| *n += 1);
    }
}

/// Runs `f` in a transaction (a savepoint, inside of one) opened by `begin`.
fn transaction<T, E: From<StoreError>>(conn: &mut Db, begin: &str, f: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
    type Manager = <Db as diesel::Connection>::TransactionManager;
    use diesel::connection::AnsiTransactionManager as Ansi;
    match conn {
        Db::Sqlite(c) if begin != "BEGIN" => Ansi::begin_transaction_sql(c, begin).map_err(StoreError::from)?,
        _ => Manager::begin_transaction(conn).map_err(StoreError::from)?,
    }
    match f(conn) {
        Ok(done) => Manager::commit_transaction(conn).map_err(StoreError::from).map(|()| done).map_err(E::from),
        Err(refused) => {
            if let Err(e) = Manager::rollback_transaction(conn) {
                tracing::error!(error = %e, "rollback failed");
            }
            Err(refused)
        }
    }
}

fn connect(url: &str, connections: u32) -> StoreResult<Pool<Opener>> {
    Pool::builder()
        .max_size(connections)
        .min_idle(Some(1))
        .connection_timeout(std::time::Duration::from_secs(10))
        .connection_customizer(Box::new(Settings))
        .build(Opener { url: url.to_owned() })
        .map_err(|e| StoreError::Pool(e.to_string()))
}

/// Opens connections by the address's scheme.
struct Opener {
    url: String,
}

impl diesel::r2d2::ManageConnection for Opener {
    type Connection = Db;
    type Error = diesel::r2d2::Error;
    fn connect(&self) -> Result<Db, Self::Error> {
        connection::open(&self.url).map_err(diesel::r2d2::Error::ConnectionError)
    }
    fn is_valid(&self, conn: &mut Db) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }
    fn has_broken(&self, conn: &mut Db) -> bool {
        match conn {
            Db::Postgres(c) => {
                std::thread::panicking()
                    || <diesel::PgConnection as diesel::connection::Connection>::TransactionManager::is_broken_transaction_manager(c)
            }
            Db::Sqlite(c) => {
                std::thread::panicking()
                    || <diesel::SqliteConnection as diesel::connection::Connection>::TransactionManager::is_broken_transaction_manager(c)
            }
        }
    }
}

#[derive(Debug)]
struct Settings;

impl CustomizeConnection<Db, diesel::r2d2::Error> for Settings {
    fn on_acquire(&self, conn: &mut Db) -> Result<(), diesel::r2d2::Error> {
        settings(conn).map_err(diesel::r2d2::Error::QueryError)
    }
}

/// Durable commits, readers beside the writer, and foreign keys that bite.
fn settings(conn: &mut Db) -> diesel::QueryResult<()> {
    if let Db::Sqlite(c) = conn {
        c.batch_execute(
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;",
        )?;
        let full: i32 =
            diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("(SELECT synchronous FROM pragma_synchronous)")).get_result(c)?;
        assert_eq!(full, 2, "SQLite must commit with synchronous=FULL");
    }
    Ok(())
}
