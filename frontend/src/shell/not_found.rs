//! There is no such page.

use crate::i18n::{k, t};
use crate::ui::Page;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page title=t(k::shell::NOT_FOUND)>
            <p>{t(k::shell::NOT_FOUND_TEXT)}</p>
            <p class="actions"><a class="button primary" href="/providers">{t(k::shell::NAV_PROVIDERS)}</a><a class="button" href="/">{t(k::shell::HOME)}</a></p>
        </Page>
    }
}
