//! The settings of one organisation, for its members; what only owners may do is offered to owners only.

use super::keys::Keys;
use super::members::Members;
use crate::account::signed_in;
use crate::i18n::{code, k, t};
use crate::ui::{EmptyState, Page, Tabs};
use kazi_core::identity::{Membership, MyAccount};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |account| {
        let id = params.with(|p| p.get("id").and_then(|id| id.parse().ok()));
        match account.memberships.iter().find(|m| Some(m.organisation) == id).cloned() {
            Some(membership) => view! { <Settings membership account/> }.into_any(),
            None => view! {
                <Page title=t(k::settings::TITLE)>
                    <EmptyState title=t(k::settings::NOT_A_MEMBER) text=t(k::settings::NOT_A_MEMBER_TEXT)><a class="button" href="/account">{t(k::account::TITLE)}</a></EmptyState>
                </Page>
            }
            .into_any(),
        }
    })
}

#[component]
fn Settings(membership: Membership, account: MyAccount) -> impl IntoView {
    let chosen = RwSignal::new(0);
    let names = vec![t(k::settings::MEMBERS).to_owned(), t(k::settings::KEYS).to_owned()];
    let above = vec![(format!("/providers/{}", membership.slug), membership.name.clone())];
    let role = code("role", membership.role.as_str());
    view! {
        <Page title=t(k::settings::TITLE) lead=format!("{} – {role}", membership.name) above=above>
            <Tabs label=t(k::settings::TITLE) names chosen show=move |at| match at {
                0 => view! { <Members membership=membership.clone() account=account.clone()/> }.into_any(),
                _ => view! { <Keys membership=membership.clone()/> }.into_any(),
            }/>
        </Page>
    }
}
