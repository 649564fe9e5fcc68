//! Organisations: one row each, the profile as a document. It is edited, versioned and read as one
//! thing; searching belongs to the follower's index, so no statement here looks inside a document.

mod claims;
mod duplicates;
mod imports;
mod keeping;
mod matched;
mod merges;
mod organisations;

pub use claims::*;
pub use duplicates::*;
pub use imports::*;
pub use keeping::*;
pub use merges::*;
pub use organisations::*;
