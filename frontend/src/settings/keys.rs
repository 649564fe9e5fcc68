//! The organisation's API keys: what each may do, when it was last used, and revoking it.

use super::key::NewKey;
use crate::i18n::{code, date, k, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, Dialog, EmptyState, Form, FormFailure, Pages, pages, toasts};
use kazi_core::identity::{ApiKey, MemberRole, Membership};
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

#[component]
pub fn Keys(membership: Membership) -> impl IntoView {
    let id = membership.organisation;
    if membership.role != MemberRole::Owner {
        return view! { <EmptyState title=t(k::settings::KEYS_FOR_OWNERS) text=t(k::settings::KEYS_FOR_OWNERS_TEXT)/> }.into_any();
    }
    let keys = pages(move |after| async move { kazi().members(id).api_keys(after.as_deref()).await });
    let list = move |items: Vec<ApiKey>| {
        let rows = items.into_iter().map(|key| view! { <Row keys organisation=id key/> }).collect_view();
        view! { <ul class="lines">{rows}</ul> }
    };
    view! {
        <section><h2>{t(k::settings::KEYS)}</h2>
            <p>{t(k::settings::KEYS_TEXT)}" "<a href="/api/docs" rel="external">{t(k::settings::API_DOCS)}</a></p>
            {keys.view(list, || view! { <p class="quiet">{t(k::settings::NO_KEYS)}</p> })}</section>
        <section><h2>{t(k::settings::NEW_KEY)}</h2><NewKey keys organisation=id/></section>
    }
    .into_any()
}

#[component]
fn Row(keys: Pages<ApiKey>, organisation: OrganisationId, key: ApiKey) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let asking = RwSignal::new(false);
    let id = key.id;
    let revoke = move |_| {
        form.clear();
        form.send(async move { kazi().members(organisation).revoke_api_key(id).await }, move |_| {
            asking.set(false);
            toasts.say(t(k::settings::REVOKED));
            keys.reload();
        });
    };
    let day = |at: kazi_core::Instant| date(&at.to_string());
    let used = key.used_at.map_or_else(|| t(k::settings::NEVER_USED).to_owned(), |at| tf(k::settings::USED_ON, &[("date", &day(at))]));
    let until =
        key.expires_at.map_or_else(|| t(k::settings::NO_EXPIRY).to_owned(), |at| tf(k::settings::VALID_UNTIL, &[("date", &day(at))]));
    let scopes = key.scopes.iter().map(|s| code("scope", s.as_str())).collect::<Vec<_>>().join(", ");
    let revoked = key.revoked_at.is_some();
    let label = tf(k::settings::REVOKE_NAMED, &[("name", &key.name)]);
    let asked = StoredValue::new(tf(k::settings::REVOKE_TEXT, &[("name", &key.name)]));
    view! {
        <li class="line">
            <div><strong>{key.name}</strong>" "<code>{key.prefix}"…"</code><br/><span class="quiet small">{scopes}<br/>{used}" · "{until}</span></div>
            {if revoked {
                view! { <Badge text=t(k::settings::IS_REVOKED) tone="bad"/> }.into_any()
            } else {
                view! { <button type="button" class="button small danger" aria-label=label on:click=move |_| asking.set(true)>{t(k::settings::REVOKE)}</button> }.into_any()
            }}
            <Dialog title=t(k::settings::REVOKE) open=asking>
                <p>{asked.get_value()}</p>
                <FormFailure form/>
                <p class="actions">
                    <button type="button" class="button danger" aria-disabled=move || form.busy.get().then_some("true") on:click=revoke>{t(k::settings::REVOKE)}</button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t(k::ui::CANCEL)}</button>
                </p>
            </Dialog>
        </li>
    }
}
