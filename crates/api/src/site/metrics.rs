//! What Prometheus reads: requests by operation, the database's connections, how far followers are
//! behind the log, the process. Without `--metrics-token` only the machine itself may ask.

use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::problem::{Code, Refusal};
use prometheus::{Encoder, HistogramOpts, HistogramVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};
use std::time::Duration;
use subtle::ConstantTimeEq;

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    lag: IntGaugeVec,
    connections: IntGauge,
    idle: IntGauge,
}

impl Metrics {
    pub fn new() -> prometheus::Result<Self> {
        let buckets = vec![0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
        let requests = HistogramOpts::new("kazi_request_seconds", "Time from the first byte of a request to its answer.").buckets(buckets);
        let ours = Self {
            registry: Registry::new(),
            requests: HistogramVec::new(requests, &["method", "route", "status"])?,
            lag: IntGaugeVec::new(Opts::new("kazi_follower_lag_events", "Events that a follower has not taken in yet."), &["follower"])?,
            connections: IntGauge::new("kazi_database_connections", "Open connections to the database.")?,
            idle: IntGauge::new("kazi_database_connections_idle", "Of these, those that nobody uses.")?,
        };
        ours.registry.register(Box::new(ours.requests.clone()))?;
        ours.registry.register(Box::new(ours.lag.clone()))?;
        ours.registry.register(Box::new(ours.connections.clone()))?;
        ours.registry.register(Box::new(ours.idle.clone()))?;
        #[cfg(target_os = "linux")]
        ours.registry.register(Box::new(prometheus::process_collector::ProcessCollector::for_self()))?;
        Ok(ours)
    }

    pub fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let mut digits = [b'0'; 3];
        for (digit, place) in digits.iter_mut().zip([100, 10, 1]) {
            *digit = b'0' + (status / place % 10) as u8;
        }
        let status = std::str::from_utf8(&digits).unwrap_or("000");
        self.requests.with_label_values(&[label(method), route, status]).observe(took.as_secs_f64());
    }
}

/// Anybody may invent a method, and each label is kept for ever: those we do not know are one.
fn label(method: &Method) -> &'static str {
    const KNOWN: [Method; 7] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    const NAMES: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.iter().position(|known| known == method).map_or("other", |at| NAMES[at])
}

#[get("/metrics")]
pub async fn page(req: HttpRequest, state: web::Data<State>) -> Answer<HttpResponse> {
    allowed(&req, &state)?;
    let metrics = &state.metrics;
    let (connections, idle) = state.store.connections();
    metrics.connections.set(connections.into());
    metrics.idle.set(idle.into());
    if let Ok(end) = state.store.read(kazi_store::events::end).await {
        for (name, reached) in state.followers.reached() {
            metrics.lag.with_label_values(&[name]).set((end.seq - reached.seq).max(0));
        }
    }
    let mut text = Vec::new();
    TextEncoder::new().encode(&metrics.registry.gather(), &mut text).map_err(Fail::inside)?;
    Ok(HttpResponse::Ok().content_type(prometheus::TEXT_FORMAT).body(text))
}

fn allowed(req: &HttpRequest, state: &State) -> Answer<()> {
    match &state.settings.metrics_token {
        Some(token) => {
            let sent = req.headers().get("Authorization").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
            match sent {
                Some(sent) if bool::from(sent.as_bytes().ct_eq(token.as_bytes())) => Ok(()),
                _ => Err(Fail::new(Code::SignInRequired, "Send the metrics token as Bearer.")),
            }
        }
        None => {
            let own =
                req.peer_addr().is_some_and(|a| a.ip().to_canonical().is_loopback()) && !req.headers().contains_key("x-forwarded-for");
            if own { Ok(()) } else { Err(Refusal::not_found("page").into()) }
        }
    }
}
