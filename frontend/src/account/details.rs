//! Name and language of the account, and the way to another confirmation letter.

use crate::i18n::{Lang, k, t};
use crate::session::{kazi, session};
use crate::ui::{Badge, Form, FormFailure, SelectField, Submit, TextField, toasts};
use kazi_core::identity::{AccountEdit, MyAccount};
use leptos::prelude::*;

#[component]
pub fn Details(account: MyAccount) -> impl IntoView {
    let form = Form::new();
    let (toasts, session) = (toasts(), session());
    let name = RwSignal::new(account.name);
    let language = RwSignal::new(account.language.to_string());
    let version = account.version;
    let languages = Lang::ALL.map(|l| (l.code().to_owned(), l.name().to_owned())).to_vec();
    let save = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/name", &name.get_untracked());
        let Ok(language) = language.get_untracked().parse() else { return };
        let edit = AccountEdit { name: name.get_untracked().trim().to_owned(), language };
        form.send(async move { kazi().me().edit(version, &edit).await }, move |_| {
            toasts.say(t(k::account::SAVED));
            leptos::task::spawn_local(session.load());
        });
    };
    view! {
        <p><span>{account.email}</span>" "
            {if account.confirmed { view! { <Badge text=t(k::account::CONFIRMED) tone="good"/> } } else { view! { <Badge text=t(k::account::UNCONFIRMED) tone="warn"/> } }}</p>
        {(!account.confirmed).then(|| view! { <Unconfirmed/> })}
        <form class="form" novalidate on:submit=save>
            <FormFailure form/>
            <TextField label=t(k::account::NAME) value=name form pointer="/name" autocomplete="name" maxlength=120/>
            <SelectField label=t(k::account::LANGUAGE) value=language choices=languages hint=t(k::account::LANGUAGE_HINT) form pointer="/language"/>
            <Submit form label=t(k::ui::SAVE)/>
        </form>
    }
}

#[component]
fn Unconfirmed() -> impl IntoView {
    let form = Form::new();
    let sent = RwSignal::new(false);
    let resend = move |_| {
        form.clear();
        form.send(async { kazi().me().resend_confirmation().await }, move |_| sent.set(true));
    };
    view! {
        <div class="notice warn">
            <p>{t(k::account::CONFIRM_TEXT)}</p>
            <FormFailure form/>
            <p role="status">{move || sent.get().then(|| t(k::account::CONFIRM_SENT))}</p>
            <p class="actions"><button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=resend>{t(k::account::CONFIRM_RESEND)}</button></p>
        </div>
    }
}
