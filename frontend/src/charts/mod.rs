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
