//! Figures by file: the table of a period out, and filled in again; first checked, then taken over.

use crate::i18n::{code, k, lang, number, t, tf};
use crate::session::kazi;
use crate::ui::{ChosenFile, Form, FormFailure, Load, chosen_files, once_key, save_file, unique};
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{BulkResult, FigureSheet, LineOutcome, LineResult, ReportingPeriod, TemplateFormat};
use leptos::prelude::*;

#[component]
pub fn ByFile(organisation: OrganisationId, period: ReportingPeriod, sheet: Load<FigureSheet>) -> impl IntoView {
    let form = Form::new();
    let file = RwSignal::new_local(None::<ChosenFile>);
    let result = RwSignal::new(None::<BulkResult>);
    let once = StoredValue::new(once_key());
    let download = move |format: TemplateFormat| {
        form.clear();
        let kind = match format {
            TemplateFormat::Csv => "text/csv",
            TemplateFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        };
        form.send(
            async move { kazi().readings().template(organisation, period, None, format, lang().code()).await },
            move |bytes: Vec<u8>| save_file(&format!("readings-{period}.{format}"), kind, &bytes),
        );
    };
    let (id, error) = (unique("file"), unique("error"));
    let change = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        form.clear();
        result.set(None);
        once.set_value(once_key());
        file.set(chosen_files(&ev.target()).into_iter().next());
    };
    let send = move |dry_run: bool| {
        form.clear();
        let chosen = file.get_untracked();
        if chosen.is_none() {
            form.refuse("/file", t(k::ui::REQUIRED));
        }
        let work = async move {
            // `send` does nothing while something is refused, so there is a file.
            let Some(file) = chosen else { return Err(kazi_client::Error::Network(kazi_client::Network(String::new()))) };
            let key = once.get_value();
            kazi().readings().upload(organisation, file.bytes().await?, dry_run, (!dry_run).then_some(key.as_str())).await
        };
        form.send(work, move |done: BulkResult| {
            if !done.dry_run && done.created + done.corrected > 0 {
                sheet.reload();
            }
            result.set(Some(done));
        });
    };
    let described = error.clone();
    view! {
        <details class="more-form"><summary>{t(k::metrics::TABLE)}</summary>
            <p>{t(k::metrics::TABLE_TEXT)}</p>
            <FormFailure form/>
            <p class="actions">
                <button type="button" class="button" on:click=move |_| download(TemplateFormat::Xlsx)>{t(k::metrics::DOWNLOAD_XLSX)}</button>
                <button type="button" class="button" on:click=move |_| download(TemplateFormat::Csv)>{t(k::metrics::DOWNLOAD_CSV)}</button>
            </p>
            <div class="field">
                <label for=id.clone()>{t(k::metrics::UPLOAD)}</label>
                <input id=id type="file" accept=".csv,.xlsx" aria-describedby=described on:change:target=change
                    aria-invalid=move || form.error_at("/file").map(|_| "true")/>
                <p class="error" id=error>{move || form.error_at("/file")}</p>
            </div>
            <p class="actions">
                <button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=move |_| send(true)>{t(k::metrics::CHECK_FILE)}</button>
                <button type="button" class="button primary" aria-disabled=move || form.busy.get().then_some("true") on:click=move |_| send(false)>{t(k::metrics::SEND_FILE)}</button>
            </p>
            <div role="status">{move || result.get().map(|result| view! { <Result result/> })}</div>
        </details>
    }
}

#[component]
fn Result(result: BulkResult) -> impl IntoView {
    if result.lines.is_empty() {
        return view! { <p class="notice">{t(k::metrics::NO_ROWS)}</p> }.into_any();
    }
    let n = |n: u32| number(f64::from(n));
    let says = tf(
        k::metrics::FILE_SAYS,
        &[
            ("created", &n(result.created)),
            ("corrected", &n(result.corrected)),
            ("unchanged", &n(result.unchanged)),
            ("refused", &n(result.refused)),
        ],
    );
    let kept = if result.dry_run { k::metrics::FILE_TRIED } else { k::metrics::FILE_KEPT };
    let tone = if result.refused > 0 { "notice warn" } else { "notice good" };
    let refused = result.lines.into_iter().filter(|line| line.outcome == LineOutcome::Refused).map(line).collect_view();
    view! { <div class=tone><p>{says}" "{t(kept)}</p><ul>{refused}</ul></div> }.into_any()
}

fn line(line: LineResult) -> impl IntoView {
    let errors = line.errors.into_iter().map(|error| {
        let column = error.pointer.trim_start_matches('/').to_owned();
        view! { <li>{tf(k::metrics::COLUMN, &[("name", &column)])}": "{error.message}</li> }
    });
    let row = tf(k::metrics::ROW, &[("n", &number(f64::from(line.line)))]);
    view! { <li>{row}" ("{code("line_outcome", line.outcome.as_str())}")"<ul>{errors.collect_view()}</ul></li> }
}
