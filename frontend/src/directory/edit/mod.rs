//! The profile's editor: everything may stay unsaid, nothing typed is lost, and what somebody else
//! changed in the meantime is kept.

mod basics;
mod certificates;
mod fields;
mod hints;
mod offers;
mod sites;
mod sources;
mod workforce;

use super::listed::ListedAlready;
use crate::i18n::{code, k, t};
use crate::session::{SignedIn, kazi};
use crate::ui::*;
use fields::{ProfileFields, change};
use hints::Hints;
use kazi_core::directory::{Organisation, Profile};
use kazi_core::ids::OrganisationId;
use kazi_core::problem::Code;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn EditProfile() -> impl IntoView {
    view! { <SignedIn><Loaded/></SignedIn> }
}

#[component]
fn Loaded() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.read().get("id").and_then(|id| id.parse::<OrganisationId>().ok()).unwrap_or(OrganisationId(uuid::Uuid::nil()))
    });
    let organisation = load(move || {
        let id = id.get();
        async move { kazi().organisations().read(id).await }
    });
    organisation.view(|organisation| view! { <Editor organisation/> })
}

#[component]
fn Editor(organisation: Organisation) -> impl IntoView {
    let fields = ProfileFields::of(&organisation.profile);
    let page = format!("/providers/{}", organisation.slug);
    let name = organisation.profile.name.clone();
    let id = organisation.id;
    let saved = RwSignal::new(organisation.clone());
    let base = RwSignal::new((organisation.version, organisation.profile));
    let form = Form::new();
    let toasts = toasts();

    let save = move || {
        form.clear();
        let Some(profile) = untrack(|| fields.profile(form)) else {
            form.focus_error();
            return;
        };
        let (version, before) = base.get_untracked();
        let change = change(&before, &profile);
        form.send(async move { kazi().organisations().edit(id, version, &change).await }, move |now: Organisation| {
            saved.set(now.clone());
            base.set((now.version, now.profile));
            toasts.say(t(k::ui::SAVED));
        });
    };
    let conflict = move || {
        form.failure
            .get()
            .is_some_and(|e| e.is(Code::VersionMismatch))
            .then(|| view! { <Conflict id base fields save=Callback::new(move |()| save())/> })
    };
    let actions = view! { <a class="button" href=page>{t(k::directory::SEE_PAGE)}</a> }.into_any();
    let body = view! {
        <Hints fields/>
        <form class="editor" novalidate on:submit=move |ev| { ev.prevent_default(); save(); }>
            {move || match conflict() { Some(conflict) => conflict.into_any(), None => view! { <FormFailure form/><ListedAlready form/> }.into_any() }}
            <basics::Basics fields form/>
            <offers::Offers offers=fields.offers form/>
            <sites::Sites sites=fields.sites form/>
            <workforce::WorkforceFields fields form/>
            <certificates::Certificates certificates=fields.certificates form/>
            <div class="save-bar"><Submit form label=t(k::ui::SAVE)/></div>
        </form>
        <sources::Sources saved base/>
    }
    .into_any();
    view! { <Page title=name lead=t(k::directory::EDIT_LEAD) actions=actions>{body}</Page> }
}

/// Somebody saved before: what they changed, and the choice to save one's own changes on top or to take theirs.
#[component]
fn Conflict(id: OrganisationId, base: RwSignal<(i32, Profile)>, fields: ProfileFields, save: Callback<()>) -> impl IntoView {
    let theirs = load(move || async move { kazi().organisations().read(id).await });
    theirs.view(move |now| {
        let changed = change(&base.get_untracked().1, &now.profile);
        let names: Vec<_> = changed.as_object().into_iter().flatten().map(|(field, _)| code("field", field)).collect();
        let (of_mine, of_theirs) = (StoredValue::new(now.clone()), StoredValue::new(now));
        let mine = move |_| {
            let now = of_mine.get_value();
            // What was changed here is measured against what was read, so that their other changes stay.
            base.update(|(version, _)| *version = now.version);
            save.run(());
        };
        let take = move |_| {
            let now = of_theirs.get_value();
            fields.set(&now.profile);
            base.set((now.version, now.profile));
        };
        view! {
            <div class="notice warn form-failure" role="alert" tabindex="-1">
                <p class="error-title">{t(k::directory::CONFLICT)}</p>
                <p>{t(k::directory::CONFLICT_TEXT)}" "{names.join(", ")}</p>
                <p class="actions"><button type="button" class="button primary" on:click=mine>{t(k::directory::KEEP_MINE)}</button>
                    <button type="button" class="button" on:click=take>{t(k::directory::TAKE_THEIRS)}</button></p>
            </div>
        }
    })
}
