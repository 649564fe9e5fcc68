//! Somebody follows the link of an invitation: signs in or up first, then accepts.

use crate::account::signed_in;
use crate::i18n::{code, k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{EmptyState, Form, FormFailure, Page, toasts};
use kazi_core::identity::Membership;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn InvitationPage() -> impl IntoView {
    let query = use_query_map();
    let accepted = RwSignal::new(None::<Membership>);
    signed_in(move |account| {
        let token = query.with_untracked(|q| q.get("token").unwrap_or_default());
        match accepted.get() {
            Some(membership) => view! { <Welcome membership/> }.into_any(),
            None => view! { <Accept token email=account.email accepted/> }.into_any(),
        }
    })
}

#[component]
fn Accept(token: String, email: String, accepted: RwSignal<Option<Membership>>) -> impl IntoView {
    let form = Form::new();
    let (toasts, session) = (toasts(), session());
    if token.is_empty() {
        return view! { <Page title=t(k::settings::INVITATION)><EmptyState title=t(k::settings::NO_TOKEN) text=t(k::settings::NO_TOKEN_TEXT)/></Page> }.into_any();
    }
    let accept = move |_| {
        form.clear();
        let token = token.clone();
        form.send(
            async move {
                let membership = kazi().identity().accept_invitation(&token).await?;
                session.load().await;
                Ok(membership)
            },
            move |membership: Membership| {
                session.act_for(membership.organisation);
                toasts.say(t(k::settings::JOINED));
                accepted.set(Some(membership));
            },
        );
    };
    view! {
        <Page title=t(k::settings::INVITATION) lead=tf(k::settings::SIGNED_IN_AS, &[("email", &email)])>
            <p>{t(k::settings::INVITATION_TEXT)}</p>
            <FormFailure form/>
            <p class="actions"><button type="button" class="button primary" aria-disabled=move || form.busy.get().then_some("true") on:click=accept>{t(k::settings::ACCEPT)}</button></p>
        </Page>
    }
    .into_any()
}

#[component]
fn Welcome(membership: Membership) -> impl IntoView {
    let role = code("role", membership.role.as_str());
    view! {
        <Page title=tf(k::settings::WELCOME, &[("name", &membership.name)]) lead=role>
            <p class="actions">
                <a class="button primary" href="/inquiries">{t(k::shell::NAV_INQUIRIES)}</a>
                <a class="button" href=format!("/providers/{}", membership.slug)>{membership.name}</a>
            </p>
        </Page>
    }
}
