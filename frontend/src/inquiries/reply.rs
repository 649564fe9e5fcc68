//! A provider's reply to an inquiry: answers, or a decline with its reason. Both can be revised until the time is up.

use super::answers::{AnswerFields, read, typed};
use super::shown::{answer_text, is_past, plain};
use crate::i18n::{code, date_time, k, t, tf};
use crate::session::kazi;
use crate::ui::{Dialog, Form, FormFailure, SelectField, Submit, TextArea, toasts};
use kazi_core::inquiries::{Answers, Decline, DeclineReason, Inquiry, InquiryState, Question, Thread, ThreadState};
use leptos::prelude::*;

#[component]
pub fn Reply(inquiry: Inquiry, thread: RwSignal<Thread>) -> impl IntoView {
    let closed = inquiry.state == InquiryState::Closed;
    let late = is_past(inquiry.reply_by);
    let editing = RwSignal::new(!thread.with_untracked(|t| t.state.is_reply()));
    let questions = StoredValue::new(inquiry.questions);
    let body = move || {
        let now = thread.get();
        if editing.get() && !closed {
            return view! { <AnswerForm questions=questions.get_value() thread editing/> }.into_any();
        }
        let revisable = !closed && !late;
        view! {
            <Replied questions=questions.get_value() thread=now/>
            {revisable.then(|| view! { <p class="actions"><button type="button" class="button" on:click=move |_| editing.set(true)>{t(k::inquiries::REVISE)}</button></p> })}
        }
        .into_any()
    };
    view! {
        {closed.then(|| view! { <div class="notice"><p>{t(k::inquiries::CLOSED_TEXT)}</p></div> })}
        {(late && !closed).then(|| view! { <div class="notice warn"><p>{t(k::inquiries::LATE_TEXT)}</p></div> })}
        {body}
    }
}

/// What was replied, question by question.
#[component]
pub fn Replied(questions: Vec<Question>, thread: Thread) -> impl IntoView {
    let when =
        thread.replied_at.map(|at| view! { <p class="quiet">{tf(k::inquiries::REPLIED_ON, &[("when", &date_time(&at.to_string()))])}</p> });
    let decline = thread.decline.filter(|_| thread.state == ThreadState::Declined);
    if let Some(decline) = decline {
        let reason = code("decline_reason", decline.reason.as_str());
        return view! { {when}<p><strong>{tf(k::inquiries::DECLINED_BECAUSE, &[("reason", &reason)])}</strong></p>{decline.text.map(plain)} }.into_any();
    }
    if !thread.state.is_reply() {
        return view! { <p class="quiet">{t(k::inquiries::NO_REPLY_YET)}</p> }.into_any();
    }
    let rows = questions
        .into_iter()
        .enumerate()
        .map(|(at, question)| {
            let answer = thread.answers.iter().find(|a| a.question as usize == at);
            let (text, given) = (answer_text(question.kind, answer), answer.is_some());
            view! { <dt>{question.text}</dt><dd class:quiet=!given class="plain-text">{text}</dd> }
        })
        .collect_view();
    view! { {when}<dl class="answers">{rows}</dl> }.into_any()
}

#[component]
fn AnswerForm(questions: Vec<Question>, thread: RwSignal<Thread>, editing: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let declining = RwSignal::new(false);
    let now = thread.get_untracked();
    let fields = typed(&questions, &now.answers);
    let replied_before = now.state.is_reply();
    let no_questions = questions.is_empty();
    let shown = fields.clone();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let answers = Answers { answers: read(form, &fields) };
        let (id, version) = thread.with_untracked(|t| (t.id, t.answers_version));
        form.send(async move { kazi().inquiries().answer(id, version, &answers).await }, move |now| {
            toasts.say(t(k::inquiries::ANSWERED));
            editing.set(false);
            thread.set(now);
        });
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            {no_questions.then(|| view! { <p>{t(k::inquiries::NO_QUESTIONS)}</p> })}
            <AnswerFields form typed=shown/>
            <p class="actions">
                <Submit form label=t(k::inquiries::SEND_ANSWERS)/>
                <button type="button" class="button" on:click=move |_| declining.set(true)>{t(k::inquiries::DECLINE)}</button>
                {replied_before.then(|| view! { <button type="button" class="button" on:click=move |_| editing.set(false)>{t(k::ui::CANCEL)}</button> })}
            </p>
        </form>
        <Dialog title=t(k::inquiries::DECLINE) open=declining><DeclineForm thread editing open=declining/></Dialog>
    }
}

#[component]
fn DeclineForm(thread: RwSignal<Thread>, editing: RwSignal<bool>, open: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let reason = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let reasons = DeclineReason::ALL.iter().map(|r| (r.to_string(), code("decline_reason", r.as_str()))).collect::<Vec<_>>();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/reason", &reason.get_untracked());
        let words = text.get_untracked().trim().to_owned();
        let decline = Decline {
            reason: reason.with_untracked(|r| r.parse()).unwrap_or(DeclineReason::Other),
            text: (!words.is_empty()).then_some(words),
        };
        let (id, version) = thread.with_untracked(|t| (t.id, t.answers_version));
        form.send(async move { kazi().inquiries().decline(id, version, &decline).await }, move |now| {
            toasts.say(t(k::inquiries::DECLINED));
            open.set(false);
            editing.set(false);
            thread.set(now);
        });
    };
    view! {
        <form novalidate on:submit=send>
            <p>{t(k::inquiries::DECLINE_TEXT)}</p>
            <FormFailure form/>
            <SelectField label=t(k::inquiries::REASON) value=reason choices=reasons none=t(k::inquiries::CHOOSE) form pointer="/reason"/>
            <TextArea label=t(k::inquiries::IN_YOUR_WORDS) value=text rows=3 form pointer="/text" optional=true maxlength=2000/>
            <p class="actions"><Submit form label=t(k::inquiries::DECLINE)/><button type="button" class="button" on:click=move |_| open.set(false)>{t(k::ui::CANCEL)}</button></p>
        </form>
    }
}
