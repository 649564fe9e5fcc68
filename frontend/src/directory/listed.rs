//! A form was refused because the organisation is listed already: the way to claim that entry, beside the form, so that
//! nothing typed is lost.

use crate::i18n::{k, t};
use crate::ui::Form;
use leptos::prelude::*;

#[component]
pub fn ListedAlready(form: Form) -> impl IntoView {
    move || {
        let slug = form.failure.get().and_then(|e| e.problem().and_then(|p| p.listed.clone()))?;
        let (page, claim) = (format!("/providers/{slug}"), format!("/providers/{slug}/claim"));
        Some(view! {
            <div class="notice"><p><strong>{t(k::directory::LISTED_ALREADY)}</strong></p>
                <p class="actions"><a class="button primary" href=claim target="_blank" rel="noopener">{t(k::directory::CLAIM_LISTED)}</a>
                    <a class="button" href=page target="_blank" rel="noopener">{t(k::directory::SEE_LISTED)}</a></p></div>
        })
    }
}
