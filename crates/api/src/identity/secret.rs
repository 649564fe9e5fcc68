//! Random secrets that we hand out, and the hash that we keep of them. They have 256 bits, so a plain SHA-256 does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

pub fn new_secret() -> String {
    let mut bytes = [0u8; 32];
    rand::fill(&mut bytes[..]);
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn hash(secret: &str) -> String {
    crate::http::hex(&Sha256::digest(secret.as_bytes()))
}
