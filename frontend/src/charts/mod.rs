//! Charts as SVG. Each has its numbers as text beside it; the drawing adds nothing that is not said.

use leptos::prelude::*;

/// One row of segments along 0 to 100; the light part reaches from the sum to `ceiling`.
#[component]
pub fn StackedBar(segments: Vec<f32>, ceiling: f32) -> impl IntoView {
    let mut at = 0.0f32;
    let parts: Vec<_> = segments
        .into_iter()
        .enumerate()
        .map(|(i, width)| {
            let x = at;
            at += width;
            view! { <rect class=format!("bar-{}", i % 4) x=format!("{x}") width=format!("{:.3}", (width - 0.3).max(0.0)) y="0" height="8"></rect> }
        })
        .collect();
    let open = (ceiling - at).max(0.0);
    view! {
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" x="0" y="0" width="100" height="8"></rect>
            <rect class="bar-open" x=format!("{at}") y="0" width=format!("{open}") height="8"></rect>
            {parts}
        </svg>
    }
}

/// A point on 0 to 100 with the range that it may lie in.
#[component]
pub fn BandBar(low: f64, score: f64, high: f64) -> impl IntoView {
    let width = format!("{:.2}", (high - low).max(0.4));
    view! {
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" x="0" y="0" width="100" height="8"></rect>
            <rect class="bar-open" x=format!("{low:.2}") y="0" width=width height="8"></rect>
            <rect class="bar-0" x=format!("{:.2}", (score - 0.5).clamp(0.0, 99.0)) y="0" width="1" height="8"></rect>
        </svg>
    }
}
