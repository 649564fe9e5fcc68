//! Signing up and in, a forgotten password, the first organisation.

mod confirm;
mod organisation;
mod reset;
mod sign_in;
mod sign_up;

pub use confirm::Confirm;
pub use organisation::NewOrganisationPage;
pub use reset::{Forgotten, Reset};
pub use sign_in::SignIn;
pub use sign_up::SignUp;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where to go afterwards: a path of ours out of `?then=`, never another site.
fn afterwards() -> String {
    let then = use_query_map().read_untracked().get("then").unwrap_or_default();
    if then.starts_with('/') && !then.starts_with("//") && !then.contains('\\') { then } else { "/needs".into() }
}
