//! A pillar opened: its metrics with weight and evidence, and each formula down to what was reported.

use crate::i18n::{code, k, money, number, percent, t};
use crate::metrics::{no_value, outcome_text};
use crate::standard::said;
use kazi_core::rating::MetricScore;
use kazi_core::standard::{MetricValue, Outcome, Period, Standard, Step};
use leptos::prelude::*;

#[component]
pub fn Tree(metrics: Vec<MetricScore>, standard: StoredValue<Standard>, own: bool) -> impl IntoView {
    let rows = metrics.into_iter().filter_map(|score| standard.with_value(|s| row(s, score, own))).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(k::rating::METRIC)><table>
            <thead><tr><th scope="col">{t(k::rating::METRIC)}</th><th scope="col">{t(k::rating::WEIGHT)}</th>
                {own.then(|| view! { <th scope="col">{t(k::rating::FIGURE)}</th><th scope="col">{t(k::rating::COUNTS)}</th> })}
                <th scope="col">{t(k::rating::EVIDENCE)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

fn row(standard: &Standard, score: MetricScore, own: bool) -> Option<impl IntoView + use<>> {
    let metric = standard.metric(&score.metric)?;
    let counts = match (score.counted, score.normalised) {
        (Some(0.0), Some(n)) if n > 0.0 => t(k::rating::HELD_BACK).to_owned(),
        (Some(counted), _) => percent(counted),
        (None, _) => t(k::rating::NO_FIGURE).to_owned(),
    };
    let grade = score.grade.map(|grade| code("reading_grade", grade.as_str())).unwrap_or_else(|| t(k::rating::NO_FIGURE).to_owned());
    let steps = score.step.filter(|_| own).map(|step| {
        let tree = steps(standard, &step);
        view! { <details><summary>{t(k::rating::STEPS)}</summary><ul>{tree}</ul></details> }
    });
    Some(view! {
        <tr><th scope="row">{said(&metric.name).to_owned()}{steps}</th><td>{percent(score.weight)}</td>
            {own.then(|| view! { <td>{outcome_text(metric, &score.outcome)}</td><td>{counts}</td> })}
            <td>{grade}</td></tr>
    })
}

/// A step with its parts below it; what looks up a metric leads to where that is entered.
fn steps(standard: &Standard, step: &Step) -> AnyView {
    let found = step.metric.as_ref().and_then(|code| standard.metric(code));
    let value = match (found, &step.outcome) {
        (Some(metric), outcome) => outcome_text(metric, outcome),
        (None, Outcome::Value(MetricValue::Number(n))) => number(*n),
        (None, Outcome::Value(MetricValue::Money(amount))) => money(*amount),
        (None, outcome) => no_value(outcome),
    };
    let name = match found {
        Some(metric) => view! { <a href=format!("/figures#{}", metric.code)>{said(&metric.name).to_owned()}</a> }.into_any(),
        None => view! { <code>{step.expression.clone()}</code> }.into_any(),
    };
    let before = (step.period == Some(Period::Previous)).then(|| format!(" ({})", t(k::rating::BEFORE_PERIOD)));
    let parts = step.steps.iter().map(|part| steps(standard, part)).collect_view();
    let parts = (!step.steps.is_empty()).then(|| view! { <ul>{parts}</ul> });
    view! { <li>{name}{before}" = "{value}{parts}</li> }.into_any()
}
