//! One place of the ranking: who, the score and its ceiling, the bar, and on opening every reason.

use super::lifts::Lifts;
use super::state::Match;
use crate::charts::StackedBar;
use crate::directory::{Source, stated};
use crate::i18n::{k, number, percent, t, tf};
use crate::matching::words;
use crate::session::kazi;
use crate::ui::{ErrorState, load};
use kazi_core::ids::OrganisationId;
use kazi_core::matching::{Criterion, Part};
use leptos::prelude::*;

/// Stays the same element while it moves up and down, so that what is open stays open. Under other weights another of
/// the provider's offers can be its best.
#[component]
pub fn Entry(state: Match, id: OrganisationId) -> impl IntoView {
    let place = Memo::new(move |_| state.place(id));
    let row = Memo::new(move |_| place.get().map(|(_, p)| p.row));
    let parts = Memo::new(move |_| row.get().map(|row| state.parts(row)).unwrap_or_default());
    let unconfirmed = move || {
        let open: Vec<_> = row.get().map(|row| state.unconfirmed(row)).unwrap_or_default().into_iter().map(words::constraint).collect();
        (!open.is_empty()).then(|| view! { <p class="small">{tf(k::matching::UNCONFIRMED, &[("what", &words::and(&open))])}</p> })
    };
    let opened = RwSignal::new(false);
    let rank = move || place.get().map(|(at, _)| number((at + 1) as f64));
    let score = move || place.get().map(|(_, p)| number(f64::from(p.score.round())));
    let ceiling = move || {
        let (_, place) = place.get()?;
        let unknown: Vec<Criterion> = parts.with(|all| all.iter().filter(|p| p.value.is_none()).map(|p| p.criterion).collect());
        words::ceiling(place.score, place.ceiling, &unknown).map(|text| view! { <p class="quiet small">{text}</p> })
    };
    let bar = move || {
        let segments = parts.with(|all| all.iter().map(|p| p.contribution).collect());
        view! { <StackedBar segments ceiling=place.get().map_or(0.0, |(_, p)| p.ceiling)/> }
    };
    view! {
        <li class="card entry" data-organisation=id.to_string()>
            <div class="entry-head">
                <span class="rank number" aria-hidden="true">{rank}</span>
                <h3><OrganisationLink state id/></h3>
                <p class="score"><strong class="number">{score}</strong>" "<span class="hidden">{t(k::matching::POINTS)}</span></p>
            </div>
            {ceiling}
            {bar}
            {unconfirmed}
            <div class="entry-foot">
                <details on:toggle:target=move |ev| opened.set(ev.target().has_attribute("open"))>
                    <summary>{t(k::matching::WHY)}</summary>
                    {move || opened.get().then(|| view! { <Why state id row parts/><Lifts state id/> })}
                </details>
                <Choose state id/>
            </div>
        </li>
    }
}

/// The reasons; the facts behind them are asked for when somebody wants to know and they did not come with the ranking.
#[component]
fn Why(state: Match, id: OrganisationId, row: Memo<Option<usize>>, parts: Memo<Vec<Part>>) -> impl IntoView {
    move || match row.get() {
        Some(row) if !state.has_facts(row) => view! { <Fetched state id parts/> }.into_any(),
        _ => view! { {move || view! { <Reasons parts=parts.get()/> }} }.into_any(),
    }
}

#[component]
fn Fetched(state: Match, id: OrganisationId, parts: Memo<Vec<Part>>) -> impl IntoView {
    let (need, weights) = (state.need_id(), state.weights.get_untracked());
    let detail = load(move || async move { kazi().needs().explain(need, id, Some(&weights)).await });
    move || {
        let mut parts = parts.get();
        let known = detail.value.with(|d| d.as_ref().and_then(|d| d.ranked.as_ref()).map(|r| r.parts.clone())).unwrap_or_default();
        for part in &mut parts {
            if let Some(with_facts) = known.iter().find(|p| p.criterion == part.criterion) {
                part.facts = with_facts.facts.clone();
            }
        }
        let failed = detail.failure.get().map(|error| view! { <ErrorState error retry=move || detail.reload()/> });
        view! { <Reasons parts/>{failed} }
    }
}

/// The name as a link to the provider's page.
#[component]
pub fn OrganisationLink(state: Match, id: OrganisationId) -> impl IntoView {
    move || match state.name(id) {
        Some(o) => view! { <a href=format!("/providers/{}", o.slug)>{o.name}</a> }.into_any(),
        None => id.to_string().into_any(),
    }
}

/// On the shortlist, or not.
#[component]
pub fn Choose(state: Match, id: OrganisationId) -> impl IntoView {
    let mine = move || state.shortlist.has(id);
    let field = format!("choose-{id}");
    view! {
        <div class="tick choose">
            <input id=field.clone() type="checkbox" prop:checked=mine on:change=move |_| state.shortlist.toggle(id)/>
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
