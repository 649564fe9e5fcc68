//! The first page: what Kazi does for each who comes to it. Figures only with their source.

use crate::i18n::{k, t};
use crate::ui::Page;
use leptos::prelude::*;

#[component]
pub fn Landing() -> impl IntoView {
    view! {
        <Page title=t(k::landing::TITLE) lead=t(k::landing::LEAD) wide=true>
            <p class="actions"><a class="button primary" href="/providers">{t(k::landing::TO_DIRECTORY)}</a></p>
        </Page>
    }
}
