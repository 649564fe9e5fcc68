//! A forgotten password: asking for the mail, and the page that its link leads to.

use crate::i18n::{k, t, tf};
use crate::session::kazi;
use crate::ui::*;
use kazi_core::identity::{CompletePasswordReset, NewPasswordReset};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Forgotten() -> impl IntoView {
    let form = Form::new();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/email", &email.get_untracked());
        let new = NewPasswordReset { email: email.get_untracked() };
        form.send(async move { kazi().identity().request_password_reset(&new).await }, move |_| sent.set(true));
    };
    view! {
        <Page title=t(k::identity::FORGOTTEN) lead=t(k::identity::FORGOTTEN_TEXT)>
            {move || sent.get().then(|| view! { <div class="notice" role="status"><p>{tf(k::identity::LOOK_INTO_MAIL, &[("email", &email.get())])}</p></div> })}
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <TextField label=t(k::identity::EMAIL) value=email kind="email" autocomplete="username" form pointer="/email"/>
                <Submit form label=t(k::identity::SEND_LINK)/>
            </form>
        </Page>
    }
}

#[component]
pub fn Reset() -> impl IntoView {
    let form = Form::new();
    let token = use_query_map().read_untracked().get("token").unwrap_or_default();
    let password = RwSignal::new(String::new());
    let done = RwSignal::new(false);
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        if password.with_untracked(|p| p.chars().count() < 10) {
            form.refuse("/password", t(k::identity::PASSWORD_SHORT));
        }
        let complete = CompletePasswordReset { token: token.clone(), password: password.get_untracked() };
        form.send(async move { kazi().identity().complete_password_reset(&complete).await }, move |_| done.set(true));
    };
    view! {
        <Page title=t(k::identity::RESET)>
            {move || done.get().then(|| view! { <div class="notice" role="status"><p>{t(k::identity::RESET_DONE)}</p><p><a href="/sign-in">{t(k::identity::SIGN_IN)}</a></p></div> })}
            <form class="form" novalidate on:submit=send hidden=done>
                <FormFailure form/>
                <TextField label=t(k::identity::NEW_PASSWORD) hint=t(k::identity::PASSWORD_HINT) value=password kind="password" autocomplete="new-password" form pointer="/password"/>
                <Submit form label=t(k::ui::SAVE)/>
            </form>
        </Page>
    }
}
