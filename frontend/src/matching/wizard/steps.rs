//! The fields of each step.

use crate::codes;
use crate::i18n::{code, k, t};
use crate::matching::draft::Draft;
use crate::ui::*;
use kazi_core::matching::NeedVisibility;
use leptos::prelude::*;

pub fn step(at: usize, draft: Draft, form: Form) -> AnyView {
    match at {
        0 => view! { <Work draft form/> }.into_any(),
        1 => view! { <Team draft form/> }.into_any(),
        2 => view! { <Terms draft form/> }.into_any(),
        3 => view! { <Impact draft form/> }.into_any(),
        _ => view! { <Visible draft form/> }.into_any(),
    }
}

#[component]
fn Work(draft: Draft, form: Form) -> impl IntoView {
    view! {
        <h2 tabindex="-1">{t(k::matching::STEP_WORK)}</h2>
        <TextField label=t(k::matching::TITLE) hint=t(k::matching::TITLE_HINT) value=draft.title form pointer="/wanted/title" maxlength=200/>
        <SelectField label=t(k::matching::SERVICE) value=draft.service_line choices=codes::pairs(codes::service_lines()) none=t(k::matching::CHOOSE) form pointer="/wanted/service_line"/>
        <Checkbox label=t(k::matching::RELATED) hint=t(k::matching::RELATED_HINT) value=draft.related_lines/>
        <TextArea label=t(k::matching::DESCRIPTION) hint=t(k::matching::DESCRIPTION_HINT) value=draft.description form pointer="/wanted/description" optional=true maxlength=5000/>
        <MultiSelect label=t(k::matching::SKILLS_REQUIRED) hint=t(k::matching::SKILLS_HINT) chosen=draft.skills_required choices=vec![] free=true form pointer="/wanted/skills_required" optional=true/>
        <MultiSelect label=t(k::matching::SKILLS_WISHED) chosen=draft.skills_wished choices=vec![] free=true form pointer="/wanted/skills_wished" optional=true/>
    }
}

#[component]
fn Team(draft: Draft, form: Form) -> impl IntoView {
    view! {
        <h2 tabindex="-1">{t(k::matching::STEP_TEAM)}</h2>
        <div class="field-row">
            <TextField label=t(k::matching::FTE_FROM) value=draft.fte_from kind="number" min="0" form pointer="/wanted/fte_from" optional=true/>
            <TextField label=t(k::matching::FTE_TO) value=draft.fte_to kind="number" min="0" form pointer="/wanted/fte_to" optional=true/>
        </div>
        <div class="field-row">
            <TextField label=t(k::matching::START_BY) value=draft.start_by kind="date" form pointer="/wanted/start_by" optional=true/>
            <TextField label=t(k::matching::DURATION) value=draft.duration_months kind="number" min="1" unit=t(k::matching::MONTHS) form pointer="/wanted/duration_months" optional=true/>
        </div>
        <LanguageRows legend=t(k::matching::LANGUAGES) lines=draft.languages languages=codes::languages() levels=codes::levels() any_level=t(k::matching::ANY_LEVEL)/>
        <fieldset><legend class="legend">{t(k::matching::OVERLAP)}</legend>
            <p class="hint">{t(k::matching::OVERLAP_HINT)}</p>
            <MultiSelect label=t(k::matching::ZONE) chosen=draft.zone choices=codes::zones() single=true form pointer="/wanted/overlap/time_zone" optional=true/>
            <div class="field-row">
                <TextField label=t(k::matching::FROM) value=draft.from kind="time" form pointer="/wanted/overlap/from_minute" optional=true/>
                <TextField label=t(k::matching::UNTIL) value=draft.until kind="time" form pointer="/wanted/overlap/until_minute" optional=true/>
                <TextField label=t(k::matching::HOURS) value=draft.hours kind="number" min="0" max="24" step="0.5" form pointer="/wanted/overlap/hours" optional=true/>
            </div>
        </fieldset>
    }
}

#[component]
fn Terms(draft: Draft, form: Form) -> impl IntoView {
    view! {
        <h2 tabindex="-1">{t(k::matching::STEP_TERMS)}</h2>
        <fieldset><legend class="legend">{t(k::matching::BUDGET)}</legend>
            <p class="hint">{t(k::matching::BUDGET_HINT)}</p>
            <div class="field-row">
                <TextField label=t(k::matching::FROM_AMOUNT) value=draft.budget_from kind="number" min="0" step="0.01" form pointer="/wanted/budget_per_hour/from_minor" optional=true/>
                <TextField label=t(k::matching::TO_AMOUNT) value=draft.budget_to kind="number" min="0" step="0.01" form pointer="/wanted/budget_per_hour/to_minor" optional=true/>
                <SelectField label=t(k::matching::CURRENCY) value=draft.currency choices=codes::currencies() form pointer="/wanted/budget_per_hour/currency"/>
            </div>
        </fieldset>
        <MultiSelect label=t(k::matching::COUNTRIES_ALLOWED) hint=t(k::matching::COUNTRIES_HINT) chosen=draft.countries_allowed choices=codes::countries() form pointer="/wanted/countries_allowed" optional=true/>
        <MultiSelect label=t(k::matching::COUNTRIES_EXCLUDED) chosen=draft.countries_excluded choices=codes::countries() form pointer="/wanted/countries_excluded" optional=true/>
        <TickGroup legend=t(k::matching::CERTIFICATES) hint=t(k::matching::CERTIFICATES_HINT) chosen=draft.certificates choices=codes::certificates()/>
    }
}

#[component]
fn Impact(draft: Draft, form: Form) -> impl IntoView {
    view! {
        <h2 tabindex="-1">{t(k::matching::STEP_IMPACT)}</h2>
        <TickGroup legend=t(k::matching::TARGET_GROUPS) hint=t(k::matching::TARGET_GROUPS_HINT) chosen=draft.target_groups choices=codes::target_groups()/>
        <TextField label=t(k::matching::MINIMUM_SHARE) hint=t(k::matching::MINIMUM_SHARE_HINT) value=draft.impact_percent kind="number" min="0" max="100" unit="%" form pointer="/wanted/minimum_impact_share" optional=true/>
    }
}

#[component]
fn Visible(draft: Draft, form: Form) -> impl IntoView {
    let choices = NeedVisibility::ALL.iter().map(|v| (v.to_string(), code("visibility", v.as_str()))).collect();
    view! {
        <h2 tabindex="-1">{t(k::matching::STEP_VISIBLE)}</h2>
        <SelectField label=t(k::matching::VISIBILITY) hint=t(k::matching::VISIBILITY_HINT) value=draft.visibility choices=choices form pointer="/wanted/visibility"/>
        <Checkbox label=t(k::matching::CONFIDENTIAL) hint=t(k::matching::CONFIDENTIAL_HINT) value=draft.confidential/>
        <TextField label=t(k::matching::ALERT) hint=t(k::matching::ALERT_HINT) value=draft.alert_from_score kind="number" min="0" max="100" form pointer="/wanted/alert_from_score" optional=true/>
    }
}
