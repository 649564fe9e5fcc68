//! A fact as the reader sees it: what is stated, by whom, how well backed; or that nobody has stated it.

use crate::i18n::{code, date, k, t, tf};
use kazi_core::directory::{EvidenceGrade, Organisation, Provenance};
use leptos::prelude::*;

/// One line of a description list; `path` is the fact's in the organisation's provenance.
pub fn fact(organisation: &Organisation, label: &'static str, path: &str, value: Option<impl IntoView + 'static>) -> AnyView {
    let provenance = organisation.provenance.get(path).cloned();
    let shown = match value {
        Some(value) => {
            view! { <dd><div class="fact-value">{value}</div>{provenance.map(|p| view! { <Source provenance=p/> })}</dd> }.into_any()
        }
        None => view! { <dd class="quiet">{t(k::ui::NOT_STATED)}</dd> }.into_any(),
    };
    view! { <div class="fact"><dt>{label}</dt>{shown}</div> }.into_any()
}

pub fn tone(grade: EvidenceGrade) -> &'static str {
    match grade {
        EvidenceGrade::Listed => "quiet",
        EvidenceGrade::SelfDeclared => "warn",
        EvidenceGrade::Documented => "brand",
        EvidenceGrade::Audited => "good",
    }
}

/// The grade; opened, who said it, when and where.
#[component]
pub fn Source(provenance: Provenance) -> impl IntoView {
    let Provenance { by, at, source, grade } = provenance;
    let said = tf(k::directory::SAID_BY, &[("who", &code("said_by", by.as_str())), ("date", &date(&at.to_string()))]);
    view! {
        <details class="source">
            <summary><span class=format!("badge {}", tone(grade))>{code("grade", grade.as_str())}</span></summary>
            <p>{said}{source.map(|source| view! { " " {tf(k::directory::SOURCE, &[("source", &source)])} })}</p>
        </details>
    }
}

/// Codes as a line of names.
pub fn names<T: std::fmt::Display>(list: &str, codes: &[T]) -> Option<String> {
    let names: Vec<_> = codes.iter().map(|c| code(list, &c.to_string())).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
