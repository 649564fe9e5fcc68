//! A word that something was done, said to screen readers too and gone after a while.

use super::Icon;
use crate::i18n::{k, t};
use leptos::prelude::*;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<(u32, String)>>);

impl Toasts {
    pub fn provide() {
        provide_context(Self(RwSignal::new(vec![])));
    }
    pub fn say(self, text: impl Into<String>) {
        let number = self.0.with_untracked(|all| all.last().map_or(0, |(n, _)| n + 1));
        self.0.update(|all| all.push((number, text.into())));
        set_timeout(move || self.drop(number), Duration::from_secs(8));
    }
    fn drop(self, number: u32) {
        self.0.update(|all| all.retain(|(n, _)| *n != number));
    }
}

pub fn toasts() -> Toasts {
    expect_context()
}

#[component]
pub fn ToastRegion() -> impl IntoView {
    let all = toasts();
    let show = move || {
        let toast = |(number, text)| {
            view! { <div class="toast"><span>{text}</span>
            <button type="button" class="button plain" aria-label=t(k::ui::CLOSE) on:click=move |_| all.drop(number)><Icon name="cross"/></button></div> }
        };
        all.0.get().into_iter().map(toast).collect_view()
    };
    view! { <div class="toasts" role="status" aria-live="polite">{show}</div> }
}
