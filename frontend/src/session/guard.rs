//! What only signed-in people see: asks the others to sign in and brings them back.

use super::{Visitor, session};
use crate::i18n::{k, t};
use crate::ui::{Loading, Page};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Shows the children to a signed-in person; with `acting` only to somebody who acts for an organisation.
#[component]
pub fn SignedIn(#[prop(optional)] acting: bool, children: ChildrenFn) -> impl IntoView {
    let session = session();
    let location = use_location();
    let here =
        move || crate::session::encoded(&format!("{}{}", location.pathname.get_untracked(), query(&location.search.get_untracked())));
    move || {
        match session.visitor.get() {
        Visitor::Unknown => view! { <div class="page"><Loading/></div> }.into_any(),
        Visitor::Nobody => {
            let (sign_in, sign_up) = (format!("/sign-in?then={}", here()), format!("/sign-up?then={}", here()));
            view! {
                <Page title=t(k::identity::SIGN_IN_FIRST) lead=t(k::identity::SIGN_IN_FIRST_TEXT)>
                    <p class="actions"><a class="button primary" href=sign_in>{t(k::identity::SIGN_IN)}</a><a class="button" href=sign_up>{t(k::identity::SIGN_UP)}</a></p>
                </Page>
            }
            .into_any()
        }
        Visitor::Person(_) if acting && session.acting().is_none() => view! {
            <Page title=t(k::identity::NO_ORGANISATION) lead=t(k::identity::NO_ORGANISATION_TEXT)>
                <p class="actions"><a class="button primary" href="/organisations/new">{t(k::identity::NEW_ORGANISATION)}</a><a class="button" href="/providers">{t(k::shell::NAV_PROVIDERS)}</a></p>
            </Page>
        }
        .into_any(),
        Visitor::Person(_) => children().into_any(),
    }
    }
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}
