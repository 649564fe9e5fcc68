//! What would raise this provider most: asked of the server when somebody wants to know.

use super::state::Match;
use crate::i18n::{k, t};
use crate::matching::words;
use crate::session::kazi;
use crate::ui::load;
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

const SHOWN: usize = 5;

#[component]
pub fn Lifts(state: Match, id: OrganisationId) -> impl IntoView {
    let (need, currency) = (state.need_id(), state.currency());
    let lifts = load(move || {
        let weights = state.settled.get();
        async move { kazi().needs().lift(need, id, Some(&weights)).await }
    });
    let list = lifts.view(move |list| {
        let lifts = list.lifts;
        if lifts.is_empty() {
            return view! { <p class="quiet">{t(k::matching::NO_LIFT)}</p> }.into_any();
        }
        let items = lifts.iter().take(SHOWN).map(|l| view! { <li>{words::lift(l, currency)}</li> }).collect_view();
        view! { <ul>{items}</ul> }.into_any()
    });
    view! { <h4>{t(k::matching::LIFT)}</h4>{list} }
}
