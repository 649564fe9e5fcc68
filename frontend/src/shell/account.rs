//! The account menu: whom one acts for, where one's own things are, signing out.

use super::Menu;
use crate::i18n::{k, t, tf};
use crate::session::{Visitor, has_no_session, kazi, session};
use crate::ui::toasts;
use kazi_core::identity::{Membership, MyAccount};
use leptos::prelude::*;

#[component]
pub fn Account() -> impl IntoView {
    let session = session();
    move || match session.visitor.get() {
        Visitor::Unknown => ().into_any(),
        Visitor::Nobody => view! { <a class="button small" href="/sign-in">{t(k::identity::SIGN_IN)}</a> }.into_any(),
        Visitor::Person(person) => {
            let acting = session.acting();
            let label = acting.as_ref().map_or_else(|| person.name.clone(), |m| m.name.clone());
            view! { <Menu label icon="person" show_label=true><Choices person=(*person).clone() acting=acting.clone()/></Menu> }.into_any()
        }
    }
}

#[component]
fn Choices(person: MyAccount, acting: Option<Membership>) -> impl IntoView {
    let (session, toasts) = (session(), toasts());
    let own = acting.as_ref().map(|m| {
        let profile = format!("/organisations/{}/edit", m.organisation);
        let settings = format!("/organisations/{}/settings", m.organisation);
        view! {
            <a href=profile>{tf(k::identity::MY_PROFILE, &[("name", &m.name)])}</a>
            <a href=settings>{t(k::identity::SETTINGS)}</a>
        }
    });
    let others = (person.memberships.len() > 1).then(|| {
        let buttons = person.memberships.iter().cloned().map(|m| {
            let pressed = acting.as_ref().is_some_and(|a| a.organisation == m.organisation);
            view! { <button type="button" aria-pressed=if pressed { "true" } else { "false" } on:click=move |_| session.act_for(m.organisation)>{m.name}</button> }
        });
        view! { <p class="menu-title">{t(k::identity::ACTING)}</p>{buttons.collect_view()} }
    });
    let sign_out = move |_| {
        leptos::task::spawn_local(async move {
            match kazi().identity().sign_out().await {
                Err(error) if !has_no_session(&error) => toasts.say(t(k::identity::SIGN_OUT_FAILED)),
                _ => session.ended(),
            }
        });
    };
    let staff = person.staff.is_some().then(|| view! { <a href="/staff">{t(k::shell::NAV_STAFF)}</a> });
    view! {
        <p class="menu-title">{person.name.clone()}<br/>{person.email.clone()}</p>
        {own}
        <a href="/organisations/new">{t(k::identity::NEW_ORGANISATION)}</a>
        <a href="/account">{t(k::identity::ACCOUNT)}</a>
        {staff}
        {others}
        <button type="button" on:click=sign_out>{t(k::identity::SIGN_OUT)}</button>
    }
}
