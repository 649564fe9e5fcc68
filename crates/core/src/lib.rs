//! What the words of Kazi mean and what its rules are.
//!
//! Pure: no I/O, no clock, no randomness. Whoever calls passes the time and the ids in, so every
//! rule can be tested in milliseconds and runs unchanged in the browser.

pub mod codes;
pub mod directory;
pub mod events;
pub mod identity;
pub mod ids;
pub mod inquiries;
mod instant;
pub mod matching;
pub mod metrics;
pub mod money;
pub mod page;
pub mod plain;
pub mod policy;
pub mod problem;
pub mod rating;
pub mod standard;

pub use instant::Instant;
