//! The acting organisation's needs.

use crate::i18n::{code, date, k, t};
use crate::session::{SignedIn, kazi, session};
use crate::ui::*;
use kazi_core::ids::OrganisationId;
use kazi_core::matching::Need;
use leptos::prelude::*;

#[component]
pub fn NeedsPage() -> impl IntoView {
    view! { <SignedIn acting=true><Needs/></SignedIn> }
}

#[component]
fn Needs() -> impl IntoView {
    let session = session();
    // A list of its own for each organisation that is acted for.
    move || session.acting_id().map(|organisation| view! { <List organisation/> })
}

#[component]
fn List(organisation: OrganisationId) -> impl IntoView {
    let needs = pages(move |after| async move { kazi().needs().list(organisation, after.as_deref()).await });
    let new = || view! { <a class="button primary" href="/needs/new">{t(k::matching::NEW_NEED)}</a> };
    view! {
        <Page title=t(k::matching::MY_NEEDS) actions=new().into_any()>
            {needs.view(
                |items| view! { <ul class="cards">{items.into_iter().map(card).collect_view()}</ul> },
                move || view! { <EmptyState title=t(k::matching::NO_NEEDS) text=t(k::matching::NO_NEEDS_TEXT)>{new()}</EmptyState> },
            )}
        </Page>
    }
}

fn card(need: Need) -> impl IntoView {
    let tone = if need.state == kazi_core::matching::NeedState::Open { "good" } else { "quiet" };
    view! {
        <li class="card"><h2><a href=format!("/needs/{}", need.id)>{need.wanted.title.clone()}</a></h2>
            <p>{code("service_line", need.wanted.service_line.as_str())}</p>
            <ul class="badges"><li><Badge text=code("need_state", need.state.as_str()) tone/></li><li class="quiet small">{date(&need.updated_at.to_string())}</li></ul>
        </li>
    }
}
