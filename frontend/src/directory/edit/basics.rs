//! Names, place, size, languages.

use super::fields::ProfileFields;
use crate::codes;
use crate::i18n::{k, t};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Basics(fields: ProfileFields, form: Form) -> impl IntoView {
    let b = fields.basics;
    view! {
        <section id="about"><h2>{t(k::directory::ABOUT)}</h2>
            <TextField label=t(k::directory::NAME) value=b.name form pointer="/name" maxlength=200/>
            <MultiSelect label=t(k::directory::OTHER_NAMES) hint=t(k::directory::WORDS_HINT) chosen=b.other_names choices=vec![] free=true form pointer="/other_names" optional=true/>
            <TickGroup legend=t(k::identity::KINDS) chosen=b.kinds choices=codes::organisation_kinds()/>
            <TextArea label=t(k::directory::SUMMARY) hint=t(k::directory::SUMMARY_HINT) value=b.summary form pointer="/summary" optional=true maxlength=5000 rows=7/>
            <TextField label=t(k::directory::WEBSITE) value=b.website kind="url" form pointer="/website" optional=true/>
            <MultiSelect label=t(k::identity::COUNTRY) chosen=b.country choices=codes::countries() single=true form pointer="/country" optional=true/>
            <TextField label=t(k::directory::CITY) value=b.city form pointer="/city" optional=true/>
            <MultiSelect label=t(k::directory::COUNTRIES) hint=t(k::directory::COUNTRIES_HINT) chosen=b.delivery_countries choices=codes::countries() form pointer="/delivery_countries" optional=true/>
            <MultiSelect label=t(k::directory::LANGUAGES) hint=t(k::directory::LANGUAGES_HINT) chosen=b.languages choices=codes::languages() form pointer="/languages" optional=true/>
            <div class="field-row">
                <TextField label=t(k::directory::FOUNDED) value=b.founded kind="number" min="1800" max="2100" form pointer="/founded" optional=true/>
                <TextField label=t(k::directory::HEADCOUNT) value=b.headcount kind="number" min="0" form pointer="/headcount" optional=true/>
                <TextField label=t(k::directory::HEADCOUNT_YEAR) value=b.headcount_year kind="number" min="1990" max="2100" form pointer="/headcount_year" optional=true/>
            </div>
        </section>
    }
}
