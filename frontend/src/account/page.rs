//! My account: who I am here, whom I act for, and the way out.

use super::delete::DeleteAccount;
use super::details::Details;
use super::signed_in;
use crate::i18n::{code, k, t};
use crate::session::{kazi, session};
use crate::ui::{Badge, EmptyState, Form, FormFailure, Page, save_file, toasts};
use kazi_core::identity::MyAccount;
use leptos::prelude::*;

#[component]
pub fn AccountPage() -> impl IntoView {
    signed_in(|account| view! { <Account account/> })
}

#[component]
fn Account(account: MyAccount) -> impl IntoView {
    view! {
        <Page title=t(k::account::TITLE) lead=account.email.clone()>
            <section><h2>{t(k::account::DETAILS)}</h2><Details account=account.clone()/></section>
            <section><h2>{t(k::account::ORGANISATIONS)}</h2><Memberships account=account.clone()/></section>
            <section><h2>{t(k::account::EXPORT)}</h2><p>{t(k::account::EXPORT_TEXT)}</p><Export/></section>
            <section><h2>{t(k::account::SESSIONS)}</h2><p>{t(k::account::SESSIONS_TEXT)}</p><SignOutEverywhere/></section>
            <section><h2>{t(k::account::DELETE)}</h2><p>{t(k::account::DELETE_TEXT)}</p><DeleteAccount account/></section>
        </Page>
    }
}

#[component]
fn Memberships(account: MyAccount) -> impl IntoView {
    if account.memberships.is_empty() {
        return view! {
            <EmptyState title=t(k::identity::NO_ORGANISATION) text=t(k::identity::NO_ORGANISATION_TEXT)>
                <a class="button primary" href="/organisations/new">{t(k::identity::NEW_ORGANISATION)}</a>
                <a class="button" href="/providers">{t(k::shell::NAV_PROVIDERS)}</a>
            </EmptyState>
        }
        .into_any();
    }
    let rows = account
        .memberships
        .into_iter()
        .map(|m| {
            view! {
                <li class="line"><a href=format!("/providers/{}", m.slug)>{m.name}</a><Badge text=code("role", m.role.as_str())/></li>
            }
        })
        .collect_view();
    view! {
        <ul class="lines">{rows}</ul>
        <p class="actions"><a class="button" href="/organisations/new">{t(k::identity::NEW_ORGANISATION)}</a></p>
    }
    .into_any()
}

#[component]
fn Export() -> impl IntoView {
    let form = Form::new();
    let export = move |_| {
        form.clear();
        form.send(async { kazi().me().export().await }, |data| {
            save_file("kazi-account.json", "application/json", &serde_json::to_vec_pretty(&data).unwrap_or_default());
        });
    };
    view! {
        <FormFailure form/>
        <button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=export>{t(k::account::EXPORT_DO)}</button>
    }
}

#[component]
fn SignOutEverywhere() -> impl IntoView {
    let form = Form::new();
    let (toasts, session) = (toasts(), session());
    let end = move |_| {
        form.clear();
        form.send(async { kazi().identity().sign_out_everywhere().await }, move |_| {
            toasts.say(t(k::account::SIGNED_OUT));
            session.ended();
        });
    };
    view! {
        <FormFailure form/>
        <button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=end>{t(k::account::SIGN_OUT_EVERYWHERE)}</button>
    }
}
