//! Lists are pages by key: a page names where the next one begins, so that a list which grows
//! while it is read neither repeats nor skips.

use serde::{Deserialize, Serialize};

/// How many items a page holds when nobody says.
pub const DEFAULT_LIMIT: u32 = 20;
/// The most that one page holds.
pub const MAX_LIMIT: u32 = 100;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass it as `after` to get the next page; null on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
