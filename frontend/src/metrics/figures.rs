//! All metrics of a period, pillar by pillar: what is given, what is missing, what follows.

use super::file::ByFile;
use super::form::Entry;
use super::history::History;
use super::{answer_text, last_quarter, last_quarters, outcome_text};
use crate::account::acting;
use crate::i18n::{code, code_with, date, k, number, t, tf};
use crate::session::{kazi, session};
use crate::standard::{said, value_text};
use crate::ui::{Badge, Load, Page, SelectField, load};
use kazi_core::identity::Membership;
use kazi_core::metrics::{Doubtful, FigureRow, FigureSheet, ReportingPeriod};
use kazi_core::standard::{Metric, Outcome, Pillar, Standard};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

#[component]
pub fn FiguresPage() -> impl IntoView {
    acting(|organisation| view! { <Figures organisation/> })
}

#[component]
fn Figures(organisation: Membership) -> impl IntoView {
    let id = organisation.organisation;
    let (query, navigate) = (use_query_map(), use_navigate());
    let asked = query.with_untracked(|q| q.get("period").and_then(|p| p.parse::<ReportingPeriod>().ok())).or_else(last_quarter);
    let chosen = RwSignal::new(asked.map(|p| p.to_string()).unwrap_or_default());
    // The address says which period is shown, so that it can be sent to a colleague.
    Effect::new(move |before: Option<String>| {
        let period = chosen.get();
        if before.as_ref().is_some_and(|before| *before != period) {
            navigate(&format!("/figures?period={period}"), NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
        period
    });
    let standard = load(|| async { kazi().standards().current().await });
    let sheet = load(move || {
        let period = chosen.get().parse::<ReportingPeriod>();
        async move {
            let period = period.map_err(|why| kazi_client::Error::Network(kazi_client::Network(why.to_string())))?;
            kazi().readings().figures(id, period, None).await
        }
    });
    let rating = view! { <a class="button" href=format!("/organisations/{id}/rating")>{t(k::metrics::SEE_RATING)}</a> }.into_any();
    view! {
        <Page title=tf(k::metrics::TITLE, &[("name", &organisation.name)]) lead=t(k::metrics::LEAD) actions=rating>
            <div class="form"><SelectField label=t(k::metrics::PERIOD) hint=t(k::metrics::PERIOD_HINT) value=chosen choices=periods(asked)/></div>
            {move || chosen.get().parse::<ReportingPeriod>().ok().filter(|_| session().may_edit(id)).map(|period| view! { <ByFile organisation=id period sheet/> })}
            {standard.view(move |standard| view! { <Sheets standard sheet/> })}
        </Page>
    }
}

/// The quarters and years that are over, newest first; and what the address asks for.
fn periods(asked: Option<ReportingPeriod>) -> Vec<(String, String)> {
    let quarters = last_quarters();
    let mut all = quarters.clone();
    all.extend(quarters.iter().filter(|q| q.last_day() == q.whole_year().last_day()).map(|q| q.whole_year()));
    all.extend(asked.filter(|asked| !all.contains(asked)));
    all.into_iter().map(|period| (period.to_string(), period.to_string())).collect()
}

#[component]
fn Sheets(standard: Standard, sheet: Load<FigureSheet>) -> impl IntoView {
    let standard = StoredValue::new(standard);
    sheet.view(move |found| {
        let pillars = Pillar::ALL.iter().map(|pillar| standard.with_value(|s| of_pillar(s, *pillar, &found, sheet))).collect_view();
        view! {
            <p class="quiet">{due(&found)}</p>
            {pillars}
        }
    })
}

/// Until when the figures are expected, and whether some that are missing are late.
fn due(found: &FigureSheet) -> String {
    let day = found.due_on.to_string();
    let now: String = js_sys::Date::new_0().to_iso_string().into();
    let late = day.as_str() < now.get(..10).unwrap_or_default();
    let missing = found.rows.iter().filter(|row| row.step.is_none() && row.outcome == Outcome::Unknown && row.reading.is_none()).count();
    match (late, missing) {
        (true, 1..) => tf(k::metrics::LATE_SINCE, &[("date", &date(&day)), ("n", &number(missing as f64))]),
        _ => tf(k::metrics::DUE_BY, &[("date", &date(&day))]),
    }
}

fn of_pillar(standard: &Standard, pillar: Pillar, found: &FigureSheet, sheet: Load<FigureSheet>) -> impl IntoView + use<> {
    let rows: Vec<(Metric, FigureRow)> = found
        .rows
        .iter()
        .filter_map(|row| Some((standard.metric(&row.metric).filter(|m| m.pillar == pillar)?.clone(), row.clone())))
        .collect();
    let asked = rows.iter().filter(|(metric, _)| metric.is_reported()).count();
    let given = rows.iter().filter(|(_, row)| row.reading.is_some()).count();
    let says = tf(k::metrics::GIVEN_OF, &[("n", &number(given as f64)), ("of", &number(asked as f64))]);
    let (organisation, period) = (found.organisation, found.period);
    let rows = rows.into_iter().map(|(metric, row)| view! { <Row metric row organisation period sheet/> }).collect_view();
    view! { <section><h2>{code("pillar", pillar.as_str())}</h2><p class="quiet">{says}</p><ul class="mails">{rows}</ul></section> }
}

#[component]
fn Row(
    metric: Metric,
    row: FigureRow,
    organisation: kazi_core::ids::OrganisationId,
    period: ReportingPeriod,
    sheet: Load<FigureSheet>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let reported = metric.is_reported();
    let editable = reported && session().may_edit(organisation);
    let shown = match (&row.reading, &row.outcome) {
        (None, Outcome::Unknown) if reported => t(k::metrics::NOT_GIVEN).to_owned(),
        (_, outcome) => outcome_text(&metric, outcome),
    };
    let quiet = row.outcome.value().is_none();
    let how = match (&row.step, row.from_quarters) {
        (Some(step), _) => Some(format!("{}: {}", t(k::metrics::WORKED_OUT), step.expression)),
        (None, true) => Some(t(k::metrics::FROM_QUARTERS).to_owned()),
        (None, false) => None,
    };
    let before = row.before.as_ref().map(|before| {
        let values = [("period", before.figure.period.to_string()), ("value", answer_text(&metric, &before.stated.answer))];
        tf(k::metrics::BEFORE, &[(values[0].0, &values[0].1), (values[1].0, &values[1].1)])
    });
    let doubts = (!row.doubts.is_empty()).then(|| doubts(&metric, &row.doubts));
    let reading = row.reading.clone();
    let grade = row.grade.map(|grade| view! { <li><Badge text=code("reading_grade", grade.as_str())/></li> });
    let seen = reading.as_ref().map(|r| tf(k::metrics::SEES, &[("audience", &code("audience", r.stated.audience.as_str()))]));
    let confirmed =
        reading.as_ref().and_then(|r| r.confirmed_by.clone()).map(|source| tf(k::metrics::CONFIRMED_BY, &[("source", &source)]));
    let name = said(&metric.name).to_owned();
    let open = if reading.is_some() { k::metrics::CORRECT } else { k::metrics::ENTER };
    let label = format!("{}: {name}", t(open));
    let history = reading.as_ref().filter(|r| r.version > 1).map(|r| view! { <History metric=metric.clone() reading=r.id/> });
    let (for_form, for_row) = (StoredValue::new((metric.clone(), row.clone())), metric.code.to_string());
    view! {
        <li class="mail figure-row" id=for_row>
            <h3>{name}</h3>
            <p class="figure" class:quiet=quiet>{shown}</p>
            <ul class="badges">
                {grade}
                {seen.map(|seen| view! { <li class="quiet small">{seen}</li> })}
                {before.map(|before| view! { <li class="quiet small">{before}</li> })}
                {how.map(|how| view! { <li class="quiet small">{how}</li> })}
            </ul>
            {confirmed.map(|confirmed| view! { <p class="small">{confirmed}</p> })}
            {doubts}
            {history}
            {editable.then(|| view! {
                <p class="actions"><button type="button" class="button small" aria-label=label aria-expanded=move || if editing.get() { "true" } else { "false" }
                    on:click=move |_| editing.update(|e| *e = !*e)>{t(open)}</button></p>
            })}
            {move || editing.get().then(|| {
                let (metric, row) = for_form.get_value();
                view! { <Entry metric row organisation period sheet editing/> }
            })}
        </li>
    }
}

/// What a reading is asked about.
fn doubts(metric: &Metric, list: &[Doubtful]) -> impl IntoView + use<> {
    let says = |d: &Doubtful| {
        let (value, period) = (value_text(metric, &d.value), d.against.period.to_string());
        code_with("doubt", d.doubt.as_str(), &[("value", &value), ("period", &period)])
    };
    let list = list.iter().map(|d| view! { <li>{says(d)}</li> }).collect_view();
    let what_to_do = tf(k::metrics::DOUBTS_TEXT, &[("method", t(k::metrics::METHOD))]);
    view! { <div class="notice warn"><h4>{t(k::metrics::DOUBTS)}</h4><ul>{list}</ul><p class="small">{what_to_do}</p></div> }
}
