//! Pages for a signed-in person, and for the organisation that she acts for. Others get the frame's own words.

use crate::session::{SignedIn, session};
use kazi_core::identity::{Membership, MyAccount};
use leptos::prelude::*;

pub fn signed_in<V: IntoView + 'static>(show: impl Fn(MyAccount) -> V + Clone + Send + Sync + 'static) -> impl IntoView {
    let session = session();
    let person = move || session.person().map(&show);
    view! { <SignedIn>{person.clone()}</SignedIn> }
}

pub fn acting<V: IntoView + 'static>(show: impl Fn(Membership) -> V + Clone + Send + Sync + 'static) -> impl IntoView {
    let session = session();
    let organisation = move || session.acting().map(&show);
    view! { <SignedIn acting=true>{organisation.clone()}</SignedIn> }
}
