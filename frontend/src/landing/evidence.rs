//! What studies of impact sourcing found, each with its source and year, and with what it does not show.

use crate::i18n::{Key, k, t};
use leptos::prelude::*;

struct Finding {
    figure: Key,
    what: Key,
    source: &'static str,
    href: &'static str,
}

const EVEREST: &str = "https://fdocuments.net/document/the-case-for-impact-sourcing.html";
const FINDINGS: [Finding; 3] = [
    Finding { figure: k::landing::FOUND_ATTRITION, what: k::landing::FOUND_ATTRITION_TEXT, source: "Everest Group, 2014", href: EVEREST },
    Finding { figure: k::landing::FOUND_INCOME, what: k::landing::FOUND_INCOME_TEXT, source: "Everest Group, 2014", href: EVEREST },
    Finding {
        figure: k::landing::FOUND_COST,
        what: k::landing::FOUND_COST_TEXT,
        source: "Rockefeller Foundation",
        href: "https://www.rockefellerfoundation.org/insights/perspective/why-impact-sourcing-good-businesses/",
    },
];

#[component]
pub fn Evidence() -> impl IntoView {
    let list = FINDINGS
        .map(|f| {
            view! {
                <li class="card finding"><p class="figure">{t(f.figure)}</p><p>{t(f.what)}</p>
                    <p class="small">{t(k::landing::SOURCE)}" "<a href=f.href rel="external noopener">{f.source}</a></p></li>
            }
        })
        .into_iter()
        .collect_view();
    view! { <section><h2>{t(k::landing::EVIDENCE)}</h2><p>{t(k::landing::EVIDENCE_TEXT)}</p><ul class="cards">{list}</ul></section> }
}
