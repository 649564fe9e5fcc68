//! Whom an inquiry goes to: the organisations of the address's `to`, each with its name and whether it can be written to.

use crate::i18n::{country_name, k, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Form, Icon, Load, load};
use kazi_core::directory::Organisation;
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

/// The organisations with these ids, in this order.
pub fn load_recipients(ids: Vec<OrganisationId>) -> Load<Vec<Organisation>> {
    load(move || {
        let ids = ids.clone();
        async move {
            let kazi = kazi();
            let asked = ids.iter().map(|id| {
                let kazi = &kazi;
                async move { kazi.organisations().read(*id).await }
            });
            futures_util::future::join_all(asked).await.into_iter().collect()
        }
    })
}

/// The ids in `to=…`, each once.
pub fn ids_in(to: &str) -> Vec<OrganisationId> {
    let mut ids: Vec<OrganisationId> = vec![];
    for id in to.split(',').filter_map(|id| id.trim().parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

#[component]
pub fn Recipients(form: Form, chosen: RwSignal<Vec<Organisation>>) -> impl IntoView {
    let rows = move || {
        chosen
            .get()
            .into_iter()
            .map(|o| {
                let (id, name) = (o.id, o.profile.name.clone());
                let remove = tf(k::ui::REMOVE_NAMED, &[("name", &name)]);
                view! {
                    <li class="line">
                        <a href=format!("/providers/{}", o.slug)>{name}</a>
                        {o.profile.country.map(|c| view! { <span class="quiet">{country_name(c.alpha2())}</span> })}
                        {(!o.claimed).then(|| view! { <Badge text=t(k::inquiries::UNCLAIMED) tone="warn"/> })}
                        <button type="button" class="button plain" aria-label=remove on:click=move |_| { form.clear(); chosen.update(|all| all.retain(|o| o.id != id)); }><Icon name="cross"/></button>
                    </li>
                }
            })
            .collect_view()
    };
    let unclaimed = move || {
        chosen
            .with(|all| all.iter().any(|o| !o.claimed))
            .then(|| view! { <div class="notice warn"><p>{t(k::inquiries::UNCLAIMED_TEXT)}</p></div> })
    };
    view! {
        <section>
            <h2>{t(k::inquiries::RECIPIENTS)}</h2>
            <p class="hint">{t(k::inquiries::RECIPIENTS_HINT)}</p>
            <ul class="lines">{rows}</ul>
            {unclaimed}
            {move || chosen.with(Vec::is_empty).then(|| view! {
                <EmptyState title=t(k::inquiries::NO_RECIPIENT) text=t(k::inquiries::NO_RECIPIENT_TEXT)>
                    <a class="button primary" href="/providers">{t(k::inquiries::FIND_PROVIDERS)}</a>
                </EmptyState>
            })}
            {move || form.error_starting("/providers").then(|| view! { <p class="error" tabindex="-1">{form.error_at("/providers")}</p> })}
        </section>
    }
}
