//! Deleting the account: only after the address was typed, because nothing brings it back.

use crate::i18n::{k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Dialog, Form, FormFailure, TextField, toasts};
use kazi_core::identity::MyAccount;
use leptos::prelude::*;

#[component]
pub fn DeleteAccount(account: MyAccount) -> impl IntoView {
    let open = RwSignal::new(false);
    let email = StoredValue::new(account.email);
    view! {
        <button type="button" class="button danger" on:click=move |_| open.set(true)>{t(k::account::DELETE_DO)}</button>
        <Dialog title=t(k::account::DELETE) open><Confirm email=email.get_value() open/></Dialog>
    }
}

#[component]
fn Confirm(email: String, open: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let (toasts, session) = (toasts(), session());
    let typed = RwSignal::new(String::new());
    let hint = tf(k::account::TYPE_EMAIL, &[("email", &email)]);
    let delete = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        if !typed.get_untracked().trim().eq_ignore_ascii_case(&email) {
            form.refuse("/email", t(k::account::EMAIL_DIFFERS));
        }
        form.send(async { kazi().me().delete().await }, move |_| {
            open.set(false);
            toasts.say(t(k::account::DELETED));
            session.ended();
        });
    };
    view! {
        <form novalidate on:submit=delete>
            <p>{t(k::account::DELETE_WHAT)}</p>
            <FormFailure form/>
            <TextField label=t(k::account::EMAIL) value=typed hint form pointer="/email" kind="email" autocomplete="off"/>
            <p class="actions">
                <button type="submit" class="button danger" aria-disabled=move || form.busy.get().then_some("true")>{t(k::account::DELETE_DO)}</button>
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(k::ui::CANCEL)}</button>
            </p>
        </form>
    }
}
