//! Each request has an id: the caller's `X-Request-Id` when it is a sane one, else a new one. Logs,
//! problems and the answer's header bear it. Also counts and logs each request's end: its operation
//! and status, never its address, query, headers or body.

use super::security::{self, Asked};
use crate::settings::Mode;
use crate::state::State;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;
use std::time::Instant;
use tracing::Instrument;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task serves.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Middleware: names the request, protects and counts its answer.
pub async fn name_it(req: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let given = req.headers().get(&HEADER).and_then(|v| v.to_str().ok()).filter(|v| is_sane(v)).map(str::to_owned);
    let id = given.unwrap_or_else(|| uuid::Uuid::now_v7().simple().to_string());
    let span = tracing::info_span!("request", id = %id);
    let began = Instant::now();
    let header = HeaderValue::from_str(&id).ok();
    let asked = Asked::of(req.path(), req.headers());
    let method = req.method().clone();
    let state = req.app_data::<web::Data<State>>().cloned();
    let work = async move {
        let outcome = next.call(req).await;
        if let Ok(response) = &outcome {
            let (status, took) = (response.status().as_u16(), began.elapsed());
            let route = response.request().match_pattern();
            let route = route.as_deref().unwrap_or("other");
            tracing::info!(%method, route, status, micros = took.as_micros() as u64, "answered");
            if let Some(state) = &state {
                state.metrics.answered(&method, route, status, took);
            }
        }
        (outcome, state)
    };
    let (outcome, state) = CURRENT.scope(id, work.instrument(span)).await;
    let mut response = outcome?;
    if let Some(header) = header {
        response.headers_mut().insert(HEADER, header);
    }
    let https = state.is_some_and(|s| s.settings.mode == Mode::Production);
    security::protect(response.headers_mut(), &asked, https);
    Ok(response)
}

fn is_sane(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
