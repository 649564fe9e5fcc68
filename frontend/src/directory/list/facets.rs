//! The filters: within one, any of the ticked; across them, all. Each value says how many it would give.

use super::address::{Address, FACETS};
use crate::i18n::{Key, code, country_name, k, language_name, number, t};
use crate::ui::{Load, unique};
use kazi_core::directory::{FacetCount, Facets, SearchResult};
use leptos::prelude::*;

const NAMES: [Key; FACETS.len()] = [
    k::directory::FACET_KIND,
    k::directory::FACET_COUNTRY,
    k::directory::FACET_REGION,
    k::directory::FACET_SERVICE,
    k::directory::FACET_LANGUAGE,
    k::directory::FACET_TARGET_GROUP,
    k::directory::FACET_CERTIFICATE,
];
/// In this order on the page.
const ORDER: [usize; FACETS.len()] = [3, 1, 2, 4, 5, 6, 0];
const SHOWN: usize = 6;

fn counts(facets: &Facets, facet: usize) -> &[FacetCount] {
    match facet {
        0 => &facets.kind,
        1 => &facets.country,
        2 => &facets.region,
        3 => &facets.service,
        4 => &facets.language,
        5 => &facets.target_group,
        _ => &facets.certificate,
    }
}

fn label(facet: usize, value: &str) -> String {
    match facet {
        0 => code("organisation_kind", value),
        1 => country_name(value),
        2 => code("region", value),
        3 => code("service_line", value),
        4 => language_name(value),
        5 => code("target_group", value),
        _ => code("certificate", value),
    }
}

#[component]
pub fn Filters(address: Memo<Address>, result: Load<SearchResult>, go: Callback<Address>) -> impl IntoView {
    // On a narrow screen the filters would push the list away.
    let wide = window().match_media("(min-width: 60rem)").ok().flatten().is_some_and(|m| m.matches());
    let groups = ORDER.map(|facet| view! { <Group facet address result go/> }).into_iter().collect_view();
    view! {
        <details class="filters" open=wide>
            <summary class="button">{t(k::directory::FILTERS)}</summary>
            <div role="group" aria-label=t(k::directory::FILTERS)>
                {move || address.get().is_filtered().then(|| {
                    let cleared = Address { q: address.get().q, sort: address.get().sort, map: address.get().map, ..Address::default() };
                    view! { <p><button type="button" class="link" on:click=move |_| go.run(cleared.clone())>{t(k::directory::CLEAR)}</button></p> }
                })}
                <Flag name=k::directory::FACET_CAPACITY on=Signal::derive(move || address.get().has_capacity == "true")
                    flip=Callback::new(move |on: bool| go.run(Address { has_capacity: flag(on), ..address.get_untracked() }))/>
                <Flag name=k::directory::FACET_CLAIMED on=Signal::derive(move || address.get().claimed == "true")
                    flip=Callback::new(move |on: bool| go.run(Address { claimed: flag(on), ..address.get_untracked() }))/>
                {groups}
            </div>
        </details>
    }
}

fn flag(on: bool) -> String {
    if on { "true".into() } else { String::new() }
}

#[component]
fn Flag(name: Key, #[prop(into)] on: Signal<bool>, flip: Callback<bool>) -> impl IntoView {
    let id = unique("flag");
    view! { <div class="tick"><input id=id.clone() type="checkbox" prop:checked=on on:change:target=move |ev| flip.run(ev.target().checked())/><label for=id>{t(name)}</label></div> }
}

#[component]
fn Group(facet: usize, address: Memo<Address>, result: Load<SearchResult>, go: Callback<Address>) -> impl IntoView {
    let all = RwSignal::new(false);
    // Rows stay while the next answer is waited for; only their numbers change.
    let rows = Memo::new(move |_| {
        let chosen = address.get().chosen[facet].clone();
        let mut rows: Vec<(String, u64)> =
            result.value.with(|r| r.iter().flat_map(|r| counts(&r.facets, facet)).map(|c| (c.value.clone(), c.count)).collect());
        for value in &chosen {
            if !rows.iter().any(|(v, _)| v == value) {
                rows.push((value.clone(), 0));
            }
        }
        rows.sort_by_key(|(value, count)| (!chosen.contains(value), std::cmp::Reverse(*count)));
        rows
    });
    let shown = move || {
        let (rows, chosen) = (rows.get(), address.get().chosen[facet].len());
        let most = if all.get() { rows.len() } else { SHOWN.max(chosen) };
        rows.into_iter().take(most).map(|(value, count)| view! { <Row facet value count address go/> }).collect_view()
    };
    let more = move || {
        (rows.with(Vec::len) > SHOWN).then(|| view! { <button type="button" class="link small" aria-expanded=move || if all.get() { "true" } else { "false" }
        on:click=move |_| all.update(|a| *a = !*a)>{move || t(if all.get() { k::directory::FEWER } else { k::directory::ALL })}</button> })
    };
    move || {
        (rows.with(|r| !r.is_empty())).then(|| view! { <fieldset class="ticks"><legend>{t(NAMES[facet])}</legend>{shown}{more}</fieldset> })
    }
}

#[component]
fn Row(facet: usize, value: String, count: u64, address: Memo<Address>, go: Callback<Address>) -> impl IntoView {
    let id = format!("facet-{}-{value}", FACETS[facet]);
    let name = label(facet, &value);
    let of_checked = value.clone();
    let checked = move || address.with(|a| a.chosen[facet].contains(&of_checked));
    view! {
        <div class="tick">
            <input id=id.clone() type="checkbox" prop:checked=checked on:change=move |_| go.run(address.get_untracked().toggled(facet, &value))/>
            <label for=id><span>{name}</span><span class="count">{number(count as f64)}</span></label>
        </div>
    }
}
