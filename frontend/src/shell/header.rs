//! The header: where to go, in which language and light, and who one is.

use super::Menu;
use super::account::Account;
use super::theme::ThemeChoices;
use crate::i18n::{self, Lang, k, t};
use crate::session::session;
use crate::ui::keep_focus_once;
use leptos::prelude::*;

#[component]
pub fn Header(language: RwSignal<Lang>) -> impl IntoView {
    view! {
        <a class="skip" href="#main" rel="external">{t(k::shell::SKIP)}</a>
        <header class="top">
            <div class="top-inner">
                <a class="logo" href="/"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7"></rect><path d="M10 7v18M22 7l-9 9 9 9"></path></svg>"Kazi"</a>
                <nav class="wide-nav" aria-label=t(k::shell::MAIN_NAV)><ul><NavLinks/></ul></nav>
                <div class="top-tools">
                    <Menu label=t(k::shell::LANGUAGE) icon="globe"><LanguageChoices language/></Menu>
                    <Menu label=t(k::shell::THEME) icon="theme"><ThemeChoices/></Menu>
                    <Account/>
                    <div class="narrow-nav"><Menu label=t(k::shell::MAIN_NAV) icon="menu"><nav aria-label=t(k::shell::MAIN_NAV)><ul><NavLinks/></ul></nav></Menu></div>
                </div>
            </div>
        </header>
    }
}

#[component]
fn NavLinks() -> impl IntoView {
    let session = session();
    view! {
        <li><a href="/providers">{t(k::shell::NAV_PROVIDERS)}</a></li>
        <li><a href="/needs">{t(k::shell::NAV_NEEDS)}</a></li>
        {move || session.acting().filter(|m| m.kinds.iter().any(|kind| kind.is_provider())).map(|_| view! { <li><a href="/needs/fitting">{t(k::shell::NAV_FITTING)}</a></li><li><a href="/figures">{t(k::metrics::NAV)}</a></li> })}
        {move || session.acting().map(|_| view! { <li><a href="/inquiries">{t(k::shell::NAV_INQUIRIES)}</a></li> })}
    }
}

#[component]
fn LanguageChoices(language: RwSignal<Lang>) -> impl IntoView {
    Lang::ALL.map(|lang| {
        let pressed = if i18n::lang() == lang { "true" } else { "false" };
        let choose = move |_| {
            keep_focus_once();
            i18n::choose(language, lang);
        };
        view! { <button type="button" lang=lang.code() aria-pressed=pressed on:click=choose>{lang.name()}</button> }
    })
}
