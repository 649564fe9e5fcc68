//! Up to four of the shortlist side by side, as the server explains each under the weights in force.

use super::entry::OrganisationLink;
use super::state::Match;
use crate::i18n::{k, number, percent, t, tf};
use crate::matching::words;
use crate::session::kazi;
use crate::ui::load;
use kazi_core::matching::{MatchDetail, NearMiss, Ranked, Shortfall};
use leptos::prelude::*;

/// One column: its reasons, and what it fails.
fn column(detail: MatchDetail) -> Option<(Ranked, Vec<Shortfall>)> {
    match (detail.ranked, detail.near_miss) {
        (Some(ranked), _) => Some((ranked, vec![])),
        (None, Some(NearMiss { shortfalls, candidate })) => Some((candidate, shortfalls)),
        (None, None) => None,
    }
}

#[component]
pub fn Table(state: Match) -> impl IntoView {
    let (need, ids, weights) = (state.need_id(), state.shortlist.compared.get_untracked(), state.weights.get_untracked());
    let details = load(move || {
        let ids = ids.clone();
        async move {
            let kazi = kazi();
            let asked = ids.iter().map(|id| {
                let kazi = &kazi;
                async move { kazi.needs().explain(need, *id, Some(&weights)).await }
            });
            futures_util::future::join_all(asked).await.into_iter().collect::<Result<Vec<_>, _>>()
        }
    });
    details.view(move |details| {
        let columns = details.into_iter().filter_map(column).collect();
        view! { <Columns state columns/> }
    })
}

#[component]
fn Columns(state: Match, columns: Vec<(Ranked, Vec<Shortfall>)>) -> impl IntoView {
    let currency = state.currency();
    let heads = columns.iter().map(|(r, _)| view! { <th scope="col"><OrganisationLink state id=r.organisation/></th> }).collect_view();
    let scores =
        columns.iter().map(|(r, _)| view! { <td class="number"><strong>{number(f64::from(r.score.round()))}</strong></td> }).collect_view();
    let rows = state
        .asked()
        .into_iter()
        .map(|criterion| {
            let cells = columns
                .iter()
                .map(|(r, _)| {
                    let part = r.parts.iter().find(|p| p.criterion == criterion);
                    let unknown = || words::unknown(part.and_then(|p| p.unknown));
                    let value = part.and_then(|p| p.value).map_or_else(unknown, |v| percent(f64::from(v)));
                    let points = tf(k::matching::POINTS_N, &[("n", &words::points(part.map_or(0.0, |p| p.contribution)))]);
                    view! { <td class="number">{value}<br/><span class="quiet small">{points}</span></td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{words::criterion(criterion)}</th>{cells}</tr> }
        })
        .collect_view();
    let some = |any: bool, name: &'static str, cells: Vec<Vec<String>>| {
        any.then(|| {
            let cells = cells.into_iter().map(|all| view! { <td>{words::and(&all)}</td> }).collect_view();
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
    };
    let lacks = some(
        columns.iter().any(|(_, fails)| !fails.is_empty()),
        t(k::matching::LACKING),
        columns.iter().map(|(_, fails)| fails.iter().map(|s| words::shortfall(s, currency)).collect()).collect(),
    );
    let open = some(
        columns.iter().any(|(r, _)| !r.unconfirmed.is_empty()),
        t(k::matching::NOT_CONFIRMED),
        columns.iter().map(|(r, _)| r.unconfirmed.iter().map(|c| words::constraint(*c)).collect()).collect(),
    );
    view! {
        <table class="compare"><thead><tr><td></td>{heads}</tr></thead>
            <tbody><tr><th scope="row">{t(k::matching::SCORE)}</th>{scores}</tr>{lacks}{open}{rows}</tbody></table>
    }
}
