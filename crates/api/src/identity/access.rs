//! Access tokens: EdDSA JWTs of ten minutes. The algorithm is pinned; a token that was found good is remembered by its
//! text until it expires.

use super::keys::Keys;
use crate::http::{Answer, Fail};
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use kazi_core::Instant;
use kazi_core::ids::{PersonId, SessionId};
use kazi_core::problem::Code;
use kazi_store::Store;
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Seconds that an access token is good for.
pub const SECONDS: u32 = 600;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: PersonId,
    pub sid: SessionId,
    pub iat: i64,
    pub exp: i64,
    pub jti: Uuid,
}

pub struct Access {
    pub keys: Keys,
    issuer: String,
    audience: String,
    validation: Validation,
    good: Cache<String, Claims>,
}

impl Access {
    pub fn new(keys: Keys, public_url: &str) -> Self {
        let (issuer, audience) = (public_url.to_owned(), format!("{public_url}/api"));
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[&audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = 0;
        let good = Cache::builder().max_capacity(20_000).time_to_live(std::time::Duration::from_secs(SECONDS.into())).build();
        Self { keys, issuer, audience, validation, good }
    }

    pub async fn issue(&self, person: PersonId, session: SessionId, store: &Store, now: Instant) -> Answer<String> {
        let signer = self.keys.signer(store, now).await?;
        let iat = now.utc().timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: person,
            sid: session,
            iat,
            exp: iat + i64::from(SECONDS),
            jti: Uuid::now_v7(),
        };
        let header = Header { kid: Some(signer.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, &signer.key).map_err(Fail::inside)
    }

    /// What a token says that was found good before.
    pub fn remembered(&self, token: &str, now: Instant) -> Option<Claims> {
        self.good.get(token).filter(|c| c.exp > now.utc().timestamp())
    }

    pub async fn verify(&self, token: &str, store: &Store, now: Instant) -> Answer<Claims> {
        let not_ours = || Fail::new(Code::SignInRequired, "The token is not one of ours.");
        let header = decode_header(token).map_err(|_| not_ours())?;
        if header.alg != Algorithm::EdDSA {
            return Err(not_ours());
        }
        let kid = header.kid.ok_or_else(not_ours)?;
        let key = self.keys.trusted(&kid, store, now).await?.ok_or_else(not_ours)?;
        let claims = decode::<Claims>(token, &key, &self.validation)
            .map_err(|e| match e.kind() {
                jsonwebtoken::errors::ErrorKind::ExpiredSignature => Fail::new(Code::TokenExpired, "Refresh the session."),
                _ => not_ours(),
            })?
            .claims;
        self.good.insert(token.to_owned(), claims.clone());
        Ok(claims)
    }
}
