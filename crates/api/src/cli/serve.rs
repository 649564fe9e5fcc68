//! `kazi serve`: opens what is needed, serves, and on a signal finishes what is in flight.

use super::Outcome;
use crate::settings::Settings;
use crate::state::State;
use actix_web::HttpServer;
use std::io::{BufWriter, IsTerminal};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

pub fn run(settings: Settings) -> Outcome {
    let _written_at_the_end = log(&settings.log, settings.log_json)?;
    actix_web::rt::System::new().block_on(serve(settings))
}

async fn serve(settings: Settings) -> Outcome {
    let listen = settings.listen.clone();
    let workers = settings.workers;
    let state = State::open(settings)?;
    let shared = state.clone();
    let mut server = HttpServer::new(move || crate::app::app(shared.clone())).shutdown_timeout(20);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    let server = server.bind(&listen).map_err(|e| format!("can't listen on {listen}: {e}"))?;
    for address in server.addrs() {
        tracing::info!(instance = %state.instance, "listening on http://{address}");
    }
    server.run().await?;
    tracing::info!("stopped; everything in flight was answered");
    Ok(())
}

/// Lines go to a thread that writes them, as many at once as there are; none is dropped. What it still has is written
/// when the guard goes.
fn log(what: &str, json: bool) -> Outcome<WorkerGuard> {
    let filter = EnvFilter::try_new(what).map_err(|e| format!("--log does not know {what:?}: {e}"))?;
    let colours = std::io::stdout().is_terminal();
    let out = BufWriter::with_capacity(64 * 1024, std::io::stdout());
    let (writer, guard) = NonBlockingBuilder::default().lossy(false).finish(out);
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(writer);
    let set = if json { lines.json().try_init() } else { lines.try_init() };
    if let Err(error) = set {
        eprintln!("kazi: logging was set up before: {error}");
    }
    Ok(guard)
}
