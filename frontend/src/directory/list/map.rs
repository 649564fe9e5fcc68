//! The map: a circle a country, as large as its count. Drawn from outlines that are fetched when somebody
//! opens it; no tile server is asked. The filter by country says the same in words.

use super::address::Address;
use crate::i18n::{country_name, k, t, tn};
use crate::ui::{Load, load};
use kazi_client::{Error, Method, Request, Transport, browser::Fetch};
use kazi_core::directory::SearchResult;
use leptos::prelude::*;
use std::collections::HashMap;

const COUNTRY: usize = 1;

#[derive(Clone, PartialEq, serde::Deserialize)]
struct Outlines {
    land: String,
    points: HashMap<String, (f32, f32)>,
}

async fn outlines() -> Result<Outlines, Error> {
    let request = Request { method: Method::Get, address: "/map-1.json".into(), headers: vec![], body: None };
    let response = Fetch.send(request).await?;
    serde_json::from_slice(&response.body).map_err(|e| Error::Unreadable { status: response.status, detail: e.to_string() })
}

#[component]
pub fn WorldMap(address: Memo<Address>, result: Load<SearchResult>, go: Callback<Address>) -> impl IntoView {
    load(outlines).view(move |outlines| {
        let Outlines { land, points } = outlines;
        let circles = move || {
            let counts = result.value.with(|r| r.as_ref().map(|r| r.facets.country.clone()).unwrap_or_default());
            let most = counts.iter().map(|c| c.count).max().unwrap_or(1).max(1) as f32;
            let circle = |value: String, count: u64| {
                let (x, y) = *points.get(&value)?;
                let radius = 4.0 + 14.0 * (count as f32 / most).sqrt();
                let name = format!("{}: {}", country_name(&value), tn(k::directory::FOUND, count));
                let chosen = address.with(|a| a.chosen[COUNTRY].contains(&value));
                // A button, not a link: an <a> made here would be HTML's, which SVG does not draw.
                let toggle = move || go.run(address.get_untracked().toggled(COUNTRY, &value));
                let toggle_by_key = toggle.clone();
                let by_key = move |ev: leptos::ev::KeyboardEvent| {
                    if matches!(ev.key().as_str(), "Enter" | " ") {
                        ev.prevent_default();
                        toggle_by_key();
                    }
                };
                Some(view! {
                    <circle class="map-count" class:chosen=chosen role="button" tabindex="0" aria-label=name aria-pressed=if chosen { "true" } else { "false" }
                        cx=x.to_string() cy=y.to_string() r=radius.to_string() on:click=move |_| toggle() on:keydown=by_key></circle>
                })
            };
            counts.into_iter().filter_map(|c| circle(c.value, c.count)).collect_view()
        };
        view! {
            <figure class="map"><svg viewBox="0 0 1000 400" role="group" aria-label=t(k::directory::MAP)><path class="map-land" d=land></path>{circles}</svg>
                <figcaption class="small quiet">{t(k::directory::MAP_TEXT)}</figcaption></figure>
        }
    })
}
