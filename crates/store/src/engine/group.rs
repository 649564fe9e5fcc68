//! The one writer of SQLite. Whatever waits when it comes round goes into one transaction, each
//! caller's change in a savepoint of its own, so that one refusal takes nobody else's change with it
//! and one disk flush serves all.

use super::{Opener, events, transaction};
use crate::{Db, StoreError};
use diesel::r2d2::Pool;
use kazi_core::events::NewEvent;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// The most changes in one commit.
pub const MOST: usize = 256;

/// A caller's change, its type hidden.
trait Job: Send {
    /// Does it in a savepoint; true when it is to be kept.
    fn act(&mut self, conn: &mut Db) -> bool;
    /// Tells the caller, after the commit or its failure.
    fn answer(self: Box<Self>, committed: bool);
}

struct Change<F, T, E> {
    act: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job for Change<F, T, E>
where
    F: FnOnce(&mut Db) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn act(&mut self, conn: &mut Db) -> bool {
        if let Some(act) = self.act.take() {
            let guarded = |c: &mut Db| catch_unwind(AssertUnwindSafe(|| act(c))).unwrap_or_else(|_| Err(StoreError::Stopped.into()));
            self.outcome = Some(transaction(conn, "BEGIN", guarded));
        }
        matches!(self.outcome, Some(Ok(_)))
    }
    fn answer(self: Box<Self>, committed: bool) {
        let outcome = match self.outcome {
            Some(Err(refused)) => Err(refused),
            Some(Ok(done)) if committed => Ok(done),
            _ => Err(StoreError::Stopped.into()),
        };
        // The caller may have gone away; the change stands all the same.
        let _ = self.reply.send(outcome);
    }
}

/// Hands changes to the writing thread.
pub struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// `pool` is of one connection, which nobody else uses.
    pub fn start(pool: Pool<Opener>, most: usize, committed: impl Fn(Vec<NewEvent>) + Send + 'static) -> Self {
        let (queue, jobs) = mpsc::channel::<Box<dyn Job>>();
        std::thread::Builder::new()
            .name("kazi-writer".into())
            .spawn(move || {
                while let Ok(first) = jobs.recv() {
                    let mut batch = vec![first];
                    while batch.len() < most
                        && let Ok(next) = jobs.try_recv()
                    {
                        batch.push(next);
                    }
                    run(&pool, batch, &committed);
                }
            })
            .expect("the system starts threads");
        Self { queue }
    }

    pub async fn run<T, E>(&self, act: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(act)?.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    pub fn run_blocking<T, E>(&self, act: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(act)?.blocking_recv().unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    fn submit<T, E>(&self, act: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<oneshot::Receiver<Result<T, E>>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Change { act: Some(act), outcome: None, reply };
        self.queue.send(Box::new(job)).map_err(|_| StoreError::Stopped)?;
        Ok(answer)
    }
}

fn run(pool: &Pool<Opener>, mut batch: Vec<Box<dyn Job>>, committed: &impl Fn(Vec<NewEvent>)) {
    events::take_appended();
    let mut kept = Vec::new();
    let outcome = pool.get().map_err(|e| StoreError::Pool(e.to_string())).and_then(|mut conn| {
        transaction(&mut conn, "BEGIN IMMEDIATE", |c| {
            for job in &mut batch {
                let stands = job.act(c);
                let mut appended = events::take_appended();
                if stands {
                    kept.append(&mut appended);
                }
            }
            Ok::<_, StoreError>(())
        })
    });
    match &outcome {
        Ok(()) => committed(kept),
        Err(e) => tracing::error!(error = %e, changes = batch.len(), "a commit failed"),
    }
    for job in batch {
        job.answer(outcome.is_ok());
    }
}
