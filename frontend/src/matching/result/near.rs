//! Who almost fits: which hard constraints they fail, and by how much.

use super::entry::OrganisationLink;
use super::state::Match;
use crate::i18n::{k, number, t, tf};
use crate::matching::words;
use kazi_core::matching::NearMiss;
use leptos::prelude::*;

#[component]
pub fn NearMisses(state: Match) -> impl IntoView {
    let all = state.ranking.with_value(|r| r.near_misses.clone());
    (!all.is_empty()).then(|| {
        let items = all.into_iter().map(|miss| view! { <Near state miss/> }).collect_view();
        view! { <section id="near-misses"><h2>{t(k::matching::NEAR_MISSES)}</h2><p>{t(k::matching::NEAR_MISSES_TEXT)}</p><ul class="cards">{items}</ul></section> }
    })
}

#[component]
fn Near(state: Match, miss: NearMiss) -> impl IntoView {
    let currency = state.currency();
    let lacks = miss.shortfalls.iter().map(|s| view! { <li>{words::shortfall(s, currency)}</li> }).collect_view();
    let score = tf(k::matching::WOULD_SCORE, &[("n", &number(f64::from(miss.candidate.score.round())))]);
    view! {
        <li class="card"><h3><OrganisationLink state id=miss.candidate.organisation/></h3><ul>{lacks}</ul><p class="quiet small">{score}</p></li>
    }
}
