//! The match page: who fits a need, why, and what changes when something else matters more.

mod compare;
mod entry;
mod life;
mod lifts;
mod near;
mod state;
mod weights;

use crate::i18n::{code, k, number, t, tf, tn};
use crate::session::kazi;
use crate::ui::{EmptyState, Page, load};
use compare::Compare;
use entry::Entry;
use kazi_core::ids::NeedId;
use kazi_core::matching::{MatchList, MatchMatrix, Need};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use life::Life;
use near::NearMisses;
use state::Match;
use weights::WeightsPanel;

#[component]
pub fn MatchPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<NeedId>().ok()).unwrap_or(NeedId(uuid::Uuid::nil())));
    let all = load(move || {
        let id = id.get();
        async move {
            let need = kazi().needs().read(id).await?;
            let list = kazi().needs().matches(id).await?;
            let values = kazi().needs().matrix(id).await?;
            Ok((need, list, values))
        }
    });
    all.view(move |(need, list, values)| view! { <Matches need list values again=Callback::new(move |()| all.reload())/> })
}

#[component]
fn Matches(need: Need, list: MatchList, values: MatchMatrix, again: Callback<()>) -> impl IntoView {
    let title = need.wanted.title.clone();
    let edit = format!("/needs/{}/edit", need.id);
    let lead = format!("{} · {}", code("service_line", need.wanted.service_line.as_str()), code("need_state", need.state.as_str()));
    let total = tn(k::matching::FIT, u64::from(list.ranking.total_passing));
    let method = tf(k::matching::METHOD, &[("version", &list.ranking.method_version)]);
    let none = list.ranking.ranked.is_empty();
    let actions = view! { <a class="button" href=edit>{t(k::matching::CHANGE_NEED)}</a><Life need=need.clone() again/> }.into_any();
    let state = Match::new(need, list, values);
    let above = vec![("/needs".to_owned(), t(k::matching::MY_NEEDS).to_owned())];
    let body = if none {
        view! { <EmptyState title=t(k::matching::NOBODY_FITS) text=t(k::matching::NOBODY_FITS_TEXT)/> }.into_any()
    } else {
        view! { <div class="match"><div><Compare state/><Ranked state/></div><WeightsPanel state/></div> }.into_any()
    };
    view! {
        <Page title=title lead=lead above=above actions=actions wide=true>
            <p><strong>{total}</strong>" "<span class="quiet small">{method}</span></p>
            {body}
            <NearMisses state/>
        </Page>
    }
}

const FIRST: usize = 20;

#[component]
fn Ranked(state: Match) -> impl IntoView {
    let shown = RwSignal::new(FIRST);
    let rows = move || state.places.with(|places| places.iter().take(shown.get()).map(|place| place.row).collect::<Vec<_>>());
    let more = move || state.places.with(Vec::len) > shown.get();
    view! {
        <h2>{t(k::matching::RANKING)}</h2>
        <ol class="ranking"><For each=rows key=|row| *row let(row)><Entry state row/></For></ol>
        {move || more().then(|| view! { <div class="more"><button type="button" class="button" on:click=move |_| shown.update(|n| *n += FIRST)>
            {tf(k::matching::SHOW_MORE_OF, &[("n", &number(state.places.with(Vec::len) as f64))])}</button></div> })}
    }
}
