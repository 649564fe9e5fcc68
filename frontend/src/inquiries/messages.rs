//! What both sides wrote in a thread, and the next message.

use super::shown::plain;
use super::thread::mark_read;
use crate::i18n::{date_time, k, t, tf};
use crate::session::kazi;
use crate::ui::{Form, FormFailure, Submit, TextArea, once_key};
use kazi_core::ids::{OrganisationId, ThreadId};
use kazi_core::inquiries::{Message, NewMessage};
use leptos::prelude::*;
use std::time::Duration;

/// How often what the other side wrote is looked for.
const AGAIN: Duration = Duration::from_secs(30);

#[component]
pub fn Messages(
    list: Vec<Message>,
    thread: ThreadId,
    /// Whose side the reader is on.
    own: OrganisationId,
    /// The name of the other side.
    #[prop(into)]
    other: String,
    /// Nothing more can be written.
    closed: bool,
) -> impl IntoView {
    let form = Form::new();
    let list = RwSignal::new(list);
    let text = RwSignal::new(String::new());
    let once = StoredValue::new(once_key());
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/text", &text.get_untracked());
        let new = NewMessage { text: text.get_untracked().trim().to_owned(), organisation: Some(own) };
        form.send(async move { kazi().inquiries().write(thread, &new, Some(&once.get_value())).await }, move |message| {
            list.update(|all| all.push(message));
            text.set(String::new());
            once.set_value(once_key());
        });
    };
    let again = set_interval_with_handle(
        move || {
            if document().hidden() {
                return;
            }
            leptos::task::spawn_local(async move {
                if let Ok(detail) = kazi().inquiries().thread(thread, Some(own)).await {
                    // More than there was: nobody takes a message back.
                    if list.try_with_untracked(|now| now.len() < detail.messages.len()) == Some(true) {
                        list.set(detail.messages);
                        // What is shown is seen: it does not wait as new in the inbox.
                        mark_read(thread, own, detail.thread.unread, detail.thread.updated_at);
                    }
                }
            });
        },
        AGAIN,
    );
    if let Ok(again) = again {
        on_cleanup(move || again.clear());
    }
    let rows = move || {
        let row = |message: Message| {
            let mine = message.organisation == own;
            let who = if mine { t(k::inquiries::YOU).to_owned() } else { other.clone() };
            let when = tf(k::inquiries::WROTE, &[("who", &who), ("when", &date_time(&message.created_at.to_string()))]);
            view! { <li class="message" class:mine=mine><p class="quiet small">{when}</p>{plain(message.text)}</li> }
        };
        list.get().into_iter().map(row).collect_view()
    };
    view! {
        {move || list.with(Vec::is_empty).then(|| view! { <p class="quiet">{t(k::inquiries::NO_MESSAGES)}</p> })}
        <ol class="messages" aria-live="polite">{rows}</ol>
        {(!closed).then(|| view! {
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <TextArea label=t(k::inquiries::MESSAGE) value=text rows=3 form pointer="/text" maxlength=10_000/>
                <Submit form label=t(k::inquiries::SEND_MESSAGE)/>
            </form>
        })}
    }
}
