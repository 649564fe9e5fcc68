//! Lists brought in: a file is uploaded, and every import so far.

use super::home::{above, for_staff};
use crate::i18n::{code, date_time, k, number, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, ChosenFile, EmptyState, Form, FormFailure, Page, Submit, chosen_files, once_key, pages, unique};
use kazi_core::directory::{IMPORT_BYTES, Import, ImportState};
use kazi_core::identity::StaffRole;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn ImportsPage() -> impl IntoView {
    for_staff(&[StaffRole::Steward], |_| {
        let imports = pages(|after| async move { kazi().imports().list(after.as_deref()).await });
        let list = |items: Vec<Import>| {
            let rows = items.into_iter().map(|import| view! { <Row import/> }).collect_view();
            view! { <ul class="mails">{rows}</ul> }
        };
        view! {
            <Page title=t(k::staff::IMPORTS) lead=t(k::staff::IMPORTS_TEXT) above=above()>
                <Upload/>
                <section><h2>{t(k::staff::IMPORTS_SO_FAR)}</h2>{imports.view(list, || view! { <EmptyState title=t(k::staff::NO_IMPORTS) text=t(k::staff::NO_IMPORTS_TEXT)/> })}</section>
            </Page>
        }
    })
}

pub fn state_badge(state: ImportState) -> impl IntoView {
    let tone = match state {
        ImportState::Preview => "warn",
        ImportState::Applied => "good",
        ImportState::Undone => "quiet",
    };
    view! { <li><Badge text=code("import_state", state.as_str()) tone/></li> }
}

#[component]
fn Row(import: Import) -> impl IntoView {
    view! {
        <li class="mail">
            <h3><a href=format!("/staff/imports/{}", import.id)>{import.file_name}</a></h3>
            <ul class="badges">{state_badge(import.state)}</ul>
            <p class="quiet small">{tf(k::staff::ROWS_ON, &[("n", &number(f64::from(import.rows))), ("when", &date_time(&import.created_at.to_string()))])}</p>
        </li>
    }
}

#[component]
fn Upload() -> impl IntoView {
    let form = Form::new();
    let navigate = use_navigate();
    let (id, hint, error) = (unique("file"), unique("hint"), unique("error"));
    let described = format!("{hint} {error}");
    let file = RwSignal::new_local(None::<ChosenFile>);
    let once = StoredValue::new(once_key());
    let change = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        form.clear();
        once.set_value(once_key());
        file.set(chosen_files(&ev.target()).into_iter().next());
    };
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let chosen = file.get_untracked();
        match &chosen {
            None => form.refuse("/file", t(k::ui::REQUIRED)),
            Some(f) if f.size > IMPORT_BYTES as f64 => form.refuse("/file", t(k::staff::FILE_TOO_LARGE)),
            Some(_) => {}
        }
        let navigate = navigate.clone();
        let work = async move {
            // `send` does nothing while something is refused, so there is a file.
            let Some(file) = chosen else { return Err(kazi_client::Error::Network(kazi_client::Network(String::new()))) };
            kazi().imports().create(&file.name, file.bytes().await?, Some(&once.get_value())).await
        };
        form.send(work, move |import: Import| navigate(&format!("/staff/imports/{}", import.id), Default::default()));
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            <div class="field">
                <label for=id.clone()>{t(k::staff::FILE)}</label>
                <p class="hint" id=hint>{t(k::staff::FILE_HINT)}</p>
                <input id=id type="file" accept=".csv,.xlsx" aria-describedby=described
                    aria-invalid=move || form.error_at("/file").is_some().then_some("true") on:change:target=change/>
                <div id=error>{move || form.error_at("/file").map(|message| view! { <p class="error">{message}</p> })}</div>
            </div>
            <Submit form label=t(k::staff::UPLOAD)/>
        </form>
    }
}
