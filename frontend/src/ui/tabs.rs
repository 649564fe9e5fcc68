//! Views of one thing, one at a time; arrow keys move between them.

use super::unique;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    names: Vec<String>,
    chosen: RwSignal<usize>,
    /// The view of the chosen tab.
    show: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let stem = unique("tab");
    let count = names.len();
    let key_stem = stem.clone();
    let key = move |ev: KeyboardEvent| {
        let at = chosen.get_untracked();
        let to = match ev.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        ev.prevent_default();
        chosen.set(to);
        let tab = document().get_element_by_id(&format!("{key_stem}-{to}"));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let tabs = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            view! {
                <button type="button" role="tab" id=format!("{stem}-{at}") aria-controls=format!("{stem}-panel")
                    aria-selected=move || if chosen.get() == at { "true" } else { "false" }
                    tabindex=move || if chosen.get() == at { "0" } else { "-1" } on:click=move |_| chosen.set(at)>{name}</button>
            }
        })
        .collect_view();
    let panel = stem.clone();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=key>{tabs}</div>
        <div class="tab-panel" role="tabpanel" id=format!("{stem}-panel") aria-labelledby=move || format!("{panel}-{}", chosen.get())>
            {move || show(chosen.get())}
        </div>
    }
}
