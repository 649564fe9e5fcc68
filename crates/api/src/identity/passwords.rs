//! Hashes passwords (argon2id) on two threads' worth of permits with a bounded queue, so that a flood of sign-ins
//! gets 503 and leaves the rest of the server its cores and memory.

use crate::http::{Answer, Fail};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many are hashed at once.
const AT_ONCE: usize = 2;
/// How many wait or are hashed before the next is turned away.
const MOST: usize = 64;
/// What one hash costs by OWASP's advice: 19 MiB, two passes.
pub const MEMORY_KIB: u32 = 19_456;

pub struct Passwords {
    argon: Argon2<'static>,
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    /// Checked against where there is no account, so that it takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    pub fn new(memory_kib: u32) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let passes = if memory_kib < MEMORY_KIB { 1 } else { 2 };
        let params = Params::new(memory_kib, passes, 1, None).map_err(|e| e.to_string())?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = argon.hash_password(super::secret::new_secret().as_bytes()).map_err(|e| e.to_string())?.to_string().into();
        Ok(Self { argon, places: Arc::new(Semaphore::new(MOST)), turns: Arc::new(Semaphore::new(AT_ONCE)), decoy })
    }

    /// The same off the queue, for commands and the start.
    pub fn fits(&self, password: &str, hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|h| self.argon.verify_password(password.as_bytes(), &h).is_ok())
    }

    pub async fn hash(&self, password: String) -> Answer<String> {
        let argon = self.argon.clone();
        self.run(move || argon.hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Fail::inside)).await?
    }

    /// Whether the password is the one; as slow without an account as with one.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Answer<bool> {
        let (argon, decoy) = (self.argon.clone(), self.decoy.clone());
        self.run(move || {
            let real = hash.is_some();
            let text = hash.as_deref().unwrap_or(&decoy);
            let fits = PasswordHash::new(text).is_ok_and(|h| argon.verify_password(password.as_bytes(), &h).is_ok());
            fits && real
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Fail::Busy(2))?;
        let turn = self.turns.clone().acquire_owned().await.map_err(Fail::inside)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, turn));
            done
        })
        .await
        .map_err(Fail::inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new(64).unwrap();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("correct horse".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("correct horsf".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("correct horse".into(), None).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_flood_is_turned_away_and_the_rest_is_served() {
        let passwords = Passwords::new(MEMORY_KIB).unwrap();
        let flood = futures_util::future::join_all((0..MOST + 20).map(|_| passwords.hash("a".into()))).await;
        let served = flood.iter().filter(|h| h.is_ok()).count();
        assert_eq!(served, MOST);
        assert!(flood.iter().filter_map(|h| h.as_ref().err()).all(|e| matches!(e, Fail::Busy(_))));
        passwords.hash("b".into()).await.unwrap();
    }
}
