//! Light, dark, or as the system says. boot.js sets the stored choice before the first paint.

use crate::i18n::{Key, k, t};
use crate::session::{forget, store, stored};
use leptos::prelude::*;

const STORED: &str = "kazi.theme";
const THEMES: [(&str, Key); 3] = [("", k::shell::THEME_SYSTEM), ("light", k::shell::THEME_LIGHT), ("dark", k::shell::THEME_DARK)];

fn choose(theme: &str) {
    let Some(html) = document().document_element() else { return };
    if theme.is_empty() {
        forget(STORED);
        let _ = html.remove_attribute("data-theme");
    } else {
        store(STORED, theme);
        let _ = html.set_attribute("data-theme", theme);
    }
}

#[component]
pub fn ThemeChoices() -> impl IntoView {
    let chosen = RwSignal::new(stored(STORED).unwrap_or_default());
    THEMES.map(|(theme, name)| {
        view! {
            <button type="button" aria-pressed=move || if chosen.with(|c| c == theme) { "true" } else { "false" }
                on:click=move |_| { choose(theme); chosen.set(theme.to_owned()); }>{t(name)}</button>
        }
    })
}
