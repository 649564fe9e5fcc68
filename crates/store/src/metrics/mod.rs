//! Rows of readings and of what they said before.

mod readings;

pub use readings::*;
