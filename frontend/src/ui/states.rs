//! What stands where content would: waiting, nothing there, gone wrong; and small marks.

use super::Icon;
use crate::i18n::{k, t, tf};
use kazi_client::Error;
use leptos::prelude::*;

#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="loading" role="status"><span class="hidden">{t(k::ui::LOADING)}</span>
            <div class="bone" aria-hidden="true"></div><div class="bone short" aria-hidden="true"></div><div class="bone" aria-hidden="true"></div>
        </div>
    }
}

/// Nothing there, and what to do next.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty"><p class="empty-title">{title}</p>{text.map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// What went wrong, what to try, and the number to quote.
#[component]
pub fn ErrorText(error: Error) -> impl IntoView {
    let (title, detail, id) = match error {
        Error::Problem(problem) => {
            let title = crate::i18n::code("problem", problem.code.as_str());
            let detail = problem.detail.filter(|d| *d != problem.title);
            // the server explains in English, whatever the page's language; what the app says itself has no status
            let lang = (problem.status > 0).then_some("en");
            (title, detail.map(|detail| (detail, lang)), problem.request_id.filter(|_| problem.status >= 500))
        }
        Error::Network(_) => (t(k::ui::NO_NETWORK).to_owned(), Some((t(k::ui::NO_NETWORK_TRY).to_owned(), None)), None),
        Error::Unreadable { .. } => (t(k::ui::UNREADABLE).to_owned(), None, None),
    };
    view! {
        <p class="error-title"><Icon name="warning"/><span>{title}</span></p>
        {detail.map(|(detail, lang)| view! { <p lang=lang>{detail}</p> })}
        {id.map(|id| view! { <p class="quiet">{tf(k::ui::REQUEST_ID, &[("id", &id)])}</p> })}
    }
}

#[component]
pub fn ErrorState(error: Error, #[prop(optional, into)] retry: Option<Callback<()>>) -> impl IntoView {
    view! {
        <div class="notice bad" role="alert">
            <ErrorText error/>
            {retry.map(|retry| view! { <button type="button" class="button" on:click=move |_| retry.run(())>{t(k::ui::RETRY)}</button> })}
        </div>
    }
}

/// A word on a coloured ground; `tone` is quiet, good, warn or bad.
#[component]
pub fn Badge(#[prop(into)] text: String, #[prop(default = "quiet")] tone: &'static str) -> impl IntoView {
    view! { <span class=format!("badge {tone}")>{text}</span> }
}

/// How far something is, 0 to 1.
#[component]
pub fn Progress(#[prop(into)] label: String, #[prop(into)] share: Signal<f64>) -> impl IntoView {
    view! {
        <div class="progress"><span>{label}</span><progress max="1" value=move || share.get().to_string() aria-label=move || crate::i18n::percent(share.get())></progress></div>
    }
}

/// The next page of a list.
#[component]
pub fn LoadMore(#[prop(into)] more: Signal<bool>, #[prop(into)] busy: Signal<bool>, next: Callback<()>) -> impl IntoView {
    move || {
        more.get().then(|| {
            view! { <div class="more"><button type="button" class="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| if !busy.get() { next.run(()) }>
                {move || if busy.get() { t(k::ui::LOADING) } else { t(k::ui::LOAD_MORE) }}</button></div> }
        })
    }
}
