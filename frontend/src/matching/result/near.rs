//! Who fails hard constraints, which ones they fail, and by how much; in the order of the weights in force.

use super::entry::{Choose, OrganisationLink};
use super::state::Match;
use crate::i18n::{k, number, t, tf};
use crate::matching::words;
use crate::session::kazi;
use crate::ui::ErrorState;
use kazi_core::matching::{NEAR_MISSES, NearMiss, weigh_near_misses};
use leptos::prelude::*;

#[component]
pub fn NearMisses(state: Match) -> impl IntoView {
    let known = RwSignal::new(state.ranking.with_value(|r| r.near_misses.clone()));
    let asked_with = RwSignal::new(state.ranking.with_value(|r| r.weights));
    let failure = RwSignal::new(None);
    let shown = move || {
        let (mut near, weights) = (known.get(), state.weights.get());
        if let Ok(shares) = weights.over(state.asked().into_iter().collect()) {
            weigh_near_misses(&mut near, &shares);
        }
        near.into_iter().map(|miss| view! { <Near state miss/> }).collect_view()
    };
    // The list is cut: under other weights others can belong on it.
    let cut = move || known.with(Vec::len) >= NEAR_MISSES && asked_with.get() != state.weights.get();
    let again = move |_| {
        let weights = state.weights.get_untracked();
        leptos::task::spawn_local(async move {
            match kazi().needs().near_misses(state.need_id(), Some(&weights)).await {
                Ok(list) => {
                    failure.try_set(None);
                    state.learn_names(list.organisations);
                    asked_with.try_set(weights);
                    known.try_set(list.near_misses);
                }
                Err(error) => _ = failure.try_set(Some(error)),
            }
        });
    };
    (!known.with_untracked(Vec::is_empty)).then(|| {
        view! {
            <section id="near-misses"><h2>{t(k::matching::NEAR_MISSES)}</h2><p>{t(k::matching::NEAR_MISSES_TEXT)}</p>
                <ul class="cards">{shown}</ul>
                {move || cut().then(|| view! { <p class="more"><button type="button" class="button" on:click=again>{t(k::matching::NEAR_AGAIN)}</button></p> })}
                {move || failure.get().map(|error| view! { <ErrorState error/> })}
            </section>
        }
    })
}

#[component]
fn Near(state: Match, miss: NearMiss) -> impl IntoView {
    let currency = state.currency();
    let id = miss.candidate.organisation;
    let lacks = miss.shortfalls.iter().map(|s| view! { <li>{words::shortfall(s, currency)}</li> }).collect_view();
    let score = tf(k::matching::WOULD_SCORE, &[("n", &number(f64::from(miss.candidate.score.round())))]);
    view! {
        <li class="card"><h3><OrganisationLink state id/></h3><ul>{lacks}</ul><p class="quiet small">{score}</p><Choose state id/></li>
    }
}
