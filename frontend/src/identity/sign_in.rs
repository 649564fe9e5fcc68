//! Signing in.

use super::afterwards;
use crate::i18n::{k, t};
use crate::session::{encoded, kazi, keep_token, session};
use crate::ui::*;
use kazi_core::identity::NewSession;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn SignIn() -> impl IntoView {
    let form = Form::new();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (session, navigate, then) = (session(), use_navigate(), afterwards());
    let sign_up = format!("/sign-up?then={}", encoded(&then));
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/email", &email.get_untracked());
        form.require("/password", &password.get_untracked());
        let new = NewSession { email: email.get_untracked(), password: password.get_untracked(), cookie: true };
        let (navigate, then) = (navigate.clone(), then.clone());
        form.send(
            async move {
                let tokens = kazi().identity().sign_in(&new).await?;
                keep_token(Some(tokens.access_token));
                session.load().await;
                Ok(())
            },
            move |()| navigate(&then, Default::default()),
        );
    };
    view! {
        <Page title=t(k::identity::SIGN_IN)>
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <TextField label=t(k::identity::EMAIL) value=email kind="email" autocomplete="username" form pointer="/email"/>
                <TextField label=t(k::identity::PASSWORD) value=password kind="password" autocomplete="current-password" form pointer="/password"/>
                <div class="actions"><Submit form label=t(k::identity::SIGN_IN)/><a href="/forgot">{t(k::identity::FORGOTTEN)}</a></div>
            </form>
            <p>{t(k::identity::NO_ACCOUNT)}" "<a href=sign_up>{t(k::identity::SIGN_UP)}</a></p>
        </Page>
    }
}
