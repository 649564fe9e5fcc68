//! One import: which column says what, what applying would do, what is wrong in which line; apply and undo.

use super::home::{above, for_staff};
use super::imports::state_badge;
use crate::i18n::{code, code_with, date_time, k, number, t, tf};
use crate::session::kazi;
use crate::ui::{Dialog, Form, FormFailure, Load, Page, load, toasts};
use kazi_core::directory::{Import, ImportField, ImportMapping, ImportPlan, ImportState, KeptReason, RowError, RowProblem};
use kazi_core::identity::StaffRole;
use kazi_core::ids::ImportId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    for_staff(&[StaffRole::Steward], move |_| {
        let id =
            Memo::new(move |_| params.with(|p| p.get("id").and_then(|id| id.parse::<ImportId>().ok()).unwrap_or(uuid::Uuid::nil().into())));
        let import = load(move || {
            let id = id.get();
            async move { kazi().imports().read(id).await }
        });
        import.view(move |i| view! { <OneImport read=import import=i/> })
    })
}

#[component]
fn OneImport(read: Load<Import>, import: Import) -> impl IntoView {
    let mut above = above();
    above.push(("/staff/imports".to_owned(), t(k::staff::IMPORTS).to_owned()));
    let lead = tf(k::staff::ROWS_ON, &[("n", &number(f64::from(import.rows))), ("when", &date_time(&import.created_at.to_string()))]);
    let (id, preview) = (import.id, import.state == ImportState::Preview);
    let doing = match import.state {
        ImportState::Preview => view! { <Step read id apply=true/> }.into_any(),
        ImportState::Applied => view! { <Step read id apply=false/> }.into_any(),
        ImportState::Undone => ().into_any(),
    };
    let kept = import
        .kept
        .iter()
        .map(|kept| {
            view! { <li><code>{kept.organisation.to_string()}</code>" "{match kept.code {
                KeptReason::Other => kept.reason.clone(),
                reason => code("kept_reason", reason.as_str()),
            }}</li> }
        })
        .collect_view();
    let any_kept = !import.kept.is_empty();
    let plan_title = t(if preview { k::staff::WOULD_DO } else { k::staff::DID });
    let (plan, name, state) = (import.plan.clone(), import.file_name.clone(), import.state);
    view! {
        <Page title=name lead=lead above=above>
            <ul class="badges">{state_badge(state)}</ul>
            {preview.then(|| view! { <section><h2>{t(k::staff::COLUMNS)}</h2><p class="hint">{t(k::staff::COLUMNS_TEXT)}</p><Mapping read import/></section> })}
            <section><h2>{plan_title}</h2><Plan plan=plan.clone()/>{doing}</section>
            {any_kept.then(|| view! { <section><h2>{t(k::staff::KEPT)}</h2><p>{t(k::staff::KEPT_TEXT)}</p><ul>{kept}</ul></section> })}
            {(!plan.errors.is_empty()).then(|| view! { <section><h2>{t(k::staff::ERRORS)}</h2><p>{t(k::staff::ERRORS_TEXT)}</p><Errors errors=plan.errors/></section> })}
        </Page>
    }
}

#[component]
fn Plan(plan: ImportPlan) -> impl IntoView {
    let line = |label, n: u32| view! { <div class="fact"><dt>{t(label)}</dt><dd class="number">{number(f64::from(n))}</dd></div> };
    view! {
        <dl class="facts">
            {line(k::staff::PLAN_CREATE, plan.create)}{line(k::staff::PLAN_UPDATE, plan.update)}{line(k::staff::PLAN_UNCHANGED, plan.unchanged)}
            {line(k::staff::PLAN_CLAIMED, plan.claimed)}{line(k::staff::PLAN_REFUSED, plan.refused)}
        </dl>
    }
}

#[component]
fn Mapping(read: Load<Import>, import: Import) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let (id, version) = (import.id, import.version);
    let fields = RwSignal::new(import.columns.iter().map(|c| c.field).collect::<Vec<_>>());
    let before = fields.get_untracked();
    let changed = move || fields.with(|now| *now != before);
    let rows = import
        .columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let label = tf(k::staff::COLUMN_SAYS, &[("name", &column.name)]);
            let options = ImportField::ALL
                .iter()
                .map(|f| view! { <option value=f.as_str() selected=column.field == Some(*f)>{code("import_field", f.as_str())}</option> })
                .collect_view();
            let choose = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
                fields.update(|all| all[at] = ev.target().value().parse().ok());
            };
            view! {
                <tr><th scope="row">{column.name}</th><td class="quiet small">{column.samples.join(" · ")}</td>
                    <td><select aria-label=label on:change:target=choose><option value="" selected=column.field.is_none()>{t(k::staff::LEFT_OUT)}</option>{options}</select></td></tr>
            }
        })
        .collect_view();
    let check = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let mapping = ImportMapping { fields: fields.get_untracked() };
        form.send(async move { kazi().imports().map(id, version, &mapping).await }, move |now| {
            toasts.say(t(k::staff::CHECKED));
            read.value.set(Some(now));
        });
    };
    view! {
        <form novalidate on:submit=check>
            <FormFailure form/>
            <div class="scroll" tabindex="0" role="region" aria-label=t(k::staff::COLUMNS)>
                <table class="mapping"><thead><tr><th scope="col">{t(k::staff::COLUMN)}</th><th scope="col">{t(k::staff::FIRST_VALUES)}</th><th scope="col">{t(k::staff::SAYS)}</th></tr></thead><tbody>{rows}</tbody></table>
            </div>
            {move || changed().then(|| view! { <p class="actions"><crate::ui::Submit form label=t(k::staff::CHECK)/><span class="quiet">{t(k::staff::CHECK_HINT)}</span></p> })}
        </form>
    }
}

#[component]
fn Errors(errors: Vec<RowError>) -> impl IntoView {
    let rows = errors
        .into_iter()
        .map(|e| {
            // What contradicts is told in the API's words, which name the fields.
            let message = match e.code {
                RowProblem::Contradiction | RowProblem::Other => e.message,
                code => code_with("row_problem", code.as_str(), &[("value", e.value.as_deref().unwrap_or_default())]),
            };
            view! { <tr><td class="number">{e.line}</td><td>{e.column}</td><td>{message}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t(k::staff::ERRORS)>
            <table><thead><tr><th scope="col">{t(k::staff::LINE)}</th><th scope="col">{t(k::staff::COLUMN)}</th><th scope="col">{t(k::staff::WRONG)}</th></tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
}

/// Applies or undoes, after a question.
#[component]
fn Step(read: Load<Import>, id: ImportId, apply: bool) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let asking = RwSignal::new(false);
    let (name, text, done) = if apply {
        (t(k::staff::APPLY), t(k::staff::APPLY_TEXT), t(k::staff::APPLIED))
    } else {
        (t(k::staff::UNDO), t(k::staff::UNDO_TEXT), t(k::staff::UNDONE))
    };
    let act = move |_| {
        form.clear();
        let work = async move { if apply { kazi().imports().apply(id).await } else { kazi().imports().undo(id).await } };
        form.send(work, move |now| {
            asking.set(false);
            toasts.say(done);
            read.value.set(Some(now));
        });
    };
    view! {
        <p class="actions"><button type="button" class="button primary" on:click=move |_| asking.set(true)>{name}</button></p>
        <Dialog title=name open=asking>
            <p>{text}</p>
            <FormFailure form/>
            <p class="actions">
                <button type="button" class="button primary" aria-disabled=move || form.busy.get().then_some("true") on:click=act>{name}</button>
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t(k::ui::CANCEL)}</button>
            </p>
        </Dialog>
    }
}
