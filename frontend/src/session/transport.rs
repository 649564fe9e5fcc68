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
    static REFRESHING: RefCell<Option<Shared<LocalBoxFuture<'static, Refreshed>>>> = const { RefCell::new(None) };
}

pub fn keep_token(token: Option<String>) {
    TOKEN.set(token);
}

#[derive(Debug, Clone, Copy, Default)]
pub struct SessionFetch;

/// What came of asking for a new access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    Held,
    /// The server says that there is no session any more.
    Ended,
    /// The line is down, or the server can't say now: the session may well be alive.
    Unsure,
}

impl Transport for SessionFetch {
    async fn send(&self, mut request: Request) -> Result<Response, Network> {
        request.headers.push(("Accept-Language", crate::i18n::lang().code().to_owned()));
        // No page of another site can send this without our leave.
        request.headers.push(("X-Requested-With", "kazi".to_owned()));
        // A page that is opened anew asks before it is known who looks at it: not as nobody, if that is about to be told.
        let running = REFRESHING.with_borrow(Clone::clone);
        if let (None, Some(running)) = (TOKEN.with_borrow(Clone::clone), running) {
            running.await;
        }
        let token = TOKEN.with_borrow(Clone::clone);
        let response = Fetch.send(with(&request, token.as_deref())).await?;
        if response.status != 401 || token.is_none() {
            return Ok(response);
        }
        match refresh().await {
            Refreshed::Held => {}
            Refreshed::Ended => return Ok(response),
            Refreshed::Unsure => return Err(Network("the session could not be renewed".into())),
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

/// A new access token for the cookie.
pub async fn refresh() -> Refreshed {
    let running = REFRESHING.with_borrow_mut(|running| {
        running
            .get_or_insert_with(|| {
                async {
                    let refreshed = alone().await;
                    REFRESHING.set(None);
                    refreshed
                }
                .boxed_local()
                .shared()
            })
            .clone()
    });
    running.await
}

/// Under the browser's lock, so that no other tab spends the same refresh token.
async fn alone() -> Refreshed {
    const TOLD: [Refreshed; 3] = [Refreshed::Held, Refreshed::Ended, Refreshed::Unsure];
    let work = || {
        future_to_promise(async {
            let refreshed = fetch_token().await;
            Ok(TOLD.iter().position(|told| *told == refreshed).map_or(JsValue::NULL, |at| JsValue::from(at as u32)))
        })
    };
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
        Some(promise) => {
            let told = JsFuture::from(promise).await.ok().and_then(|told| told.as_f64());
            told.and_then(|at| TOLD.get(at as usize).copied()).unwrap_or(Refreshed::Unsure)
        }
        None => Refreshed::Unsure,
    }
}

#[derive(serde::Deserialize)]
struct Given {
    access_token: String,
}

async fn fetch_token() -> Refreshed {
    let headers = vec![("Accept", "application/json".into()), ("X-Requested-With", "kazi".into())];
    let request = Request { method: Method::Post, address: "/api/v1/identity/sessions/refresh".into(), headers, body: None };
    match Fetch.send(request).await {
        Ok(response) if response.is_success() => match serde_json::from_slice::<Given>(&response.body) {
            Ok(given) => {
                keep_token(Some(given.access_token));
                Refreshed::Held
            }
            Err(_) => Refreshed::Unsure,
        },
        Ok(response) if response.status == 401 => {
            keep_token(None);
            Refreshed::Ended
        }
        Ok(_) | Err(_) => Refreshed::Unsure,
    }
}
