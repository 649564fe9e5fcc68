//! The standard, as everybody may read it: each metric with its definition, formula and weight.

mod words;

pub use words::{said, scaled, value_text};

use crate::i18n::{code, date, k, number, t, tf, tn};
use crate::session::kazi;
use crate::ui::{Badge, Page, load};
use kazi_core::standard::{Change, Metric, Pillar, ReadingGrade, Standard};
use leptos::prelude::*;

#[component]
pub fn StandardPage() -> impl IntoView {
    load(|| async { kazi().standards().current().await }).view(|standard| view! { <Whole standard/> })
}

#[component]
fn Whole(standard: Standard) -> impl IntoView {
    let lead = tf(k::standard::LEAD, &[("version", &standard.version.to_string()), ("date", &date(&standard.adopted.to_string()))]);
    let holds = ReadingGrade::ALL.iter().filter_map(|grade| {
        let months = standard.decay.months(*grade)?;
        let text = tn(k::standard::DECAY_MONTHS, u64::from(months)).replace("{grade}", &code("reading_grade", grade.as_str()));
        Some(view! { <li>{text}</li> })
    });
    let holds = holds.collect_view();
    let pillars = Pillar::ALL.iter().map(|pillar| view! { <OfPillar standard=standard.clone() pillar=*pillar/> }).collect_view();
    view! {
        <Page title=t(k::standard::TITLE) lead=lead>
            {(standard.version == 1).then(|| view! { <p class="notice">{t(k::standard::PROPOSAL)}</p> })}
            {pillars}
            <section><h2>{t(k::standard::DECAY)}</h2><ul>{holds}</ul><p class="quiet">{said(&standard.decay_rationale).to_owned()}</p></section>
        </Page>
    }
}

#[component]
fn OfPillar(standard: Standard, pillar: Pillar) -> impl IntoView {
    let metrics: Vec<Metric> = standard.of_pillar(pillar).filter(|m| m.change != Change::Retired).cloned().collect();
    let count = tn(k::standard::N_METRICS, metrics.len() as u64);
    let all: u32 = metrics.iter().filter_map(|m| m.scoring.as_ref()).map(|s| u32::from(s.weight)).sum();
    view! {
        <section id=pillar.to_string()><h2>{code("pillar", pillar.as_str())}</h2><p class="quiet">{count}</p>
            <ul class="mails">{metrics.into_iter().map(|metric| view! { <One metric all/> }).collect_view()}</ul></section>
    }
}

#[component]
fn One(metric: Metric, all: u32) -> impl IntoView {
    let by = metric.by.iter().map(|by| code("dimension", by.as_str())).collect::<Vec<_>>().join(", ");
    let crosswalk = metric.crosswalk.iter().map(|c| {
        let name = format!("{} {}", code("catalogue", c.catalogue.as_str()), c.id);
        let how = code("match_type", c.match_type.as_str());
        let link = match c.address() {
            Some(address) => view! { <a href=address rel="external">{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! { <li>{link}" ("{how}")"</li> }
    });
    let crosswalk = crosswalk.collect_view();
    let scoring = match &metric.scoring {
        None => t(k::standard::NOT_SCORED).to_owned(),
        Some(scoring) => {
            let weight = tf(k::standard::WEIGHT, &[("n", &number(f64::from(scoring.weight))), ("of", &number(f64::from(all)))]);
            let range = match scoring.thresholds {
                None => t(k::standard::YES_COUNTS).to_owned(),
                Some(t) => tf(k::standard::THRESHOLDS, &[("floor", &scaled(&metric, t.floor)), ("target", &scaled(&metric, t.target))]),
            };
            format!("{weight}; {range}. {}", said(&scoring.rationale))
        }
    };
    view! {
        <li class="mail" id=metric.code.to_string()>
            <h3>{said(&metric.name).to_owned()}</h3>
            <ul class="badges">
                <li><Badge text=code("metric_tier", metric.tier.as_str())/></li>
                <li>{code("metric_kind", metric.kind.as_str())}</li>
                <li>{code("metric_timing", metric.timing.as_str())}</li>
                <li class="quiet small"><code>{metric.code.to_string()}</code></li>
            </ul>
            <p>{said(&metric.definition).to_owned()}</p>
            {metric.formula.as_ref().map(|formula| view! { <p>{t(k::standard::FORMULA)}": "<code>{formula.to_string()}</code></p> })}
            <details class="more-form"><summary>{t(k::standard::USAGE)}</summary>
                <p>{said(&metric.usage).to_owned()}</p>
                <dl class="facts">
                    <div><dt>{t(k::standard::SCORING)}</dt><dd>{scoring}</dd></div>
                    {(!by.is_empty()).then(|| view! { <div><dt>{t(k::standard::BY)}</dt><dd>{by}</dd></div> })}
                    {(!metric.crosswalk.is_empty()).then(|| view! { <div><dt>{t(k::standard::CROSSWALK)}</dt><dd><ul>{crosswalk}</ul></dd></div> })}
                </dl>
            </details>
        </li>
    }
}
