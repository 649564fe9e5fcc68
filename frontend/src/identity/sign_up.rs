//! Signing up: a name, an address, a password. The rest comes when it is needed.

use super::afterwards;
use crate::i18n::{self, k, t, tf};
use crate::session::{encoded, kazi};
use crate::ui::*;
use kazi_core::identity::NewRegistration;
use leptos::prelude::*;

#[component]
pub fn SignUp() -> impl IntoView {
    let form = Form::new();
    let (name, email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sent = RwSignal::new(false);
    let sign_in = format!("/sign-in?then={}", encoded(&afterwards()));
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/name", &name.get_untracked());
        form.require("/email", &email.get_untracked());
        if password.with_untracked(|p| p.chars().count() < 10) {
            form.refuse("/password", t(k::identity::PASSWORD_SHORT));
        }
        let Ok(language) = i18n::lang().code().parse() else { return };
        let new =
            NewRegistration { name: name.get_untracked(), email: email.get_untracked(), password: password.get_untracked(), language };
        form.send(async move { kazi().identity().register(&new).await }, move |_| sent.set(true));
    };
    let (send, sign_in) = (StoredValue::new(send), StoredValue::new(sign_in));
    view! {
        <Page title=t(k::identity::SIGN_UP) lead=t(k::identity::SIGN_UP_LEAD)>
            {move || if sent.get() {
                view! { <div class="notice" role="status"><p>{tf(k::identity::LOOK_INTO_MAIL, &[("email", &email.get())])}</p>
                    <p><a href=sign_in.get_value()>{t(k::identity::SIGN_IN)}</a></p></div> }.into_any()
            } else {
                view! {
                    <form class="form" novalidate on:submit=move |ev| send.with_value(|send| send(ev))>
                        <FormFailure form/>
                        <TextField label=t(k::identity::NAME) value=name autocomplete="name" form pointer="/name" maxlength=120/>
                        <TextField label=t(k::identity::EMAIL) value=email kind="email" autocomplete="email" form pointer="/email"/>
                        <TextField label=t(k::identity::PASSWORD) hint=t(k::identity::PASSWORD_HINT) value=password kind="password" autocomplete="new-password" form pointer="/password"/>
                        <Submit form label=t(k::identity::SIGN_UP)/>
                    </form>
                    <p>{t(k::identity::HAVE_ACCOUNT)}" "<a href=sign_in.get_value()>{t(k::identity::SIGN_IN)}</a></p>
                }.into_any()
            }}
        </Page>
    }
}
