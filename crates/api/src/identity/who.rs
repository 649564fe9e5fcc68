//! Who sends a request, from its Authorization header.

use super::access::Claims;
use super::known::{KnownKey, KnownPerson};
use super::secret;
use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use kazi_core::identity::{Caller, Partner};
use kazi_core::ids::{PersonId, SessionId};
use kazi_core::problem::Code;
use kazi_store::identity::PartnerKey;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use subtle::ConstantTimeEq;

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
            let asked = match token.strip_prefix("kazi_") {
                Some(key) => partner(&state, key).await.map(Caller::Partner),
                None => person(&state, &token).await.map(|(known, _)| Caller::Person(known.person.clone())),
            };
            let caller = match asked {
                Ok(caller) => caller,
                Err(refused) => return Err(state.limits.unknown(&req).err().unwrap_or(refused)),
            };
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

/// The time between two notes of a key's use.
const NOTE: i64 = 5 * 60 * 1_000_000;

async fn partner(state: &State, key: &str) -> Answer<Partner> {
    let (identity, now) = (&state.identity, state.now());
    let not_ours = || Fail::new(Code::SignInRequired, "The API key is not one of ours, or was revoked.");
    let (prefix, secret) = key.split_once('_').ok_or_else(not_ours)?;
    let known = match identity.known.key(prefix) {
        Some(known) => known,
        None => {
            let generation = identity.known.generation();
            let sought = prefix.to_owned();
            let found = state.store.read(move |db| kazi_store::identity::partner_key(db, &sought)).await?.ok_or_else(not_ours)?;
            let PartnerKey { partner, hash, expires_at, used_at } = found;
            let used_at = AtomicI64::new(used_at.map_or(0, |at| at.micros()));
            let known = Arc::new(KnownKey { partner, hash, expires_at, used_at });
            identity.known.keep_key(prefix, known.clone(), generation);
            known
        }
    };
    if !bool::from(secret::hash(secret).as_bytes().ct_eq(known.hash.as_bytes())) {
        return Err(not_ours());
    }
    if known.expires_at.is_some_and(|at| at <= now) {
        return Err(Fail::new(Code::TokenExpired, "The API key has expired; ask the organisation's owner for a new one."));
    }
    let noted = known.used_at.load(Ordering::Relaxed);
    if now.micros() - noted > NOTE && known.used_at.compare_exchange(noted, now.micros(), Ordering::Relaxed, Ordering::Relaxed).is_ok() {
        let (store, id) = (state.store.clone(), known.partner.key);
        tokio::spawn(async move {
            if let Err(error) = store.write(move |db| kazi_store::identity::api_key_used(db, id, now)).await {
                tracing::warn!(%error, "the use of an API key was not noted");
            }
        });
    }
    Ok(known.partner.clone())
}
