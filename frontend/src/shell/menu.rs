//! A button that opens a short list of links or buttons; closes on Escape, on a choice, on a click elsewhere.

use crate::ui::{Icon, unique};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Menu(
    #[prop(into)] label: String,
    icon: &'static str,
    /// The label is seen, not only said.
    #[prop(optional)]
    show_label: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let id = unique("menu");
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let leave = move |ev: leptos::ev::FocusEvent| {
        let to = ev.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if let Some(root) = root.get_untracked()
            && to.is_some()
            && !root.contains(to.as_ref())
        {
            open.set(false);
        }
    };
    let outside = window_event_listener(leptos::ev::pointerdown, move |ev| {
        let at = ev.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if let Some(root) = root.get_untracked()
            && !root.contains(at.as_ref())
        {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let key = move |ev: leptos::ev::KeyboardEvent| {
        if ev.key() == "Escape" && open.get_untracked() {
            open.set(false);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        }
    };
    let list = id.clone();
    view! {
        <div class="menu" node_ref=root on:focusout=leave on:keydown=key>
            <button type="button" class="button plain" node_ref=button aria-expanded=move || if open.get() { "true" } else { "false" } aria-controls=id
                on:click=move |_| open.update(|o| *o = !*o)>
                <Icon name=icon/><span class:hidden=!show_label class="menu-label">{label}</span>
            </button>
            <div class="menu-list" id=list hidden=move || !open.get() on:click=move |_| open.set(false)>{children()}</div>
        </div>
    }
}
