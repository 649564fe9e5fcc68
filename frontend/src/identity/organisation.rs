//! The organisation that one acts for: the least that creates it; its profile comes later.

use super::afterwards;
use crate::codes::{self, parsed};
use crate::directory::ListedAlready;
use crate::i18n::{k, t};
use crate::session::{SignedIn, kazi, session};
use crate::ui::*;
use kazi_core::directory::{NewOrganisation, Organisation};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn NewOrganisationPage() -> impl IntoView {
    view! { <SignedIn><Create/></SignedIn> }
}

#[component]
fn Create() -> impl IntoView {
    let form = Form::new();
    let (name, website) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (kinds, country) = (RwSignal::new(Vec::<String>::new()), RwSignal::new(Vec::<String>::new()));
    let (session, navigate, then) = (session(), use_navigate(), afterwards());
    let key = StoredValue::new(js_sys::Math::random().to_string());
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/name", &name.get_untracked());
        if kinds.with_untracked(Vec::is_empty) {
            form.refuse("/kinds", t(k::ui::REQUIRED));
        }
        let new = NewOrganisation {
            name: name.get_untracked(),
            kinds: parsed(&kinds.get_untracked()),
            country: parsed(&country.get_untracked()).into_iter().next(),
            website: Some(website.get_untracked()).filter(|w| !w.trim().is_empty()),
        };
        let (navigate, then) = (navigate.clone(), then.clone());
        form.send(
            async move {
                let made = kazi().organisations().create(&new, Some(&key.get_value())).await?;
                session.load().await;
                Ok(made)
            },
            move |made: Organisation| {
                session.act_for(made.id);
                let provider = made.profile.is_provider();
                let to = if provider { format!("/organisations/{}/edit", made.id) } else { then };
                navigate(&to, Default::default());
            },
        );
    };
    view! {
        <Page title=t(k::identity::NEW_ORGANISATION) lead=t(k::identity::NEW_ORGANISATION_TEXT)>
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <ListedAlready form/>
                <TextField label=t(k::identity::ORGANISATION_NAME) value=name autocomplete="organization" form pointer="/name" maxlength=200/>
                <TickGroup legend=t(k::identity::KINDS) chosen=kinds choices=codes::organisation_kinds()/>
                {move || form.error_at("/kinds").map(|message| view! { <p class="error">{message}</p> })}
                <MultiSelect label=t(k::identity::COUNTRY) chosen=country choices=codes::countries() single=true form pointer="/country" optional=true/>
                <TextField label=t(k::directory::WEBSITE) value=website kind="url" autocomplete="url" form pointer="/website" optional=true/>
                <Submit form label=t(k::identity::CREATE)/>
            </form>
        </Page>
    }
}
