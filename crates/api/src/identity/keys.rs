//! The Ed25519 keys of access tokens. The private one is DATA_DIR/keys/signing.key (mode 0600), made on first start;
//! the public ones are in the database, so that every replica trusts the others' tokens. Rotation marks the keys of the
//! database as retired; each server notices, makes itself a new one, and trusts the old until its tokens have expired.

use super::secret;
use crate::http::{Answer, Fail};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::{DecodingKey, EncodingKey};
use kazi_core::Instant;
use kazi_store::identity::PublicKey;
use kazi_store::{Store, StoreError};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// Tokens of a retired key are trusted this long: their ten minutes, and time for a server to notice.
const TRUSTED_AFTER: chrono::Duration = chrono::Duration::minutes(15);
/// How long the list of keys is taken as true.
const FRESH: Duration = Duration::from_secs(30);
/// Unknown key ids make us look into the database this often at most.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

type Oops = Box<dyn std::error::Error + Send + Sync>;

pub struct Signer {
    pub kid: String,
    pub key: EncodingKey,
    public: String,
}

struct Held {
    signer: Arc<Signer>,
    published: Vec<PublicKey>,
    trusted: HashMap<String, DecodingKey>,
    looked: std::time::Instant,
}

pub struct Keys {
    file: PathBuf,
    held: RwLock<Held>,
}

impl Keys {
    pub fn open(data_dir: &Path, store: &Store, now: Instant) -> Result<Self, Oops> {
        let file = data_dir.join("keys").join("signing.key");
        let signer = if file.exists() { read(&file)? } else { make(&file)? };
        // A thread of its own, because whoever opens the server may already be on an async one.
        let held = std::thread::scope(|scope| scope.spawn(|| hold(&file, store, Arc::new(signer), now)).join())
            .map_err(|_| "the keys could not be opened")??;
        Ok(Self { file, held: RwLock::new(held) })
    }

    /// The key to sign with, after a look at whether it was retired.
    pub async fn signer(&self, store: &Store, now: Instant) -> Answer<Arc<Signer>> {
        if self.age() > FRESH {
            self.look(store, now).await?;
        }
        Ok(self.held.read().expect("never poisoned").signer.clone())
    }

    /// The key of that name, when it is one of ours.
    pub async fn trusted(&self, kid: &str, store: &Store, now: Instant) -> Answer<Option<DecodingKey>> {
        let age = self.age();
        let known = self.get(kid);
        if (known.is_some() && age <= FRESH) || (known.is_none() && age <= LOOK_AGAIN) {
            return Ok(known);
        }
        self.look(store, now).await?;
        Ok(self.get(kid))
    }

    /// The public keys, as a JSON Web Key Set (RFC 7517, 8037).
    pub async fn published(&self, store: &Store, now: Instant) -> Answer<serde_json::Value> {
        if self.age() > FRESH {
            self.look(store, now).await?;
        }
        let held = self.held.read().expect("never poisoned");
        let keys = held
            .published
            .iter()
            .map(|k| serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": k.kid, "x": k.public }));
        Ok(serde_json::json!({ "keys": keys.collect::<Vec<_>>() }))
    }

    fn age(&self) -> Duration {
        self.held.read().expect("never poisoned").looked.elapsed()
    }
    fn get(&self, kid: &str) -> Option<DecodingKey> {
        self.held.read().expect("never poisoned").trusted.get(kid).cloned()
    }

    async fn look(&self, store: &Store, now: Instant) -> Answer<()> {
        let (file, store, signer) = (self.file.clone(), store.clone(), self.held.read().expect("never poisoned").signer.clone());
        let held =
            tokio::task::spawn_blocking(move || hold(&file, &store, signer, now)).await.map_err(Fail::inside)?.map_err(Fail::inside)?;
        *self.held.write().expect("never poisoned") = held;
        Ok(())
    }
}

/// Publishes the signer, reads what is trusted, and replaces the signer when it was retired.
fn hold(file: &Path, store: &Store, mut signer: Arc<Signer>, now: Instant) -> Result<Held, Oops> {
    let looked = std::time::Instant::now();
    let mut published = published(store, &signer, now)?;
    if !published.iter().any(|k| k.kid == signer.kid && k.retired_at.is_none()) {
        signer = Arc::new(make(file)?);
        published = self::published(store, &signer, now)?;
    }
    let trusted = published
        .iter()
        .map(|k| Ok((k.kid.clone(), DecodingKey::from_ed_components(&k.public)?)))
        .collect::<Result<_, jsonwebtoken::errors::Error>>()?;
    Ok(Held { signer, published, trusted, looked })
}

fn published(store: &Store, signer: &Signer, now: Instant) -> Result<Vec<PublicKey>, StoreError> {
    let since = now.plus(-TRUSTED_AFTER);
    let list = store.read_now(|db| kazi_store::identity::signing_keys(db, since))?;
    if list.iter().any(|k| k.kid == signer.kid) {
        return Ok(list);
    }
    let (kid, public) = (signer.kid.clone(), signer.public.clone());
    store.write_now(move |db| {
        kazi_store::identity::publish_key(db, &kid, &public, now)?;
        kazi_store::identity::signing_keys(db, since)
    })
}

fn signer(seed: &[u8; 32]) -> Result<Signer, Oops> {
    let key = SigningKey::from_bytes(seed);
    let public = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    // RFC 7638 thumbprint.
    let thumb = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{public}"}}"#);
    let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(thumb.as_bytes()));
    Ok(Signer { kid, key: EncodingKey::from_ed_der(key.to_pkcs8_der()?.as_bytes()), public })
}

fn read(file: &Path) -> Result<Signer, Oops> {
    let text = std::fs::read_to_string(file)?;
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| format!("{} is not a key of ours", file.display()))?;
    signer(bytes.as_slice().try_into().map_err(|_| format!("{} is not a key of ours", file.display()))?)
}

/// Makes a key and puts it in the file's place in one step.
fn make(file: &Path) -> Result<Signer, Oops> {
    let folder = file.parent().ok_or("the key file has no folder")?;
    std::fs::create_dir_all(folder)?;
    let mut seed = [0u8; 32];
    rand::fill(&mut seed[..]);
    let fresh = folder.join(format!("signing.{}.new", &secret::new_secret()[..8]));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    let mut out = options.open(&fresh)?;
    out.write_all(URL_SAFE_NO_PAD.encode(seed).as_bytes())?;
    out.sync_all()?;
    std::fs::rename(&fresh, file)?;
    signer(&seed)
}
