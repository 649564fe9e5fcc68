//! The list of organisations: words, filters with counts, a map, and an address that can be shared.

mod address;
mod entry;
mod facets;
mod map;

use crate::i18n::{k, t, tn};
use crate::session::kazi;
use crate::ui::*;
use address::Address;
use entry::Entry;
use facets::Filters;
use kazi_core::directory::{SearchResult, SearchSort};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use map::WorldMap;

#[component]
pub fn ProviderList() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| Address::of(&query.read()));
    let result = load(move || {
        let words = address.get().search();
        async move { kazi().organisations().search(&words).await }
    });
    let navigate = use_navigate();
    let go = Callback::new(move |to: Address| {
        let options = leptos_router::NavigateOptions { scroll: false, replace: true, ..Default::default() };
        navigate(&to.path(), options);
    });
    view! {
        <Page title=t(k::directory::TITLE) lead=t(k::directory::LEAD) wide=true>
            <Words address go/>
            <div class="listing">
                <Filters address result go/>
                <div>
                    <div aria-live="polite">{move || result.value.get().map(|r| view! { <Head total=r.total address go/> })}</div>
                    {move || address.get().map.then(|| view! { <WorldMap address result go/> })}
                    {result.view(move |result| view! { <Results result address/> })}
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Words(address: Memo<Address>, go: Callback<Address>) -> impl IntoView {
    let id = unique("words");
    let typed = RwSignal::new(address.get_untracked().q);
    Effect::new(move |_| typed.set(address.get().q));
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        go.run(Address { q: typed.get_untracked().trim().to_owned(), ..address.get_untracked() });
    };
    view! {
        <form role="search" class="search" on:submit=send>
            <label class="hidden" for=id.clone()>{t(k::directory::SEARCH)}</label>
            <input id=id type="search" placeholder=t(k::directory::SEARCH_PLACEHOLDER) prop:value=typed on:input:target=move |ev| typed.set(ev.target().value())/>
            <button type="submit" class="button primary"><Icon name="search"/><span>{t(k::directory::SEARCH)}</span></button>
        </form>
    }
}

#[component]
fn Head(total: u64, address: Memo<Address>, go: Callback<Address>) -> impl IntoView {
    let sort = unique("sort");
    let chosen = address.get_untracked().sort;
    let options = SearchSort::ALL
        .iter()
        .map(|s| view! { <option value=s.as_str() selected=chosen == s.as_str()>{crate::i18n::code("sort", s.as_str())}</option> })
        .collect_view();
    let map = move || address.get().map;
    let export = move |format: &str| match address.get().query(false) {
        words if words.is_empty() => format!("/api/v1/organisations/export?format={format}"),
        words => format!("/api/v1/organisations/export?format={format}&{words}"),
    };
    view! {
        <div class="list-head">
            <p class="total"><strong>{tn(k::directory::FOUND, total)}</strong></p>
            <div class="actions">
                <label class="small" for=sort.clone()>{t(k::directory::SORT)}</label>
                <select id=sort class="small" on:change:target=move |ev| go.run(Address { sort: ev.target().value(), ..address.get_untracked() })>{options}</select>
                <button type="button" class="button small" aria-pressed=move || if map() { "true" } else { "false" }
                    on:click=move |_| go.run(Address { map: !map(), ..address.get_untracked() })>{move || t(if map() { k::directory::HIDE_MAP } else { k::directory::SHOW_MAP })}</button>
                <a class="button small" href=move || export("csv") rel="external" download>{t(k::directory::EXPORT)}</a>
                <a class="button small" href=move || export("ndjson") rel="external" download>{t(k::directory::EXPORT_LINES)}</a>
            </div>
        </div>
    }
}

#[component]
fn Results(result: SearchResult, address: Memo<Address>) -> impl IntoView {
    if result.items.is_empty() {
        let all = Address::default().path();
        return view! { <EmptyState title=t(k::directory::NONE) text=t(k::directory::NONE_TEXT)><a class="button" href=all>{t(k::directory::CLEAR)}</a></EmptyState> }.into_any();
    }
    let items = RwSignal::new(result.items);
    let next = RwSignal::new(result.next);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None);
    let more = Callback::new(move |()| {
        let words = kazi_core::directory::Search { after: next.get_untracked(), ..address.get_untracked().search() };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let page = kazi().organisations().search(&words).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match page {
                Ok(page) => {
                    failure.set(None);
                    items.update(|all| all.extend(page.items));
                    next.set(page.next);
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    });
    view! {
        <ul class="results"><For each=move || items.get() key=|o| o.id let(organisation)><Entry organisation/></For></ul>
        {move || failure.get().map(|error| view! { <ErrorState error retry=move || more.run(())/> })}
        <LoadMore more=Signal::derive(move || next.with(Option::is_some)) busy next=more/>
    }
    .into_any()
}
