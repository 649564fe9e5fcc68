//! What matters: presets, and a slider for each criterion that the need asks for.

use super::state::Match;
use crate::i18n::{code, k, percent, t, tf};
use crate::matching::words;
use crate::ui::Slider;
use kazi_core::matching::{Criterion, Preset};
use leptos::prelude::*;

#[component]
pub fn WeightsPanel(state: Match) -> impl IntoView {
    let presets = Preset::ALL
        .iter()
        .map(|preset| {
            let pressed = move || if state.weights.get() == preset.weights() { "true" } else { "false" };
            view! { <button type="button" class="button small" aria-pressed=pressed on:click=move |_| state.weights.set(preset.weights())>{code("preset", preset.as_str())}</button> }
        })
        .collect_view();
    let sliders = state.asked().into_iter().map(|criterion| view! { <Weight state criterion/> }).collect_view();
    // On a narrow screen the sliders would push the ranking away.
    let wide = window().match_media("(min-width: 60rem)").ok().flatten().is_some_and(|m| m.matches());
    view! {
        <aside class="card weights" aria-label=t(k::matching::WHAT_MATTERS)>
            <h2>{t(k::matching::WHAT_MATTERS)}</h2>
            <div class="presets" role="group" aria-label=t(k::matching::PRESETS)>{presets}</div>
            <details open=wide>
                <summary>{t(k::matching::WEIGHTS)}</summary>
                {sliders}
                <p class="quiet small">{t(k::matching::WEIGHTS_TEXT)}</p>
            </details>
        </aside>
    }
}

#[component]
fn Weight(state: Match, criterion: Criterion) -> impl IntoView {
    let value = Signal::derive(move || f64::from(state.weights.get().get(criterion)));
    let share = move || {
        let asked = state.asked().into_iter().collect();
        state.weights.get().over(asked).map(|shares| shares.get(criterion)).unwrap_or_default()
    };
    let set = Callback::new(move |to: f64| {
        state.weights.update(|weights| {
            let before = *weights;
            weights.set(criterion, to as f32);
            // All at zero weighs nothing: the last one stays.
            if weights.over(state.asked().into_iter().collect()).is_err() {
                *weights = before;
            }
        });
    });
    let holds = move || {
        let found = state.sensitivity.with(|all| all.iter().find(|s| s.criterion == criterion).copied())?;
        let (from, to) = (percent(f64::from(found.from)), percent(f64::from(found.to)));
        Some(if found.from < 0.005 && found.to > 0.995 {
            t(k::matching::HOLDS_ALWAYS).to_owned()
        } else {
            tf(k::matching::HOLDS, &[("from", &from), ("to", &to)])
        })
    };
    view! {
        <Slider label=words::criterion(criterion) value set says=Signal::derive(move || percent(share())) max=50.0/>
        <p class="quiet small holds">{holds}</p>
    }
}
