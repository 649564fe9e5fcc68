//! The platform's staff at work: claims to decide, duplicates to merge, imports. Also where somebody claims a listing.

mod claim;
mod claims;
mod duplicates;
mod home;

pub use claim::ClaimPage;
pub use claims::ClaimsPage;
pub use duplicates::DuplicatesPage;
pub use home::StaffPage;
