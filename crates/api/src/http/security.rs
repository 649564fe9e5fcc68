//! Headers that keep a browser safe: only our own scripts and styles, no framing, no sniffing, and
//! nothing private kept in a cache.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";
/// Swagger UI styles its elements inline; it runs no inline script.
const DOCS_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
                           object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

static ALWAYS: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("referrer-policy"), "strict-origin-when-cross-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];
const CSP: HeaderName = HeaderName::from_static("content-security-policy");
const HSTS: HeaderName = HeaderName::from_static("strict-transport-security");
const CACHE: HeaderName = HeaderName::from_static("cache-control");

/// What a request was, as far as these headers ask.
pub struct Asked {
    pub docs: bool,
    pub api: bool,
    pub private: bool,
}

impl Asked {
    pub fn of(path: &str, headers: &HeaderMap) -> Self {
        let private = headers.contains_key("authorization") || headers.contains_key("cookie");
        Self { docs: path.starts_with("/api/docs"), api: path.starts_with("/api/v1/"), private }
    }
}

/// Adds what the handler has not set itself.
pub fn protect(headers: &mut HeaderMap, asked: &Asked, https: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    for (name, value) in &ALWAYS {
        add(name.clone(), value);
    }
    add(CSP, if asked.docs { DOCS_POLICY } else { POLICY });
    if https {
        add(HSTS, "max-age=31536000; includeSubDomains");
    }
    if asked.api {
        add(CACHE, if asked.private { "no-store" } else { "no-cache" });
    }
}
