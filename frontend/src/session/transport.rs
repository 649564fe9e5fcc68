//! The browser's fetch with the access token on it. When the token has expired, one refresh serves all
//! calls that wait for it, and one tab at a time refreshes: a refresh token spent twice would end the session.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use js_sys::{Function, Promise, Reflect};
use kazi_client::browser::Fetch;
use kazi_client::{Method, Network, Request, Response, Transport};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static REFRESHING: RefCell<Option<Shared<LocalBoxFuture<'static, bool>>>> = const { RefCell::new(None) };
}

pub fn keep_token(token: Option<String>) {
    TOKEN.set(token);
}

#[derive(Debug, Clone, Copy, Default)]
pub struct SessionFetch;

impl Transport for SessionFetch {
    async fn send(&self, mut request: Request) -> Result<Response, Network> {
        request.headers.push(("Accept-Language", crate::i18n::lang().code().to_owned()));
        // No page of another site can send this without our leave.
        request.headers.push(("X-Requested-With", "kazi".to_owned()));
        let token = TOKEN.with_borrow(Clone::clone);
        let response = Fetch.send(with(&request, token.as_deref())).await?;
        if response.status != 401 || token.is_none() || !refresh().await {
            return Ok(response);
        }
        let token = TOKEN.with_borrow(Clone::clone);
        Fetch.send(with(&request, token.as_deref())).await
    }
}

fn with(request: &Request, token: Option<&str>) -> Request {
    let mut request = request.clone();
    if let Some(token) = token {
        request.headers.push(("Authorization", ["Bearer ", token].concat()));
    }
    request
}

/// A new access token for the cookie; false when there is no session any more.
pub async fn refresh() -> bool {
    let running = REFRESHING.with_borrow_mut(|running| {
        running
            .get_or_insert_with(|| {
                async {
                    let held = alone().await;
                    REFRESHING.set(None);
                    held
                }
                .boxed_local()
                .shared()
            })
            .clone()
    });
    running.await
}

/// Under the browser's lock, so that no other tab spends the same refresh token.
async fn alone() -> bool {
    let work = || future_to_promise(async { Ok(JsValue::from_bool(fetch_token().await)) });
    let navigator = leptos::prelude::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).unwrap_or_default();
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let promise = match request {
        Some(request) => {
            let callback = Closure::once_into_js(work);
            request.call2(&locks, &"kazi.refresh".into(), &callback).ok().and_then(|p| p.dyn_into::<Promise>().ok())
        }
        None => Some(work()),
    };
    match promise {
        Some(promise) => JsFuture::from(promise).await.is_ok_and(|held| held.is_truthy()),
        None => false,
    }
}

#[derive(serde::Deserialize)]
struct Refreshed {
    access_token: String,
}

async fn fetch_token() -> bool {
    let headers = vec![("Accept", "application/json".into()), ("X-Requested-With", "kazi".into())];
    let request = Request { method: Method::Post, address: "/api/v1/identity/sessions/refresh".into(), headers, body: None };
    let token = match Fetch.send(request).await {
        Ok(response) if response.is_success() => serde_json::from_slice::<Refreshed>(&response.body).ok().map(|r| r.access_token),
        Ok(_) => None,
        // The line is down: the session may well be alive, keep what there is.
        Err(_) => return false,
    };
    let held = token.is_some();
    keep_token(token);
    held
}
