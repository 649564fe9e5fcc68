//! A value set by sliding, with what it means said beside it.

use super::unique;
use leptos::prelude::*;

#[component]
pub fn Slider(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<f64>,
    set: Callback<f64>,
    /// The value in words, also for screen readers.
    #[prop(into)]
    says: Signal<String>,
    #[prop(default = 0.0)] min: f64,
    #[prop(default = 100.0)] max: f64,
    #[prop(default = 1.0)] step: f64,
) -> impl IntoView {
    let id = unique("slider");
    view! {
        <div class="slider">
            <label for=id.clone()>{label}</label>
            <output for=id.clone()>{move || says.get()}</output>
            <input id=id type="range" min=min.to_string() max=max.to_string() step=step.to_string() prop:value=move || value.get().to_string()
                aria-valuetext=move || says.get()
                on:input:target=move |ev| if let Ok(v) = ev.target().value().parse() { set.run(v) }/>
        </div>
    }
}
