//! Files of an inquiry or a thread: chosen, sent, listed, fetched with the session's token.

use super::shown::file_size;
use crate::i18n::{k, t, tf};
use crate::session::kazi;
use crate::ui::{ChosenFile, Form, FormFailure, Icon, chosen_files, save_file, unique};
use kazi_core::ids::{InquiryId, OrganisationId, ThreadId};
use kazi_core::inquiries::{Attachment, FileKind, MOST_BYTES};
use leptos::prelude::*;

/// Files chosen and not yet sent.
pub type Files = RwSignal<Vec<ChosenFile>, LocalStorage>;

const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.csv,.txt";

/// Why it can't be attached, if so: said before anything is sent.
fn wrong_with(file: &ChosenFile) -> Option<String> {
    if FileKind::of_name(&file.name).is_none() {
        Some(tf(k::inquiries::FILE_KIND, &[("name", &file.name)]))
    } else if file.size > MOST_BYTES as f64 {
        Some(tf(k::inquiries::FILE_SIZE, &[("name", &file.name)]))
    } else {
        None
    }
}

/// Chooses files to be sent with the form around it.
#[component]
pub fn FilePicker(files: Files) -> impl IntoView {
    let (id, hint, error) = (unique("files"), unique("hint"), unique("error"));
    let wrong = RwSignal::new(Vec::<String>::new());
    let described = format!("{hint} {error}");
    let change = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        let chosen = chosen_files(&ev.target());
        wrong.set(chosen.iter().filter_map(wrong_with).collect());
        files.update(|all| all.extend(chosen.into_iter().filter(|f| wrong_with(f).is_none())));
        ev.target().set_value("");
    };
    let rows = move || {
        let row = |(at, file): (usize, ChosenFile)| {
            let remove = tf(k::ui::REMOVE_NAMED, &[("name", &file.name)]);
            view! {
                <li class="line"><span>{file.name}</span><span class="quiet">{file_size(file.size)}</span>
                    <button type="button" class="button plain" aria-label=remove on:click=move |_| files.update(|all| { all.remove(at); })><Icon name="cross"/></button></li>
            }
        };
        files.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t(k::inquiries::FILES)}<span class="optional">{t(k::ui::OPTIONAL)}</span></label>
            <p class="hint" id=hint>{t(k::inquiries::FILES_HINT)}</p>
            <input id=id type="file" multiple accept=ACCEPT aria-describedby=described on:change:target=change/>
            <div id=error aria-live="polite">{move || wrong.get().into_iter().map(|w| view! { <p class="error">{w}</p> }).collect_view()}</div>
            <ul class="lines">{rows}</ul>
        </div>
    }
}

/// The files there are; each is saved on a click.
#[component]
pub fn AttachmentList(list: RwSignal<Vec<Attachment>>) -> impl IntoView {
    let form = Form::new();
    let fetch = move |file: Attachment| {
        form.clear();
        form.send(async move { Ok((kazi().inquiries().attachment(file.id).await?, file)) }, |(bytes, file)| {
            save_file(&file.name, file.kind.media_type(), &bytes);
        });
    };
    let rows = move || {
        let row = |file: Attachment| {
            let (name, size) = (file.name.clone(), file_size(file.bytes as f64));
            view! { <li class="line"><button type="button" class="link" on:click=move |_| fetch(file.clone())>{name}</button><span class="quiet">{size}</span></li> }
        };
        list.get().into_iter().map(row).collect_view()
    };
    view! {
        <FormFailure form/>
        {move || list.with(Vec::is_empty).then(|| view! { <p class="quiet">{t(k::inquiries::NO_FILES)}</p> })}
        <ul class="lines">{rows}</ul>
    }
}

/// Adds files to what is there already, as soon as they are sent.
#[component]
pub fn Attach(
    list: RwSignal<Vec<Attachment>>,
    inquiry: InquiryId,
    thread: Option<ThreadId>,
    organisation: OrganisationId,
) -> impl IntoView {
    let form = Form::new();
    let files: Files = RwSignal::new_local(vec![]);
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        // One after another, so that what failed is still on the list and what went is not.
        form.send(
            async move {
                while let Some(file) = files.with_untracked(|all| all.first().cloned()) {
                    let sent = kazi().inquiries().attach(inquiry, thread, organisation, &file.name, file.bytes().await?).await?;
                    list.update(|all| all.push(sent));
                    files.update(|all| {
                        all.remove(0);
                    });
                }
                Ok(())
            },
            |()| {},
        );
    };
    view! {
        <form novalidate on:submit=send>
            <FormFailure form/>
            <FilePicker files/>
            {move || (!files.with(Vec::is_empty)).then(|| view! { <crate::ui::Submit form label=t(k::inquiries::ATTACH)/> })}
        </form>
    }
}
