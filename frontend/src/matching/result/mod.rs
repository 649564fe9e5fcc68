//! The match page: who fits a need, why, and what changes when something else matters more.

mod address;
mod alerts;
mod compare;
mod entry;
mod life;
mod lifts;
mod near;
mod shortlist;
mod state;
mod weights;

use crate::i18n::{code, k, number, t, tf, tn};
use crate::session::{SignedIn, kazi};
use crate::ui::{EmptyState, Page, load};
use alerts::Alerts;
use entry::Entry;
use kazi_core::ids::NeedId;
use kazi_core::matching::{MatchList, MatchMatrix, Need, ShortlistEntry, Weights};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use life::Life;
use near::NearMisses;
use shortlist::ShortlistPanel;
use state::Match;
use weights::WeightsPanel;

#[component]
pub fn MatchPage() -> impl IntoView {
    view! { <SignedIn><Asked/></SignedIn> }
}

#[component]
fn Asked() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<NeedId>().ok()).unwrap_or(NeedId(uuid::Uuid::nil())));
    // They outlive what is loaded: asked again, the server ranks by the weights that stand.
    let weights = RwSignal::new(address::in_address().unwrap_or_default());
    let all = load(move || {
        let id = id.get();
        let asked = weights.get_untracked();
        async move {
            let need = kazi().needs().read(id).await?;
            let asked = if address::usable(&asked, &need.wanted) { asked } else { Weights::default() };
            let list = kazi().needs().matches(id, Some(&asked)).await?;
            let values = kazi().needs().matrix(id, Some(&asked)).await?;
            let shortlist = kazi().needs().shortlist(id).await?.items;
            Ok(Loaded { need, list, values, shortlist })
        }
    });
    all.view(move |loaded| view! { <Matches loaded weights again=Callback::new(move |()| all.reload())/> })
}

#[derive(Clone)]
struct Loaded {
    need: Need,
    list: MatchList,
    values: MatchMatrix,
    shortlist: Vec<ShortlistEntry>,
}

#[component]
fn Matches(loaded: Loaded, weights: RwSignal<Weights>, again: Callback<()>) -> impl IntoView {
    let Loaded { need, list, values, shortlist } = loaded;
    if weights.get_untracked() != list.ranking.weights && !address::usable(&weights.get_untracked(), &need.wanted) {
        weights.set(list.ranking.weights);
    }
    let title = need.wanted.title.clone();
    let edit = format!("/needs/{}/edit", need.id);
    let lead = format!("{} · {}", code("service_line", need.wanted.service_line.as_str()), code("need_state", need.state.as_str()));
    let total = tn(k::matching::FIT, u64::from(list.ranking.total_passing));
    let method = tf(k::matching::METHOD, &[("version", &list.ranking.method_version)]);
    let none = list.ranking.ranked.is_empty();
    let actions = view! { <a class="button" href=edit>{t(k::matching::CHANGE_NEED)}</a><Life need=need.clone() again/> }.into_any();
    let alerts = need.wanted.alert_from_score.map(|from_score| view! { <Alerts need=need.id from_score/> });
    let state = Match::new(need, list, values, shortlist, weights);
    address::keep_in_address(state.settled);
    let above = vec![("/needs".to_owned(), t(k::matching::MY_NEEDS).to_owned())];
    let body = if none {
        view! { <ShortlistPanel state/><EmptyState title=t(k::matching::NOBODY_FITS) text=t(k::matching::NOBODY_FITS_TEXT)/> }.into_any()
    } else {
        view! { <div class="match"><div><ShortlistPanel state/><Ranked state again/></div><WeightsPanel state/></div> }.into_any()
    };
    view! {
        <Page title=title lead=lead above=above actions=actions wide=true>
            <p><strong>{total}</strong>" "<span class="quiet small">{method}</span></p>
            {body}
            <NearMisses state/>
            {alerts}
        </Page>
    }
}

const FIRST: usize = 20;

#[component]
fn Ranked(state: Match, again: Callback<()>) -> impl IntoView {
    let shown = RwSignal::new(FIRST);
    let ids = move || {
        let rows = state.places.with(|places| places.iter().take(shown.get()).map(|place| place.row).collect::<Vec<_>>());
        rows.into_iter().map(|row| state.organisation(row)).collect::<Vec<_>>()
    };
    let more = move || state.places.with(Vec::len) > shown.get();
    view! {
        <h2>{t(k::matching::RANKING)}</h2>
        <CutNotice state again/>
        <ol class="ranking"><For each=ids key=|id| *id let(id)><Entry state id/></For></ol>
        {move || more().then(|| view! { <div class="more"><button type="button" class="button" on:click=move |_| shown.update(|n| *n += FIRST)>
            {tf(k::matching::SHOW_MORE_OF, &[("n", &number(state.places.with(Vec::len) as f64))])}</button></div> })}
    }
}

/// Not everybody who fits is here: under other weights others can belong here, and the server knows them.
#[component]
fn CutNotice(state: Match, again: Callback<()>) -> impl IntoView {
    let (asked_with, total) = state.ranking.with_value(|r| (r.weights, r.total_passing));
    let here = move || number(state.places.with(Vec::len) as f64);
    let says = move || tf(k::matching::RANKING_CUT, &[("n", &here()), ("of", &number(f64::from(total)))]);
    let moved = move || state.weights.get() != asked_with;
    state.matrix.with_value(|m| !m.complete).then(|| {
        view! {
            <div class="notice"><p>{says}</p>
                {move || moved().then(|| view! { <button type="button" class="button" on:click=move |_| again.run(())>{t(k::matching::RANK_ALL)}</button> })}
            </div>
        }
    })
}
