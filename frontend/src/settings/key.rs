//! Making an API key; its secret is shown this once.

use crate::i18n::{code, k, t};
use crate::session::kazi;
use crate::ui::{Choice, Form, FormFailure, Icon, Pages, SelectField, Submit, TextField, TickGroup, copy, once_key, toasts};
use kazi_core::Instant;
use kazi_core::identity::{ApiKey, NewApiKey, Scope};
use kazi_core::ids::OrganisationId;
use leptos::html;
use leptos::prelude::*;

const DAY_MS: f64 = 86_400_000.0;

#[component]
pub fn NewKey(keys: Pages<ApiKey>, organisation: OrganisationId) -> impl IntoView {
    let form = Form::new();
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(Vec::<String>::new());
    let days = RwSignal::new("365".to_owned());
    let secret = RwSignal::new(None::<String>);
    let once = StoredValue::new(once_key());
    let lives = vec![
        ("30".to_owned(), t(k::settings::DAYS_30).to_owned()),
        ("90".to_owned(), t(k::settings::DAYS_90).to_owned()),
        ("365".to_owned(), t(k::settings::DAYS_365).to_owned()),
    ];
    let choices = Scope::ALL.iter().map(|s| Choice::new(s, code("scope", s.as_str()))).collect::<Vec<_>>();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/name", &name.get_untracked());
        if scopes.with_untracked(Vec::is_empty) {
            form.refuse("/scopes", t(k::ui::REQUIRED));
        }
        let expires_at =
            days.get_untracked().parse::<f64>().ok().map(|n| Instant::from_micros(((js_sys::Date::now() + n * DAY_MS) * 1000.0) as i64));
        let new =
            NewApiKey { name: name.get_untracked().trim().to_owned(), scopes: crate::codes::parsed(&scopes.get_untracked()), expires_at };
        form.send(async move { kazi().members(organisation).create_api_key(&new, Some(&once.get_value())).await }, move |made| {
            secret.set(made.secret);
            name.set(String::new());
            scopes.set(vec![]);
            once.set_value(once_key());
            keys.reload();
        });
    };
    view! {
        {move || secret.get().map(|text| view! { <Secret text/> })}
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            <TextField label=t(k::settings::KEY_NAME) hint=t(k::settings::KEY_NAME_HINT) value=name form pointer="/name" maxlength=120/>
            <TickGroup legend=t(k::settings::SCOPES) chosen=scopes choices/>
            {move || form.error_at("/scopes").map(|message| view! { <p class="error">{message}</p> })}
            <SelectField label=t(k::settings::EXPIRES) value=days choices=lives none=t(k::settings::NO_EXPIRY) form pointer="/expires_at"/>
            <Submit form label=t(k::settings::MAKE_KEY)/>
        </form>
    }
}

/// The key itself, to be kept by whoever made it.
#[component]
fn Secret(text: String) -> impl IntoView {
    let toasts = toasts();
    let shown = NodeRef::<html::Code>::new();
    shown.on_load(|element| {
        let _ = element.focus();
    });
    let kept = text.clone();
    let take = move |_| {
        let text = kept.clone();
        leptos::task::spawn_local(async move {
            let done = copy(&text).await;
            toasts.say(t(if done { k::settings::COPIED } else { k::settings::NOT_COPIED }));
        });
    };
    view! {
        <div class="notice warn" role="alert">
            <p><strong>{t(k::settings::SECRET_ONCE)}</strong></p>
            <p><code class="secret" translate="no" tabindex="-1" node_ref=shown>{text}</code></p>
            <p class="actions"><button type="button" class="button" on:click=take><Icon name="check"/>{t(k::settings::COPY)}</button></p>
        </div>
    }
}
