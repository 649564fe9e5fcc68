//! The refresh token's cookie, and the defence against requests that another site makes with it: a header that a foreign
//! page can't send without our leave, and the browser's own word on where the request comes from.

use crate::http::{Answer, Fail};
use crate::settings::Settings;
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use kazi_core::problem::Code;

pub const COOKIE: &str = "__Host-kazi_refresh";

pub fn cookie(token: String, seconds: i64) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::seconds(seconds))
        .finish()
}

pub fn no_cookie() -> Cookie<'static> {
    cookie(String::new(), 0)
}

/// Refuses what does not come from the app itself.
pub fn from_the_app(req: &HttpRequest, settings: &Settings) -> Answer<()> {
    let header = |name: &str| req.headers().get(name).map(|v| v.to_str().unwrap_or_default());
    let foreign = |why: &str| Err(Fail::new(Code::CsrfFailed, why));
    if header("X-Requested-With") != Some("kazi") {
        return foreign("Send X-Requested-With: kazi.");
    }
    if header("Sec-Fetch-Site").is_some_and(|site| site != "same-origin") {
        return foreign("The request came from another site.");
    }
    match header("Origin") {
        Some(origin) if origin != settings.public_url() && origin.split_once("://").map(|(_, host)| host) != header("Host") => {
            foreign("The request came from another site.")
        }
        _ => Ok(()),
    }
}
