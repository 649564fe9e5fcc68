//! One place of the ranking: who, the score and its ceiling, the bar, and on opening every reason.

use super::lifts::Lifts;
use super::state::{COMPARED, Match};
use crate::charts::StackedBar;
use crate::directory::{Source, stated};
use crate::i18n::{k, number, percent, t, tf};
use crate::matching::words;
use kazi_core::ids::OrganisationId;
use kazi_core::matching::{Criterion, Part, Place};
use leptos::prelude::*;

#[component]
pub fn Entry(state: Match, at: usize, place: Place) -> impl IntoView {
    let id = state.organisation(place);
    let parts = state.parts(place.row);
    let unknown: Vec<Criterion> = parts.iter().filter(|p| p.value.is_none()).map(|p| p.criterion).collect();
    let ceiling = words::ceiling(place.score, place.ceiling, &unknown);
    let segments =
        parts.iter().map(|p| (format!("{}: {}", words::criterion(p.criterion), words::points(p.contribution)), p.contribution)).collect();
    let unconfirmed: Vec<_> = state.unconfirmed(id).into_iter().map(words::constraint).collect();
    let opened = RwSignal::new(false);
    let reasons = move || opened.get().then(|| view! { <Reasons parts=parts.clone()/><Lifts state id/> });
    view! {
        <li class="card entry" data-organisation=id.to_string()>
            <div class="entry-head">
                <span class="rank number" aria-hidden="true">{at + 1}</span>
                <h3><OrganisationLink state id/></h3>
                <p class="score"><strong class="number">{number(f64::from(place.score.round()))}</strong><span class="hidden">{t(k::matching::POINTS)}</span></p>
            </div>
            {ceiling.map(|text| view! { <p class="quiet small">{text}</p> })}
            <StackedBar segments ceiling=place.ceiling/>
            {(!unconfirmed.is_empty()).then(|| view! { <p class="small">{tf(k::matching::UNCONFIRMED, &[("what", &words::and(&unconfirmed))])}</p> })}
            <div class="entry-foot">
                <details on:toggle:target=move |ev| opened.set(ev.target().has_attribute("open"))>
                    <summary>{t(k::matching::WHY)}</summary>{reasons}
                </details>
                <Choose state id/>
            </div>
        </li>
    }
}

/// The name as a link to the provider's page.
#[component]
pub fn OrganisationLink(state: Match, id: OrganisationId) -> impl IntoView {
    match state.name(id) {
        Some(o) => view! { <a href=format!("/providers/{}", o.slug)>{o.name}</a> }.into_any(),
        None => id.to_string().into_any(),
    }
}

#[component]
fn Choose(state: Match, id: OrganisationId) -> impl IntoView {
    let mine = move || state.chosen.with(|all| all.contains(&id));
    let full = move || !mine() && state.chosen.with(Vec::len) >= COMPARED;
    let field = format!("choose-{id}");
    view! {
        <div class="tick choose">
            <input id=field.clone() type="checkbox" prop:checked=mine disabled=full on:change=move |_| state.toggle(id)/>
            <label for=field>{t(k::matching::SHORTLIST)}</label>
        </div>
    }
}

/// Every criterion: value, weight, points, and the fact that it comes from.
#[component]
pub fn Reasons(parts: Vec<Part>) -> impl IntoView {
    let sum: f32 = parts.iter().map(|p| p.contribution).sum();
    let rows = parts.into_iter().map(row).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(k::matching::REASONS)><table class="reasons">
            <caption class="hidden">{t(k::matching::REASONS)}</caption>
            <thead><tr><th scope="col">{t(k::matching::CRITERION)}</th><th scope="col">{t(k::matching::VALUE)}</th><th scope="col">{t(k::matching::WEIGHT)}</th>
                <th scope="col">{t(k::matching::POINTS)}</th><th scope="col">{t(k::matching::FACT)}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row" colspan="3">{t(k::matching::SUM)}</th><td class="number">{words::points(sum)}</td><td></td></tr></tfoot>
        </table></div>
    }
}

fn row(part: Part) -> impl IntoView {
    let value = part.value.map_or_else(|| words::unknown(part.unknown), |v| percent(f64::from(v)));
    let facts = part
        .facts
        .into_iter()
        .map(|f| view! { <div class="fact-value">{stated(&f.path, &f.stated)}" "{f.provenance.map(|provenance| view! { <Source provenance/> })}</div> })
        .collect_view();
    view! {
        <tr><th scope="row">{words::criterion(part.criterion)}</th><td class="number" class:quiet=part.value.is_none()>{value}</td>
            <td class="number">{percent(f64::from(part.weight))}</td><td class="number">{words::points(part.contribution)}</td><td>{facts}</td></tr>
    }
}
