//! Choosing by ticking: one box, or several in a group.

use super::unique;
use leptos::prelude::*;

#[component]
pub fn Checkbox(#[prop(into)] label: String, value: RwSignal<bool>, #[prop(optional, into)] hint: Option<String>) -> impl IntoView {
    let id = unique("tick");
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="tick">
            <input id=id.clone() type="checkbox" prop:checked=value on:change:target=move |ev| value.set(ev.target().checked()) aria-describedby=described/>
            <div>
                <label for=id>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            </div>
        </div>
    }
}

/// One choice of a tick list: its code, its name, and how many results it would give.
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub code: String,
    pub label: String,
    pub count: Option<u64>,
}

impl Choice {
    pub fn new(code: impl ToString, label: impl Into<String>) -> Self {
        Self { code: code.to_string(), label: label.into(), count: None }
    }
}

/// Several of a list.
#[component]
pub fn TickGroup(
    #[prop(into)] legend: String,
    chosen: RwSignal<Vec<String>>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    view! {
        <fieldset class="ticks">
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {move || choices.get().into_iter().map(|choice| view! { <Tick chosen choice/> }).collect_view()}
        </fieldset>
    }
}

#[component]
fn Tick(chosen: RwSignal<Vec<String>>, choice: Choice) -> impl IntoView {
    let id = unique("tick");
    let (code, same) = (choice.code.clone(), choice.code);
    let change = move |on: bool| {
        chosen.update(|all| {
            all.retain(|c| *c != code);
            if on {
                all.push(code.clone());
            }
        });
    };
    view! {
        <div class="tick">
            <input id=id.clone() type="checkbox" prop:checked=move || chosen.with(|all| all.contains(&same))
                on:change:target=move |ev| change(ev.target().checked())/>
            <label for=id>{choice.label}{choice.count.map(|n| view! { <span class="count">{crate::i18n::number(n as f64)}</span> })}</label>
        </div>
    }
}
