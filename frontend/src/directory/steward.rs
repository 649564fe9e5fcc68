//! What stewards do on a provider's page: change the profile, take the entry back from those who keep it.

use crate::i18n::{k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Dialog, Form, FormFailure, Submit, TextArea, toasts};
use kazi_core::directory::Organisation;
use kazi_core::identity::StaffRole;
use leptos::prelude::*;

/// Whether the visitor is a steward (admins are).
pub fn is_steward() -> bool {
    matches!(session().person().and_then(|p| p.staff), Some(StaffRole::Steward | StaffRole::Admin))
}

#[component]
pub fn StewardTools(organisation: Organisation, changed: Callback<()>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let (id, claimed) = (organisation.id, organisation.claimed);
    let name = StoredValue::new(organisation.profile.name);
    view! {
        <a class="button" href=format!("/organisations/{id}/edit")>{t(k::directory::EDIT)}</a>
        {claimed.then(|| view! {
            <button type="button" class="button danger" on:click=move |_| asking.set(true)>{t(k::directory::TAKE_BACK)}</button>
            <Dialog title=t(k::directory::TAKE_BACK) open=asking>
                <TakeBack id name=name.get_value() asking changed/>
            </Dialog>
        })}
    }
}

#[component]
fn TakeBack(id: kazi_core::ids::OrganisationId, name: String, asking: RwSignal<bool>, changed: Callback<()>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let reason = RwSignal::new(String::new());
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/reason", &reason.get_untracked());
        let why = reason.get_untracked().trim().to_owned();
        form.send(async move { kazi().organisations().unclaim(id, &why).await }, move |_| {
            asking.set(false);
            toasts.say(t(k::directory::TAKEN_BACK));
            changed.run(());
        });
    };
    view! {
        <form novalidate on:submit=send>
            <p>{tf(k::directory::TAKE_BACK_TEXT, &[("name", &name)])}</p>
            <FormFailure form/>
            <TextArea label=t(k::directory::TAKE_BACK_REASON) value=reason rows=3 form pointer="/reason" maxlength=2000/>
            <p class="actions"><Submit form label=t(k::directory::TAKE_BACK)/><button type="button" class="button" on:click=move |_| asking.set(false)>{t(k::ui::CANCEL)}</button></p>
        </form>
    }
}
