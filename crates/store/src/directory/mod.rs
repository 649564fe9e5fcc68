//! Organisations: one row each, the profile as a document. It is edited, versioned and read as one
//! thing; searching belongs to the follower's index, so no statement here looks inside a document.

mod organisations;

pub use organisations::*;
