//! Two to six providers side by side on the same metrics and year; the address names them, so that it can be sent on.

use super::{last_quarter, last_quarters, outcome_text};
use crate::i18n::{code, date, k, number, t, tf};
use crate::session::{kazi, session};
use crate::standard::said;
use crate::ui::{EmptyState, Page, SelectField, load};
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{ComparedFigure, FigureComparison, ReportingPeriod};
use kazi_core::standard::{Metric, Pillar, Standard};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ComparisonPage() -> impl IntoView {
    let query = use_query_map();
    let ids: Vec<OrganisationId> =
        query.with_untracked(|q| q.get("organisations").unwrap_or_default().split(',').filter_map(|id| id.parse().ok()).collect());
    if ids.len() < 2 {
        return view! {
            <Page title=t(k::metrics::COMPARE_TITLE)>
                <EmptyState title=t(k::metrics::COMPARE_NONE) text=t(k::metrics::COMPARE_NONE_TEXT)>
                    <a class="button primary" href="/needs">{t(k::shell::NAV_NEEDS)}</a>
                </EmptyState>
            </Page>
        }
        .into_any();
    }
    let asked = query.with_untracked(|q| q.get("year_to").and_then(|p| p.parse::<ReportingPeriod>().ok())).or_else(last_quarter);
    let chosen = RwSignal::new(asked.map(|p| p.to_string()).unwrap_or_default());
    let standard = load(|| async { kazi().standards().current().await });
    let found = load(move || {
        let (ids, year_to) = (ids.clone(), chosen.get().parse().ok());
        // What is shown to partners needs the visitor's token, which comes first.
        let _ = session().visitor.get();
        async move { kazi().readings().compare(&ids, year_to).await }
    });
    let quarters: Vec<(String, String)> = last_quarters().iter().map(|q| (q.to_string(), q.to_string())).collect();
    let lead = move || tf(k::metrics::COMPARE_LEAD, &[("quarter", &chosen.get())]);
    view! {
        <Page title=t(k::metrics::COMPARE_TITLE) wide=true>
            <p class="lead">{lead}</p>
            <div class="form"><SelectField label=t(k::metrics::COMPARE_YEAR_TO) value=chosen choices=quarters/></div>
            {standard.view(move |standard| {
                let standard = StoredValue::new(standard);
                found.view(move |comparison| standard.with_value(|standard| tables(standard, &comparison)))
            })}
        </Page>
    }
    .into_any()
}

/// A table a pillar: a row a metric, a column a provider.
fn tables(standard: &Standard, comparison: &FigureComparison) -> impl IntoView + use<> {
    let heads = || {
        let head = |p: &kazi_core::metrics::FigureColumn| {
            let known = p.figures.iter().filter(|f| f.outcome.value().is_some()).count();
            let says = tf(k::metrics::COMPARE_KNOWN, &[("n", &number(known as f64)), ("of", &number(p.figures.len() as f64))]);
            view! { <th scope="col"><a href=format!("/providers/{}", p.slug)>{p.name.clone()}</a><br/><span class="quiet small">{says}</span></th> }
        };
        comparison.providers.iter().map(head).collect_view()
    };
    let table = |pillar: &Pillar| {
        let rows = standard.of_pillar(*pillar).filter(|m| m.change != kazi_core::standard::Change::Retired).map(|metric| {
            let cell = |p: &kazi_core::metrics::FigureColumn| figure(metric, p.figures.iter().find(|f| f.metric == metric.code));
            let cells = comparison.providers.iter().map(cell).collect_view();
            view! { <tr><th scope="row">{said(&metric.name).to_owned()}</th>{cells}</tr> }
        });
        let (rows, name) = (rows.collect_view(), code("pillar", pillar.as_str()));
        view! {
            <section><h2>{name.clone()}</h2><div class="scroll" tabindex="0" role="region" aria-label=name>
                <table class="compare"><thead><tr><th scope="col">{t(k::metrics::METRIC)}</th>{heads()}</tr></thead><tbody>{rows}</tbody></table>
            </div></section>
        }
    };
    Pillar::ALL.iter().map(table).collect_view()
}

fn figure(metric: &Metric, figure: Option<&ComparedFigure>) -> impl IntoView + use<> {
    let Some(figure) = figure.filter(|f| f.outcome != kazi_core::standard::Outcome::Unknown) else {
        return view! { <td class="quiet">{t(k::metrics::MISSING)}</td> }.into_any();
    };
    let backed = figure.grade.map(|grade| {
        let grade = code("reading_grade", grade.as_str());
        let says = match figure.graded_on {
            Some(day) => tf(k::metrics::COMPARE_DATED, &[("grade", &grade), ("date", &date(&day.to_string()))]),
            None => grade,
        };
        view! { <br/><span class="quiet small">{says}</span> }
    });
    view! { <td>{outcome_text(metric, &figure.outcome)}{backed}</td> }.into_any()
}
