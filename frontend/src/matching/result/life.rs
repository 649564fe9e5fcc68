//! A need's next states: a draft is opened, an open one closed or awarded.

use crate::i18n::{Key, k, t};
use crate::session::kazi;
use crate::ui::{ErrorState, toasts};
use kazi_core::matching::{Need, NeedState};
use leptos::prelude::*;

fn next(state: NeedState) -> &'static [(NeedState, Key)] {
    match state {
        NeedState::Draft => &[(NeedState::Open, k::matching::OPEN_NEED)],
        NeedState::Open => &[(NeedState::Awarded, k::matching::AWARD_NEED), (NeedState::Closed, k::matching::CLOSE_NEED)],
        NeedState::Closed | NeedState::Awarded => &[],
    }
}

#[component]
pub fn Life(need: Need, again: Callback<()>) -> impl IntoView {
    let failure = RwSignal::new(None);
    let (id, version, toasts) = (need.id, need.version, toasts());
    let change = move |state: NeedState| {
        leptos::task::spawn_local(async move {
            match kazi().needs().change_state(id, version, state).await {
                Ok(_) => {
                    toasts.say(t(k::ui::SAVED));
                    again.run(());
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let buttons = next(need.state)
        .iter()
        .enumerate()
        .map(|(at, (state, name))| {
            let class = if at == 0 { "button primary" } else { "button" };
            view! { <button type="button" class=class on:click=move |_| change(*state)>{t(*name)}</button> }
        })
        .collect_view();
    view! { {buttons}{move || failure.get().map(|error| view! { <ErrorState error/> })} }
}
