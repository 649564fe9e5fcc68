//! An answer as data, so that it can be kept beside an idempotency key and given again.

use super::matches::etag;
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, Responder};
use kazi_core::page::Page;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    status: u16,
    location: Option<String>,
    version: Option<i32>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// The body has more than the version tells of: it is never left out as unchanged.
    #[serde(default)]
    more: bool,
    /// As it goes over the wire.
    body: Option<Box<RawValue>>,
}

impl Reply {
    fn with(status: u16, body: Option<Box<RawValue>>) -> Self {
        Self { status, location: None, version: None, next: None, more: false, body }
    }
    pub fn ok(value: &impl Serialize) -> Self {
        Self::with(200, to_raw_value(value).ok())
    }
    /// A page of a list; says in `Link` where the next one is.
    pub fn page<T: Serialize>(page: &Page<T>) -> Self {
        Self { next: page.next.clone(), ..Self::ok(page) }
    }
    pub fn created(location: String, value: &impl Serialize) -> Self {
        Self { location: Some(location), ..Self::with(201, to_raw_value(value).ok()) }
    }
    pub fn accepted(value: &impl Serialize) -> Self {
        Self::with(202, to_raw_value(value).ok())
    }
    pub fn nothing() -> Self {
        Self::with(204, None)
    }
    /// The version of what the body shows; becomes the ETag.
    pub fn version(mut self, version: i32) -> Self {
        self.version = Some(version);
        self
    }
    /// The version that an edit is meant for, of a body that has more than what is edited: an ETag to send as
    /// If-Match, and no answer to If-None-Match.
    pub fn version_to_edit(self, version: i32) -> Self {
        Self { more: true, ..self.version(version) }
    }
}

/// Text as a value in an address; what is `kept` is not encoded.
pub fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// `Link: <this address with another after>; rel="next"`.
pub fn next_page(req: &HttpRequest, next: &str) -> (&'static str, String) {
    let others = req.query_string().split('&').filter(|part| !part.is_empty() && part.split('=').next() != Some("after"));
    let after = format!("after={}", encoded(next, b""));
    let query = others.chain([after.as_str()]).collect::<Vec<_>>().join("&");
    let target = format!("{}?{query}", req.path()).replace('<', "%3C").replace('>', "%3E").replace('"', "%22");
    ("Link", format!("<{target}>; rel=\"next\""))
}

impl Responder for Reply {
    type Body = BoxBody;
    fn respond_to(self, req: &HttpRequest) -> HttpResponse {
        let tag = self.version.map(etag);
        let unchanged = tag.is_some()
            && !self.more
            && req.method() == actix_web::http::Method::GET
            && req.headers().get("If-None-Match").map(|v| v.as_bytes()) == tag.as_ref().map(|t| t.as_bytes());
        let status = if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK) };
        let mut response = HttpResponse::build(status);
        if let Some(location) = self.location {
            response.insert_header(("Location", location));
        }
        if let Some(tag) = tag {
            response.insert_header(("ETag", tag));
        }
        if let Some(next) = &self.next {
            response.insert_header(next_page(req, next));
        }
        match self.body {
            Some(body) if !unchanged => response.content_type("application/json").body(Box::<str>::from(body).into_string()),
            _ => response.finish(),
        }
    }
}
