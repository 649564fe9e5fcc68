//! The footer.

use crate::i18n::{k, t};
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="bottom"><div class="bottom-inner">
            <p>{t(k::shell::FOOTER_WHAT)}</p>
            <nav aria-label=t(k::shell::FOOTER_NAV)><ul>
                <li><a href="/providers">{t(k::shell::NAV_PROVIDERS)}</a></li>
                <li><a href="/standard">{t(k::standard::NAV)}</a></li>
                <li><a href="/api/docs" rel="external">{t(k::shell::NAV_API)}</a></li>
            </ul></nav>
        </div></footer>
    }
}
