//! A need in five short steps. Everything but a title and a service may be left out; what is written is
//! kept in the browser until it is sent.

mod steps;

use super::draft::{Draft, Written};
use crate::i18n::{Key, k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Form, FormFailure, Page, Submit, focus_later, load, toasts};
use kazi_core::ids::NeedId;
use kazi_core::matching::{Need, NeedEdit, NewNeed};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

/// A step: its name and the fields whose errors belong to it.
const STEPS: [(Key, &[&str]); 5] = [
    (
        k::matching::STEP_WORK,
        &["/wanted/title", "/wanted/service_line", "/wanted/description", "/wanted/skills_required", "/wanted/skills_wished"],
    ),
    (
        k::matching::STEP_TEAM,
        &["/wanted/fte_from", "/wanted/fte_to", "/wanted/start_by", "/wanted/duration_months", "/wanted/languages", "/wanted/overlap"],
    ),
    (
        k::matching::STEP_TERMS,
        &["/wanted/budget_per_hour", "/wanted/countries_allowed", "/wanted/countries_excluded", "/wanted/certificates_required"],
    ),
    (k::matching::STEP_IMPACT, &["/wanted/target_groups", "/wanted/minimum_impact_share"]),
    (k::matching::STEP_VISIBLE, &["/wanted/visibility", "/wanted/alert_from_score"]),
];

#[component]
pub fn NewNeedPage() -> impl IntoView {
    let draft = Draft::of(Written::stored());
    Effect::new(move |_| draft.written().store());
    view! {
        <Page title=t(k::matching::NEW_NEED) lead=t(k::matching::NEW_NEED_LEAD)>
            <Wizard draft existing=None/>
        </Page>
    }
}

#[component]
pub fn EditNeed() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<NeedId>().ok()));
    let need = load(move || {
        let id = id.get();
        async move { kazi().needs().read(id.unwrap_or(NeedId(uuid::Uuid::nil()))).await }
    });
    need.view(|need| {
        let draft = Draft::of(Written::of(&need.wanted));
        view! { <Page title=t(k::matching::EDIT_NEED)><Wizard draft existing=Some(need)/></Page> }
    })
}

#[component]
fn Wizard(draft: Draft, existing: Option<Need>) -> impl IntoView {
    let form = Form::new();
    let step = RwSignal::new(0usize);
    let signed_in = session();
    let navigate = use_navigate();
    let key = StoredValue::new(js_sys::Math::random().to_string());
    // An error is shown on the step where it can be mended.
    Effect::new(move |_| {
        let at = STEPS.iter().position(|(_, pointers)| pointers.iter().any(|p| form.error_starting(p)));
        if let Some(at) = at {
            step.set(at);
        }
    });
    // A new step is read out from its heading.
    Effect::new(move |before: Option<usize>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            focus_later(".form h2");
        }
        now
    });
    // A step is not left while something stands in it that would be lost.
    let go = move |to: usize| if form.is_unfinished() { form.focus_error() } else { step.set(to) };
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        if step.get_untracked() + 1 < STEPS.len() {
            go(step.get_untracked() + 1);
            return;
        }
        let Some(wanted) = untrack(|| draft.written()).wanted(form) else {
            form.focus_error();
            return;
        };
        let (navigate, existing) = (navigate.clone(), existing.clone());
        let Some(organisation) = untrack(|| signed_in.acting_id()) else {
            navigate("/sign-in?then=/needs/new", Default::default());
            return;
        };
        let toasts = toasts();
        let new = existing.is_none();
        form.send(
            async move {
                match existing {
                    Some(need) => kazi().needs().edit(need.id, need.version, &NeedEdit { wanted }).await,
                    None => kazi().needs().create(&NewNeed { organisation, wanted, state: None }, Some(&key.get_value())).await,
                }
            },
            move |need: Need| {
                // The draft kept on this device is of a new need; changing another leaves it.
                if new {
                    Written::forget();
                }
                toasts.say(t(k::ui::SAVED));
                navigate(&format!("/needs/{}", need.id), Default::default());
            },
        );
    };
    let names = STEPS
        .iter()
        .enumerate()
        .map(|(at, (name, _))| {
            view! { <li><button type="button" class="link" aria-current=move || (step.get() == at).then_some("step") on:click=move |_| go(at)>{t(*name)}</button></li> }
        })
        .collect_view();
    let last = move || step.get() + 1 == STEPS.len();
    view! {
        <nav class="steps-nav" aria-label=t(k::matching::STEPS)><ol>{names}</ol></nav>
        <form class="form" novalidate on:submit=send>
            <p class="quiet small">{move || tf(k::ui::STEP_OF, &[("n", &(step.get() + 1).to_string()), ("of", &STEPS.len().to_string())])}</p>
            <FormFailure form/>
            {move || steps::step(step.get(), draft, form)}
            <div class="actions">
                {move || (step.get() > 0).then(|| view! { <button type="button" class="button" on:click=move |_| go(step.get_untracked().saturating_sub(1))>{t(k::ui::BACK)}</button> })}
                {move || if last() { view! { <Submit form label=t(k::matching::SHOW_MATCHES)/> }.into_any() }
                    else { view! { <button type="submit" class="button primary">{t(k::ui::NEXT)}</button> }.into_any() }}
            </div>
        </form>
    }
}
