//! Matching in the browser: the need's wizard, the match page, a buyer's needs.

mod draft;
mod needs;
mod result;
mod wizard;
mod words;

pub use draft::{language_skills, minutes};
pub use needs::NeedsPage;
pub use result::MatchPage;
pub use wizard::{EditNeed, NewNeedPage};
