//! What a reading said before, asked for when it is opened.

use super::answer_text;
use crate::i18n::{date, k, t, tf};
use crate::session::kazi;
use crate::ui::load;
use kazi_core::ids::ReadingId;
use kazi_core::standard::Metric;
use leptos::prelude::*;

#[component]
pub fn History(metric: Metric, reading: ReadingId) -> impl IntoView {
    let open = RwSignal::new(false);
    let metric = StoredValue::new(metric);
    let list = move || {
        open.get().then(|| {
            load(move || async move { kazi().readings().revisions(reading).await }).view(move |revisions| {
                let lines = revisions.into_iter().map(|revision| {
                    let value = metric.with_value(|metric| answer_text(metric, &revision.stated.answer));
                    let says = tf(k::metrics::REVISION, &[("date", &date(&revision.at.to_string())), ("value", &value)]);
                    view! { <li>{says}{revision.reason.map(|reason| view! { <br/><span class="quiet small">{reason}</span> })}</li> }
                });
                view! { <ul>{lines.collect_view()}</ul> }
            })
        })
    };
    view! {
        <details class="more-form" on:toggle:target=move |_| if !open.get_untracked() { open.set(true) }><summary>{t(k::metrics::HISTORY)}</summary>{list}</details>
    }
}
