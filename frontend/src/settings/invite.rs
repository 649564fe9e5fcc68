//! Inviting somebody by e-mail, and the invitations that wait for an answer.

use crate::i18n::{Lang, code, date, k, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, Form, FormFailure, Pages, SelectField, Submit, TextField, once_key, pages, toasts};
use kazi_core::codes::Language;
use kazi_core::identity::{Invitation, MemberRole, NewInvitation};
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

#[component]
pub fn Invitations(organisation: OrganisationId, language: Language) -> impl IntoView {
    let invitations = pages(move |after| async move { kazi().members(organisation).invitations(after.as_deref()).await });
    let list = move |items: Vec<Invitation>| {
        let rows = items.into_iter().map(|invitation| view! { <Row invitations organisation invitation/> }).collect_view();
        view! { <ul class="lines">{rows}</ul> }
    };
    view! {
        <section><h2>{t(k::settings::INVITE)}</h2><Invite invitations organisation language/></section>
        <section><h2>{t(k::settings::INVITATIONS)}</h2>{invitations.view(list, || view! { <p class="quiet">{t(k::settings::NO_INVITATIONS)}</p> })}</section>
    }
}

#[component]
fn Invite(invitations: Pages<Invitation>, organisation: OrganisationId, language: Language) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let email = RwSignal::new(String::new());
    let once = StoredValue::new(once_key());
    let role = RwSignal::new(MemberRole::Editor.to_string());
    let language = RwSignal::new(language.to_string());
    let roles = MemberRole::ALL.iter().map(|r| (r.to_string(), code("role", r.as_str()))).collect::<Vec<_>>();
    let languages = Lang::ALL.map(|l| (l.code().to_owned(), l.name().to_owned())).to_vec();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/email", &email.get_untracked());
        let (Ok(role), Ok(language)) = (role.get_untracked().parse(), language.get_untracked().parse()) else { return };
        let new = NewInvitation { email: email.get_untracked().trim().to_owned(), role, language };
        let to = new.email.clone();
        form.send(async move { kazi().members(organisation).invite(&new, Some(&once.get_value())).await }, move |_| {
            toasts.say(tf(k::settings::INVITED, &[("email", &to)]));
            email.set(String::new());
            once.set_value(once_key());
            invitations.reload();
        });
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            <TextField label=t(k::settings::EMAIL) kind="email" autocomplete="off" value=email form pointer="/email" maxlength=254/>
            <div class="field-row">
                <SelectField label=t(k::settings::ROLE) value=role choices=roles form pointer="/role"/>
                <SelectField label=t(k::settings::MAIL_LANGUAGE) value=language choices=languages form pointer="/language"/>
            </div>
            <Submit form label=t(k::settings::SEND_INVITATION)/>
        </form>
    }
}

#[component]
fn Row(invitations: Pages<Invitation>, organisation: OrganisationId, invitation: Invitation) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let id = invitation.id;
    let withdraw = move |_| {
        form.clear();
        form.send(async move { kazi().members(organisation).withdraw_invitation(id).await }, move |_| {
            toasts.say(t(k::settings::WITHDRAWN));
            invitations.reload();
        });
    };
    let label = tf(k::settings::WITHDRAW_OF, &[("email", &invitation.email)]);
    view! {
        <li class="line">
            <div>{invitation.email.clone()}<br/><span class="quiet small">{tf(k::settings::VALID_UNTIL, &[("date", &date(&invitation.expires_at.to_string()))])}</span></div>
            <Badge text=code("role", invitation.role.as_str())/>
            <button type="button" class="button small" aria-label=label on:click=withdraw>{t(k::settings::WITHDRAW)}</button>
            <FormFailure form/>
        </li>
    }
}
