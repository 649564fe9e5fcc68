//! The places where work is done.

use super::fields::{SiteFields, SiteWritten};
use crate::codes;
use crate::i18n::{country_name, k, t};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Sites(sites: RwSignal<Vec<SiteFields>>, form: Form) -> impl IntoView {
    let add = move |_| sites.update(|all| all.push(SiteFields::of(SiteWritten::new())));
    view! {
        <section id="sites"><h2>{t(k::directory::SITES)}</h2>
            <div class="stack"><For each=move || sites.get().into_iter().enumerate() key=|(at, s)| (*at, s.id.get_untracked()) let((at, site))><SiteForm sites site at form/></For></div>
            <p class="actions"><button type="button" class="button" on:click=add><Icon name="plus"/>{t(k::directory::ADD_SITE)}</button></p>
        </section>
    }
}

#[component]
fn SiteForm(sites: RwSignal<Vec<SiteFields>>, site: SiteFields, at: usize, form: Form) -> impl IntoView {
    let p = |field: &str| format!("/sites/{at}/{field}");
    let name = move || {
        let country = site.country.get().first().map(|c| country_name(c));
        let parts: Vec<_> = [Some(site.city.get()).filter(|c| !c.is_empty()), country].into_iter().flatten().collect();
        if parts.is_empty() { t(k::directory::NEW_SITE).to_owned() } else { parts.join(", ") }
    };
    let remove = move |_| sites.update(|all| all.retain(|s| s.id.get_untracked() != site.id.get_untracked()));
    let yes_no = || vec![("yes".to_owned(), t(k::ui::YES).to_owned()), ("no".to_owned(), t(k::ui::NO).to_owned())];
    view! {
        <fieldset class="card"><legend class="legend card-legend">{name}</legend>
            <MultiSelect label=t(k::directory::COUNTRY) chosen=site.country choices=codes::countries() single=true form pointer=p("country")/>
            <TextField label=t(k::directory::CITY) value=site.city form pointer=p("city") optional=true/>
            <MultiSelect label=t(k::directory::TIME_ZONE) chosen=site.zone choices=codes::zones() single=true form pointer=p("time_zone") optional=true/>
            <div class="field-row">
                <TextField label=t(k::directory::LATITUDE) value=site.latitude kind="number" min="-90" max="90" step="any" form pointer=p("latitude") optional=true/>
                <TextField label=t(k::directory::LONGITUDE) value=site.longitude kind="number" min="-180" max="180" step="any" form pointer=p("longitude") optional=true/>
                <TextField label=t(k::directory::SEATS) value=site.seats kind="number" min="0" form pointer=p("seats") optional=true/>
            </div>
            <div class="field-row">
                <SelectField label=t(k::directory::POWER_BACKUP) value=site.power choices=yes_no() none=t(k::ui::NOT_STATED) form pointer=p("power_backup")/>
                <SelectField label=t(k::directory::LINE_BACKUP) value=site.line choices=yes_no() none=t(k::ui::NOT_STATED) form pointer=p("line_backup")/>
            </div>
            <button type="button" class="button small danger" on:click=remove>{t(k::directory::REMOVE_SITE)}</button>
        </fieldset>
    }
}
