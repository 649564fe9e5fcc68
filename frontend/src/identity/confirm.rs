//! The link in the confirmation mail leads here.

use crate::i18n::{k, t};
use crate::session::{kazi, session};
use crate::ui::{Page, load};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Confirm() -> impl IntoView {
    let token = use_query_map().read_untracked().get("token").unwrap_or_default();
    let session = session();
    let confirmed = load(move || {
        let token = token.clone();
        async move {
            kazi().identity().confirm(&token).await?;
            if untrack(|| session.person()).is_some() {
                session.load().await;
            }
            Ok(())
        }
    });
    view! {
        <Page title=t(k::identity::CONFIRM)>
            {confirmed.view(|()| view! { <p role="status">{t(k::identity::CONFIRMED)}</p><p class="actions"><a class="button primary" href="/sign-in">{t(k::identity::SIGN_IN)}</a></p> })}
        </Page>
    }
}
