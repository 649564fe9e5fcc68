//! The first standard, as it stands before anybody has proposed a change.

use super::Standard;
use std::sync::OnceLock;

/// Version 1.
pub fn first() -> &'static Standard {
    static FIRST: OnceLock<Standard> = OnceLock::new();
    FIRST.get_or_init(|| serde_json::from_str(include_str!("first.json")).expect("first.json is read by a test"))
}
