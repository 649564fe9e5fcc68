//! Who sees the rating, and what the organisation says of it.

use crate::i18n::{code, k, t};
use crate::session::kazi;
use crate::ui::{Form, FormFailure, SelectField, Submit, TextArea, toasts};
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::Audience;
use kazi_core::rating::{RatingDisplay, RatingShown};
use leptos::prelude::*;

#[component]
pub fn Display(organisation: OrganisationId, shown: RatingShown, reload: Callback<()>) -> impl IntoView {
    let (form, toasts) = (Form::new(), toasts());
    let audience = RwSignal::new(shown.display.audience.to_string());
    let reply = RwSignal::new(shown.display.reply.unwrap_or_default());
    let choices = Audience::ALL.iter().map(|a| (a.to_string(), code("audience", a.as_str()))).collect::<Vec<_>>();
    let version = shown.version;
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let audience = audience.with_untracked(|a| a.parse().ok()).unwrap_or(Audience::Organisation);
        let reply = Some(reply.with_untracked(|r| r.trim().to_owned())).filter(|r| !r.is_empty());
        form.send(async move { kazi().ratings().show(organisation, version, &RatingDisplay { audience, reply }).await }, move |_| {
            toasts.say(t(k::rating::SAVED));
            reload.run(());
        });
    };
    view! {
        <section><h2>{t(k::rating::SHOW)}</h2><p>{t(k::rating::SHOW_TEXT)}</p>
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <SelectField label=t(k::rating::AUDIENCE) value=audience choices form pointer="/audience"/>
                <TextArea label=t(k::rating::YOUR_REPLY) value=reply form pointer="/reply" rows=4 optional=true maxlength=2000/>
                <Submit form label=t(k::rating::SAVE)/>
            </form>
        </section>
    }
}
