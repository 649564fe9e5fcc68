//! Whom the buyer was told of: providers that reached the need's threshold after it was set.

use crate::i18n::{date, k, number, t, tf};
use crate::session::kazi;
use crate::ui::pages;
use kazi_core::ids::NeedId;
use kazi_core::matching::NeedAlert;
use leptos::prelude::*;

#[component]
pub fn Alerts(need: NeedId, from_score: f64) -> impl IntoView {
    let list = pages(move |after| async move { kazi().needs().alerts(need, after.as_deref()).await });
    let rows = |all: Vec<NeedAlert>| {
        let row = |alert: NeedAlert| {
            let (score, at) = (number(alert.score.round()), date(&alert.created_at.to_string()));
            view! {
                <li class="line"><a href=format!("/providers/{}", alert.organisation.slug)>{alert.organisation.name}</a>
                    <span class="quiet">{tf(k::matching::ALERTED, &[("n", &score), ("date", &at)])}</span></li>
            }
        };
        view! { <ul class="lines">{all.into_iter().map(row).collect_view()}</ul> }
    };
    let threshold = number(from_score);
    let none = move || view! { <p class="quiet">{tf(k::matching::NO_ALERTS, &[("n", &threshold)])}</p> };
    view! { <section id="alerts"><h2>{t(k::matching::ALERTS)}</h2>{list.view(rows, none)}</section> }
}
