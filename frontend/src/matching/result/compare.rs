//! The shortlist: up to four side by side, and the way to write to them.

use super::entry::OrganisationLink;
use super::state::Match;
use crate::i18n::{k, number, percent, t, tf, tn};
use crate::matching::words;
use crate::ui::Dialog;
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

#[component]
pub fn Compare(state: Match) -> impl IntoView {
    let open = RwSignal::new(false);
    let count = move || state.chosen.with(Vec::len);
    let write = move || {
        let to: Vec<_> = state.chosen.get().iter().map(ToString::to_string).collect();
        format!("/inquiries/new?need={}&to={}", state.need_id(), to.join(","))
    };
    view! {
        {move || (count() > 0).then(|| view! {
            <div class="shortlist" role="region" aria-label=t(k::matching::SHORTLISTED)>
                <span>{tn(k::matching::CHOSEN, count() as u64)}</span>
                <span class="actions">
                    <button type="button" class="button small" on:click=move |_| open.set(true)>{t(k::matching::COMPARE)}</button>
                    <a class="button small primary" href=write>{t(k::matching::WRITE)}</a>
                </span>
            </div>
        })}
        <Dialog title=t(k::matching::COMPARE_TITLE) open>
            <div class="scroll" tabindex="0" role="region" aria-label=t(k::matching::COMPARE_TITLE)><Table state/></div>
        </Dialog>
    }
}

#[component]
fn Table(state: Match) -> impl IntoView {
    let chosen: Vec<(OrganisationId, usize)> =
        state.chosen.get_untracked().into_iter().filter_map(|id| Some((id, state.row_of(id)?))).collect();
    let heads = chosen.iter().map(|(id, _)| view! { <th scope="col"><OrganisationLink state id=*id/></th> }).collect_view();
    let all: Vec<_> = chosen.iter().map(|(_, row)| state.parts(*row)).collect();
    let scores = all.iter().map(|parts| view! { <td class="number"><strong>{number(f64::from(parts.iter().map(|p| p.contribution).sum::<f32>().round()))}</strong></td> }).collect_view();
    let rows = state
        .asked()
        .into_iter()
        .enumerate()
        .map(|(at, criterion)| {
            let cells = all
                .iter()
                .map(|parts| {
                    let part = &parts[at];
                    let value = part.value.map_or_else(|| words::unknown(part.unknown), |v| percent(f64::from(v)));
                    let points = tf(k::matching::POINTS_N, &[("n", &words::points(part.contribution))]);
                    view! { <td class="number">{value}<br/><span class="quiet small">{points}</span></td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{words::criterion(criterion)}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="compare"><thead><tr><td></td>{heads}</tr></thead>
            <tbody><tr><th scope="row">{t(k::matching::SCORE)}</th>{scores}</tr>{rows}</tbody></table>
    }
}
