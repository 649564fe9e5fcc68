//! A question in front of the page: the browser's own modal dialog, which keeps the focus inside and
//! gives it back.

use super::{Icon, unique};
use crate::i18n::{k, t};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Dialog(#[prop(into)] title: String, open: RwSignal<bool>, children: ChildrenFn) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = unique("dialog");
    let label = heading.clone();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog aria-labelledby=label on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=heading>{title}</h2>
                <button type="button" class="button plain" aria-label=t(k::ui::CLOSE) on:click=move |_| open.set(false)><Icon name="cross"/></button>
            </div>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
