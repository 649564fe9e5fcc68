//! `Idempotency-Key` on POSTs: the change and the answer are kept in one transaction, so a client
//! that lost the answer can repeat the request without doing the thing twice.

use super::{Answer, Fail, Reply};
use crate::state::State;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kazi_core::identity::Caller;
use kazi_core::problem::Code;
use kazi_store::Db;
use kazi_store::idempotency::{self, Claim};
use std::future::{Ready, ready};

/// What a POST says of itself: its key, if it has one, and where it was sent.
#[derive(Debug, Clone)]
pub struct Once {
    key: Option<String>,
    target: String,
}

impl FromRequest for Once {
    type Error = Fail;
    type Future = Ready<Result<Self, Fail>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let target = format!("{} {}", req.method(), req.path());
        ready(match req.headers().get("Idempotency-Key").map(|v| v.to_str().unwrap_or_default()) {
            None => Ok(Self { key: None, target }),
            Some(key) if (1..=255).contains(&key.len()) => Ok(Self { key: Some(key.to_owned()), target }),
            Some(_) => Err(Fail::new(Code::InvalidHeader, "An Idempotency-Key has 1 to 255 visible characters.")),
        })
    }
}

impl Once {
    /// Writes, or answers as it did the first time.
    pub async fn write(
        self,
        state: &State,
        caller: &Caller,
        fingerprint: &str,
        act: impl FnOnce(&mut Db) -> Answer<Reply> + Send + 'static,
    ) -> Answer<Reply> {
        let Some(key) = self.key else { return state.store.write(act).await };
        let owner = caller.id().map_or_else(|| "nobody".to_owned(), |id| id.to_string());
        let fingerprint = format!("{} {fingerprint}", self.target);
        let now = state.now();
        state
            .store
            .write(move |db| match idempotency::claim(db, &owner, &key, &fingerprint, now)? {
                Claim::Answered(reply) => serde_json::from_value(reply).map_err(Fail::inside),
                Claim::Ours => {
                    let reply = act(db)?;
                    idempotency::fulfil(db, &owner, &key, serde_json::to_value(&reply).map_err(Fail::inside)?)?;
                    Ok(reply)
                }
            })
            .await
    }
}
