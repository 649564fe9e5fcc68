//! A draft as the procedure sees it: a number, and a digest that says which text exactly.

use crate::Instant;
use crate::codes::{UnknownCode, text_code};
use serde::{Deserialize, Serialize};

/// SHA-256 of a text, 64 hexadecimal digits on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[0-9a-f]{64}$"))]
pub struct Digest(pub [u8; 32]);
text_code!(Digest);

impl Digest {
    pub fn of(text: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(text).into())
    }
}
impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}
impl std::str::FromStr for Digest {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        bytes(text).map(Self).ok_or_else(|| UnknownCode::new(text, "64 hexadecimal digits in lower case"))
    }
}

/// Reads exactly 64 hexadecimal digits in lower case, so that one value has one spelling.
pub(super) fn bytes(text: &str) -> Option<[u8; 32]> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let mut read = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in read.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(read)
}

/// One text of a proposal. Drafts of a proposal are numbered from 1 and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    pub number: u32,
    pub digest: Digest,
    pub published_at: Instant,
}
