//! Who sends a request, from its Authorization header.

use super::access::Claims;
use super::known::KnownPerson;
use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use kazi_core::identity::Caller;
use kazi_core::ids::{PersonId, SessionId};
use kazi_core::problem::Code;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The caller; `Caller::Nobody` without an Authorization header, a refusal with a bad one.
pub struct Who(pub Caller);

/// The session whose access token came with the request: what signing out ends.
pub struct CurrentSession {
    pub person: PersonId,
    pub session: SessionId,
}

type Asking<T> = Pin<Box<dyn Future<Output = Answer<T>>>>;

impl FromRequest for Who {
    type Error = Fail;
    type Future = Asking<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = bearer(req);
        let state = req.app_data::<web::Data<State>>().cloned();
        let req = req.clone();
        Box::pin(async move {
            let (Some(token), Some(state)) = (asked?, state) else { return Ok(Self(Caller::Nobody)) };
            let (known, _) = person(&state, &token).await?;
            let caller = Caller::Person(known.person.clone());
            state.limits.known(&mut req.extensions_mut(), &caller)?;
            Ok(Self(caller))
        })
    }
}

impl FromRequest for CurrentSession {
    type Error = Fail;
    type Future = Asking<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = bearer(req);
        let state = req.app_data::<web::Data<State>>().cloned();
        Box::pin(async move {
            let (Some(token), Some(state)) = (asked?, state) else {
                return Err(Fail::new(Code::SignInRequired, "Sign in first."));
            };
            let (_, claims) = person(&state, &token).await?;
            Ok(Self { person: claims.sub, session: claims.sid })
        })
    }
}

fn bearer(req: &HttpRequest) -> Answer<Option<String>> {
    let Some(header) = req.headers().get("Authorization") else { return Ok(None) };
    let token = header.to_str().ok().and_then(|v| v.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match token {
        Some((_, token)) if !token.trim().is_empty() => Ok(Some(token.trim().to_owned())),
        _ => Err(Fail::new(Code::SignInRequired, "Send Authorization: Bearer, then a token.")),
    }
}

async fn person(state: &State, token: &str) -> Answer<(Arc<KnownPerson>, Claims)> {
    let (identity, now) = (&state.identity, state.now());
    let claims = match identity.access.remembered(token, now) {
        Some(claims) => claims,
        None => identity.access.verify(token, &state.store, now).await?,
    };
    let ended = || Fail::new(Code::SessionEnded, "Sign in again.");
    if let Some(known) = identity.known.person(claims.sub)
        && known.sessions.contains(&claims.sid)
    {
        return Ok((known, claims));
    }
    // Not known, or signed in since it was loaded, perhaps at another replica.
    let generation = identity.known.generation();
    let id = claims.sub;
    let found = state.store.read(move |db| kazi_store::identity::caller(db, id, now)).await?;
    let (person, sessions) = found.ok_or_else(ended)?;
    let known = Arc::new(KnownPerson { person, sessions });
    identity.known.keep_person(known.clone(), generation);
    if known.sessions.contains(&claims.sid) { Ok((known, claims)) } else { Err(ended()) }
}
