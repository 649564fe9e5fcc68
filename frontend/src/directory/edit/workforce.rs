//! Whom the organisation employs, by which definition.

use super::fields::ProfileFields;
use crate::codes;
use crate::i18n::{k, t};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn WorkforceFields(fields: ProfileFields, form: Form) -> impl IntoView {
    let b = fields.basics;
    view! {
        <section id="workforce"><h2>{t(k::directory::WORKFORCE)}</h2>
            <TickGroup legend=t(k::directory::TARGET_GROUPS) chosen=b.target_groups choices=codes::target_groups()/>
            <TextField label=t(k::directory::IMPACT_SHARE) hint=t(k::directory::IMPACT_SHARE_HINT) value=b.impact_percent kind="number" min="0" max="100" step="0.1" unit="%" form pointer="/workforce/impact_share" optional=true/>
            <TextArea label=t(k::directory::DEFINITION) hint=t(k::directory::DEFINITION_HINT) value=b.definition form pointer="/workforce/definition" optional=true rows=3 maxlength=1000/>
            <TextField label=t(k::directory::DEFINITION_SOURCE) value=b.definition_source form pointer="/workforce/definition_source" optional=true maxlength=300/>
        </section>
    }
}
