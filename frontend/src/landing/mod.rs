//! The first page: what Kazi does for each who comes to it. Figures only with their source.

mod audiences;
mod evidence;

use crate::i18n::{Key, k, t};
use crate::ui::Page;
use audiences::Audiences;
use evidence::Evidence;
use leptos::prelude::*;

#[component]
pub fn Landing() -> impl IntoView {
    view! {
        <Page title=t(k::landing::TITLE) lead=t(k::landing::LEAD) wide=true hero=true>
            <p class="actions">
                <a class="button primary" href="/needs/new">{t(k::landing::DESCRIBE_NEED)}</a>
                <a class="button" href="/providers">{t(k::landing::TO_DIRECTORY)}</a>
            </p>
            <Steps/>
            <Audiences/>
            <Promises/>
            <Evidence/>
        </Page>
    }
}

#[component]
fn Steps() -> impl IntoView {
    const STEPS: [(Key, Key); 3] = [
        (k::landing::STEP_NEED, k::landing::STEP_NEED_TEXT),
        (k::landing::STEP_RANK, k::landing::STEP_RANK_TEXT),
        (k::landing::STEP_WRITE, k::landing::STEP_WRITE_TEXT),
    ];
    let steps = STEPS.map(|(title, text)| view! { <li class="card"><h3>{t(title)}</h3><p>{t(text)}</p></li> }).into_iter().collect_view();
    view! { <section><h2>{t(k::landing::STEPS)}</h2><ol class="cards steps">{steps}</ol></section> }
}

#[component]
fn Promises() -> impl IntoView {
    const PROMISES: [(Key, Key); 4] = [
        (k::landing::PROMISE_RANK, k::landing::PROMISE_RANK_TEXT),
        (k::landing::PROMISE_METHOD, k::landing::PROMISE_METHOD_TEXT),
        (k::landing::PROMISE_UNKNOWN, k::landing::PROMISE_UNKNOWN_TEXT),
        (k::landing::PROMISE_OPEN, k::landing::PROMISE_OPEN_TEXT),
    ];
    let list = PROMISES.map(|(title, text)| view! { <div><dt>{t(title)}</dt><dd>{t(text)}</dd></div> }).into_iter().collect_view();
    view! { <section><h2>{t(k::landing::PROMISES)}</h2><dl class="promises">{list}</dl></section> }
}
