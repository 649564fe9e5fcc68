//! The service lines on offer, each with what matching asks for.

use super::fields::{OfferFields, OfferWritten};
use crate::codes;
use crate::i18n::{k, t};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Offers(offers: RwSignal<Vec<OfferFields>>, form: Form) -> impl IntoView {
    let add = move |_| offers.update(|all| all.push(OfferFields::of(OfferWritten::new())));
    view! {
        <section id="offers"><h2>{t(k::directory::OFFERS)}</h2>
            <div class="stack"><For each=move || offers.get().into_iter().enumerate() key=|(at, o)| (*at, o.id.get_untracked()) let((at, offer))><OfferForm offers offer at form/></For></div>
            <p class="actions"><button type="button" class="button" on:click=add><Icon name="plus"/>{t(k::directory::ADD_OFFER)}</button></p>
        </section>
    }
}

#[component]
fn OfferForm(offers: RwSignal<Vec<OfferFields>>, offer: OfferFields, at: usize, form: Form) -> impl IntoView {
    let p = |field: &str| format!("/offers/{at}/{field}");
    let name = move || {
        let line = offer.service_line.get();
        if line.is_empty() { t(k::directory::NEW_OFFER).to_owned() } else { crate::i18n::code("service_line", &line) }
    };
    let remove = move |_| offers.update(|all| all.retain(|o| o.id.get_untracked() != offer.id.get_untracked()));
    view! {
        <fieldset class="card"><legend class="legend card-legend">{name}</legend>
            <SelectField label=t(k::matching::SERVICE) value=offer.service_line choices=codes::pairs(codes::service_lines()) none=t(k::matching::CHOOSE) form pointer=p("service_line")/>
            <MultiSelect label=t(k::directory::SKILLS) hint=t(k::directory::WORDS_HINT) chosen=offer.skills choices=vec![] free=true form pointer=p("skills") optional=true/>
            <LanguageRows legend=t(k::directory::LANGUAGES) lines=offer.languages languages=codes::languages() levels=codes::levels() any_level=t(k::directory::LEVEL_UNSAID)/>
            <div class="field-row">
                <TextField label=t(k::directory::AVAILABLE) value=offer.available kind="number" min="0" step="0.5" unit=t(k::directory::FTE_UNIT) form pointer=p("available_fte") optional=true/>
                <TextField label=t(k::directory::CAPACITY) value=offer.capacity kind="number" min="0" step="0.5" unit=t(k::directory::FTE_UNIT) form pointer=p("capacity_fte") optional=true/>
                <TextField label=t(k::directory::AVAILABLE_FROM) value=offer.available_from kind="date" form pointer=p("available_from") optional=true/>
            </div>
            <div class="field-row">
                <TextField label=t(k::directory::PRICE_FROM) value=offer.price_from kind="number" min="0" step="0.01" form pointer=p("price_per_hour/from_minor") optional=true/>
                <TextField label=t(k::directory::PRICE_TO) value=offer.price_to kind="number" min="0" step="0.01" form pointer=p("price_per_hour/to_minor") optional=true/>
                <SelectField label=t(k::matching::CURRENCY) value=offer.currency choices=codes::currencies() form pointer=p("price_per_hour/currency")/>
            </div>
            <MultiSelect label=t(k::directory::TIME_ZONE) chosen=offer.zone choices=codes::zones() single=true form pointer=p("hours/time_zone") optional=true/>
            <div class="field-row">
                <TextField label=t(k::directory::HOURS_FROM) value=offer.from kind="time" form pointer=p("hours/from_minute") optional=true/>
                <TextField label=t(k::directory::HOURS_UNTIL) hint=t(k::directory::HOURS_HINT) value=offer.until kind="time" form pointer=p("hours/until_minute") optional=true/>
            </div>
            <div class="field-row">
                <TextField label=t(k::directory::MINIMUM) value=offer.minimum kind="number" min="0" step="0.5" unit=t(k::directory::FTE_UNIT) form pointer=p("minimum_fte") optional=true/>
                <TextField label=t(k::directory::RAMP_UP) value=offer.ramp_up kind="number" min="0" unit=t(k::directory::WEEKS_UNIT) form pointer=p("ramp_up_weeks") optional=true/>
            </div>
            <button type="button" class="button small danger" on:click=remove>{t(k::directory::REMOVE_OFFER)}</button>
        </fieldset>
    }
}
