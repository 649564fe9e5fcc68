//! The app's files, built by Trunk and carried in the binary, sent as the compressed twin where the
//! browser takes it. An address that is no file gets the app itself, which knows its own routes.

use crate::http::Fail;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use kazi_core::problem::Refusal;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../dist"]
#[allow_missing = true]
struct Dist;

/// The app's page, if the app is built.
pub fn index() -> Option<String> {
    String::from_utf8(Dist::get("index.html")?.data.into_owned()).ok()
}

pub async fn file(req: HttpRequest) -> HttpResponse {
    let path = req.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Fail::from(Refusal::not_found("operation")).error_response();
    }
    let is_file = !path.is_empty() && Dist::get(path).is_some();
    if !is_file && path.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return Fail::from(Refusal::not_found("file")).error_response();
    }
    let name = if is_file { path } else { "index.html" };
    let accepted = req.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let twin = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| accepted.contains(encoding))
        .find_map(|(encoding, ending)| Dist::get(&format!("{name}{ending}")).map(|f| (Some(encoding), f)));
    let Some((encoding, file)) = twin.or_else(|| Dist::get(name).map(|f| (None, f))) else {
        return HttpResponse::NotFound().content_type("text/plain").body("The app is not built yet: cargo xtask run builds it.");
    };
    let tag = format!("\"{}\"", crate::http::hex(&file.metadata.sha256_hash()[..8]));
    if req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return HttpResponse::NotModified().finish();
    }
    let cache = if is_file { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = HttpResponse::Ok();
    response
        .content_type(mime_guess::from_path(name).first_or_octet_stream().as_ref())
        .insert_header((header::ETAG, tag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, cache));
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    response.body(file.data.into_owned())
}
