//! Each request has an id: the caller's `X-Request-Id` when it is a sane one, else a new one. Logs,
//! problems and the answer's header bear it.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
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

/// Middleware: names the request and logs its end.
pub async fn name_it(req: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let given = req.headers().get(&HEADER).and_then(|v| v.to_str().ok()).filter(|v| is_sane(v)).map(str::to_owned);
    let id = given.unwrap_or_else(|| uuid::Uuid::now_v7().simple().to_string());
    let span = tracing::info_span!("request", id = %id, method = %req.method(), path = req.path());
    let began = Instant::now();
    let header = HeaderValue::from_str(&id).ok();
    let work = async move {
        let outcome = next.call(req).await;
        if let Ok(response) = &outcome {
            tracing::info!(status = response.status().as_u16(), micros = began.elapsed().as_micros() as u64, "answered");
        }
        outcome
    };
    let mut response = CURRENT.scope(id, work.instrument(span)).await?;
    if let Some(header) = header {
        response.headers_mut().insert(HEADER, header);
    }
    Ok(response)
}

fn is_sane(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
