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

/// A fact as it stands in a profile, by its path, in words.
pub fn stated(path: &str, value: &serde_json::Value) -> String {
    use super::provider::{hours, price, skill};
    let field = path.rsplit('/').next().unwrap_or(path);
    let read = value.clone();
    let text = match field {
        "price_per_hour" => serde_json::from_value(read).ok().map(price),
        "hours" => serde_json::from_value(read).ok().map(|h| hours(&h)),
        "languages" => value.as_array().map(|list| {
            let one = |v: &serde_json::Value| match v.as_str() {
                Some(tag) => Some(crate::i18n::language_name(tag)),
                None => serde_json::from_value(v.clone()).ok().map(|l| skill(&l)),
            };
            list.iter().filter_map(one).collect::<Vec<_>>().join(", ")
        }),
        "impact_share" => value.as_f64().map(crate::i18n::percent),
        "available_from" | "expires_on" => value.as_str().map(date),
        "service_line" => value.as_str().map(|c| code("service_line", c)),
        "kind" => value.as_str().map(|c| code("certificate", c)),
        "target_groups" => {
            value.as_array().map(|l| l.iter().filter_map(|v| v.as_str()).map(|c| code("target_group", c)).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    text.unwrap_or_else(|| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
        serde_json::Value::Number(n) => n.as_f64().map(crate::i18n::number).unwrap_or_default(),
        other => other.to_string(),
    })
}
