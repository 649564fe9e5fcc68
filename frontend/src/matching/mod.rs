//! Matching in the browser: the need's wizard, the match page, a buyer's needs.

mod draft;
mod fitting;
mod needs;
mod reading;
mod result;
mod wizard;
mod words;

pub use draft::{day, language_skills, minutes};
pub use fitting::FittingPage;
pub use needs::NeedsPage;
pub use reading::ReadNeedPage;
pub use result::MatchPage;
pub use wizard::{EditNeed, NewNeedPage};
