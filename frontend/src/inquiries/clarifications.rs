//! What the sender told all providers alike, and telling them more.

use super::shown::plain;
use crate::i18n::{date_time, k, t};
use crate::session::kazi;
use crate::ui::{Form, FormFailure, Submit, TextArea, toasts};
use kazi_core::ids::InquiryId;
use kazi_core::inquiries::{Clarification, NewClarification};
use leptos::prelude::*;

#[component]
pub fn ClarificationList(list: RwSignal<Vec<Clarification>>) -> impl IntoView {
    let rows = move || {
        let row = |c: Clarification| {
            view! {
                <li class="message"><p class="quiet small">{date_time(&c.created_at.to_string())}</p>
                    {c.question.map(|q| view! { <p class="plain-text"><strong>{q}</strong></p> })}{plain(c.text)}</li>
            }
        };
        list.get().into_iter().map(row).collect_view()
    };
    view! {
        {move || list.with(Vec::is_empty).then(|| view! { <p class="quiet">{t(k::inquiries::NO_CLARIFICATIONS)}</p> })}
        <ol class="messages">{rows}</ol>
    }
}

#[component]
pub fn Clarify(inquiry: InquiryId, list: RwSignal<Vec<Clarification>>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let question = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/text", &text.get_untracked());
        let asked = question.get_untracked().trim().to_owned();
        let new = NewClarification { question: (!asked.is_empty()).then_some(asked), text: text.get_untracked().trim().to_owned() };
        form.send(async move { kazi().inquiries().clarify(inquiry, &new).await }, move |clarification| {
            list.update(|all| all.push(clarification));
            question.set(String::new());
            text.set(String::new());
            toasts.say(t(k::inquiries::CLARIFIED));
        });
    };
    view! {
        <details class="more-form">
            <summary>{t(k::inquiries::CLARIFY)}</summary>
            <form class="form" novalidate on:submit=send>
                <p class="hint">{t(k::inquiries::CLARIFY_HINT)}</p>
                <FormFailure form/>
                <TextArea label=t(k::inquiries::WAS_ASKED) hint=t(k::inquiries::WAS_ASKED_HINT) value=question rows=2 form pointer="/question" optional=true maxlength=2000/>
                <TextArea label=t(k::inquiries::CLARIFICATION) value=text rows=3 form pointer="/text" maxlength=10_000/>
                <Submit form label=t(k::inquiries::SEND_TO_ALL)/>
            </form>
        </details>
    }
}
