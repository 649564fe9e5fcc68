//! Signing in, staying signed in, signing out.

use super::who::CurrentSession;
use super::{access, browser, secret, slowdown};
use crate::http::limits::Hashing;
use crate::http::{Answer, Body, Fail};
use crate::state::{State, new_id};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, delete, post, web};
use kazi_core::identity::{NewSession, Refresh, SessionTokens, normal_email};
use kazi_core::ids::{PersonId, SessionId};
use kazi_core::problem::Code;
use kazi_store::identity::{self, Opened};
use std::future::Future;
use std::pin::Pin;

/// A session that is not refreshed for so long has ended.
const LASTS: chrono::Duration = chrono::Duration::days(30);

/// Signs in. In a browser the refresh token goes into a cookie that no script can read, and the request must bear
/// `X-Requested-With: kazi`; other programs say `"cookie": false` and get it in the answer.
#[utoipa::path(tag = "identity", operation_id = "create_session", params(("X-Requested-With" = Option<String>, Header, description = "`kazi`: needed where the cookie is used.", example = "kazi")), summary = "Sign in",
    request_body(content = NewSession, example = json!({"email": "ada@example.org", "password": "a long enough one", "cookie": false})),
    responses((status = 403, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "A browser’s request that does not come from the app."), (status = 200, body = SessionTokens, description = "Signed in.")))]
#[post("/identity/sessions")]
pub async fn create_session(state: web::Data<State>, req: HttpRequest, _hashing: Hashing, body: Body<NewSession>) -> Answer<HttpResponse> {
    let NewSession { email, password, cookie } = body.value;
    if cookie {
        browser::from_the_app(&req, &state.settings)?;
    }
    let email = normal_email(&email);
    let pair = slowdown::pair(&email, state.limits.of(&req));
    state.identity.slowdown.guess(pair)?;
    let account = state.store.read(move |db| identity::account_by_email(db, &email)).await?;
    let hash = account.as_ref().and_then(|a| a.password.clone());
    let fits = state.identity.passwords.verify(password, hash.clone()).await?;
    let Some(account) = account.filter(|_| fits) else {
        return Err(Fail::new(Code::BadCredentials, "Check both, or choose a new password."));
    };
    state.identity.slowdown.succeeded(pair);
    let (session, token, now) = (new_id::<SessionId>(), secret::new_secret(), state.now());
    let kept = secret::hash(&token);
    state.store.write(move |db| identity::open_session(db, session, account.id, &kept, now, now.plus(LASTS))).await?;
    answer(&state, account.id, session, token, cookie).await
}

/// Gives a new access token for the refresh token, from the cookie or the body, which is spent by that. A spent one ends
/// the session for everybody who holds a copy.
#[utoipa::path(tag = "identity", operation_id = "refresh_session", params(("X-Requested-With" = Option<String>, Header, description = "`kazi`: needed where the cookie is used.", example = "kazi")), summary = "Get a new access token",
    request_body(content = Option<Refresh>, description = "Empty in a browser, which sends the cookie.", example = json!({"refresh_token": "mC1…"})),
    responses((status = 403, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "A browser’s request that does not come from the app."), (status = 200, body = SessionTokens, description = "The next tokens.")))]
#[post("/identity/sessions/refresh")]
pub async fn refresh_session(state: web::Data<State>, given: RefreshToken) -> Answer<HttpResponse> {
    let RefreshToken { token, from_cookie } = given;
    let (next, now) = (secret::new_secret(), state.now());
    let (old, new) = (secret::hash(&token), secret::hash(&next));
    match state.store.write(move |db| identity::refresh_session(db, &old, &new, now, now.plus(LASTS))).await? {
        Opened::Good { person, session } => answer(&state, person, session, next, from_cookie).await,
        Opened::Reused { person } => {
            tracing::warn!(%person, "a spent refresh token was used again; the session has ended");
            Err(ended())
        }
        Opened::Unknown => Err(ended()),
    }
}

fn ended() -> Fail {
    Fail::new(Code::SessionEnded, "Sign in again.")
}

/// Signs out on this device: its tokens are good no more.
#[utoipa::path(tag = "identity", operation_id = "delete_session", summary = "Sign out", security(("bearer" = [])),
    responses((status = 204, description = "Signed out.")))]
#[delete("/identity/sessions/current")]
pub async fn delete_session(state: web::Data<State>, current: CurrentSession) -> Answer<HttpResponse> {
    let now = state.now();
    state.store.write(move |db| identity::end_session(db, current.person, current.session, now)).await?;
    Ok(HttpResponse::NoContent().cookie(browser::no_cookie()).finish())
}

/// Signs out everywhere: all the person's tokens are good no more.
#[utoipa::path(tag = "identity", operation_id = "delete_all_sessions", summary = "Sign out everywhere", security(("bearer" = [])),
    responses((status = 204, description = "Signed out on every device.")))]
#[delete("/identity/sessions")]
pub async fn delete_all_sessions(state: web::Data<State>, current: CurrentSession) -> Answer<HttpResponse> {
    let now = state.now();
    state.store.write(move |db| identity::end_all(db, current.person, now)).await?;
    Ok(HttpResponse::NoContent().cookie(browser::no_cookie()).finish())
}

async fn answer(state: &State, person: PersonId, session: SessionId, refresh: String, cookie: bool) -> Answer<HttpResponse> {
    let access_token = state.identity.access.issue(person, session, &state.store, state.now()).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header(("Cache-Control", "no-store"));
    let refresh_token = if cookie {
        response.cookie(browser::cookie(refresh, LASTS.num_seconds()));
        None
    } else {
        Some(refresh)
    };
    Ok(response.json(SessionTokens { access_token, expires_in: access::SECONDS, refresh_token }))
}

/// From the body when there is one, otherwise from the cookie, and then only for the app itself.
pub struct RefreshToken {
    token: String,
    from_cookie: bool,
}

impl FromRequest for RefreshToken {
    type Error = Fail;
    type Future = Pin<Box<dyn Future<Output = Answer<Self>>>>;
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if req.headers().contains_key("Content-Type") {
            let body = Body::<Refresh>::from_request(req, payload);
            return Box::pin(async move { Ok(Self { token: body.await?.value.refresh_token, from_cookie: false }) });
        }
        let req = req.clone();
        Box::pin(async move {
            let state = req.app_data::<web::Data<State>>().ok_or_else(|| Fail::inside("no state"))?;
            browser::from_the_app(&req, &state.settings)?;
            let token = req.cookie(browser::COOKIE).map(|c| c.value().to_owned()).ok_or_else(ended)?;
            Ok(Self { token, from_cookie: true })
        })
    }
}
