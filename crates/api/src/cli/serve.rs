//! `kazi serve`: opens what is needed, serves, and on a signal finishes what is in flight.

use super::Outcome;
use crate::settings::Settings;
use crate::state::State;
use actix_web::HttpServer;
use tracing_subscriber::EnvFilter;

pub fn run(settings: Settings) -> Outcome {
    log(&settings.log, settings.log_json)?;
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

fn log(what: &str, json: bool) -> Outcome {
    let filter = EnvFilter::try_new(what).map_err(|e| format!("--log does not know {what:?}: {e}"))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    let set = if json { lines.json().try_init() } else { lines.try_init() };
    if let Err(error) = set {
        eprintln!("kazi: logging was set up before: {error}");
    }
    Ok(())
}
