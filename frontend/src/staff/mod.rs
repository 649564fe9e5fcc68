//! The platform's staff at work: claims to decide, duplicates to merge, imports. Also where somebody claims a listing.

mod claim;
mod claims;
mod duplicates;
mod home;
mod import;
mod imports;
mod people;

pub use claim::ClaimPage;
pub use claims::ClaimsPage;
pub use duplicates::DuplicatesPage;
pub use home::StaffPage;
pub use import::ImportPage;
pub use imports::ImportsPage;
pub use people::PeoplePage;
