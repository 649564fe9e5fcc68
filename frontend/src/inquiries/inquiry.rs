//! One inquiry: to the provider asked its thread, to the sender how all threads stand.

use super::attachments::{Attach, AttachmentList};
use super::clarifications::{ClarificationList, Clarify};
use super::inbox::counted;
use super::shown::{closed_badge, plain, reply_by, thread_badges, unread_badge};
use super::thread::ProviderView;
use crate::account::signed_in;
use crate::i18n::{code, date_time, k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Dialog, Form, FormFailure, Load, Page, load, pages, toasts};
use kazi_core::ids::InquiryId;
use kazi_core::inquiries::{Inquiry, InquiryState, Thread};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn InquiryPage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |_| {
        let id = Memo::new(move |_| {
            params.with(|p| p.get("id").and_then(|id| id.parse::<InquiryId>().ok()).unwrap_or(uuid::Uuid::nil().into()))
        });
        let inquiry = load(move || {
            let id = id.get();
            async move { kazi().inquiries().read(id).await }
        });
        let session = session();
        // Somebody of both sides sees the one that she acts for.
        inquiry.view(move |i| match (i.thread, session.acting_id()) {
            (Some(thread), _) if i.counts.is_none() => view! { <ProviderView inquiry=i thread own=None/> }.into_any(),
            (Some(thread), own) if own != Some(i.sender.id) => view! { <ProviderView inquiry=i thread own/> }.into_any(),
            _ => view! { <SentInquiry read=inquiry inquiry=i/> }.into_any(),
        })
    })
}

#[component]
fn SentInquiry(read: Load<Inquiry>, inquiry: Inquiry) -> impl IntoView {
    let open = inquiry.state == InquiryState::Open;
    let (id, sender) = (inquiry.id, inquiry.sender.id);
    let clarifications = RwSignal::new(inquiry.clarifications.clone());
    let attachments = RwSignal::new(inquiry.attachments.clone());
    let threads = pages(move |after| async move { kazi().inquiries().threads(id, after.as_deref()).await });
    let list = move |items: Vec<Thread>| {
        let rows = items.into_iter().map(|thread| view! { <ThreadRow id thread/> }).collect_view();
        view! { <ul class="mails">{rows}</ul> }
    };
    let questions = inquiry
        .questions
        .iter()
        .map(|q| view! { <li>{q.text.clone()}" "<span class="quiet">{code("question_kind", q.kind.as_str())}</span></li> })
        .collect_view();
    let above = vec![("/inquiries?box=sent".to_owned(), t(k::inquiries::TITLE).to_owned())];
    let compare = format!("/inquiries/{id}/compare");
    let actions = view! {
        <a class="button primary" href=compare>{t(k::inquiries::COMPARE)}</a>
        {open.then(|| view! { <Close read id/> })}
    }
    .into_any();
    view! {
        <Page title=inquiry.subject.clone() lead=inquiry.counts.map(counted).unwrap_or_default() above=above actions=actions>
            <ul class="badges">{closed_badge(inquiry.state)}</ul>
            <p class="quiet">{reply_by(inquiry.reply_by)}</p>
            <section><h2>{t(k::inquiries::THREADS)}</h2>{threads.view(list, || ())}</section>
            <section><h2>{t(k::inquiries::CLARIFICATIONS)}</h2><ClarificationList list=clarifications/>{open.then(|| view! { <Clarify inquiry=id list=clarifications/> })}</section>
            <section><h2>{t(k::inquiries::WHAT_WAS_ASKED)}</h2>
                {inquiry.body.clone().map(plain)}
                {inquiry.need.map(|need| view! { <p><a href=format!("/needs/{need}")>{t(k::inquiries::SEE_NEED)}</a></p> })}
                <ol>{questions}</ol></section>
            <section><h2>{t(k::inquiries::INQUIRY_FILES)}</h2><AttachmentList list=attachments/>
                {open.then(|| view! { <Attach list=attachments inquiry=id thread=None organisation=sender/> })}</section>
        </Page>
    }
}

#[component]
fn ThreadRow(id: InquiryId, thread: Thread) -> impl IntoView {
    let when = match (thread.replied_at, thread.read_at) {
        (Some(at), _) => tf(k::inquiries::REPLIED_ON, &[("when", &date_time(&at.to_string()))]),
        (None, Some(at)) => tf(k::inquiries::READ_ON, &[("when", &date_time(&at.to_string()))]),
        (None, None) => t(k::inquiries::NOT_READ_YET).to_owned(),
    };
    view! {
        <li class="mail" class:unread=thread.unread>
            <h3><a href=format!("/inquiries/{id}/threads/{}", thread.id)>{thread.provider.name.clone()}</a></h3>
            <ul class="badges">{unread_badge(thread.unread)}{thread_badges(&thread)}</ul>
            <p class="quiet small">{when}</p>
        </li>
    }
}

#[component]
fn Close(read: Load<Inquiry>, id: InquiryId) -> impl IntoView {
    let open = RwSignal::new(false);
    let form = Form::new();
    let toasts = toasts();
    let close = move |_| {
        form.clear();
        form.send(async move { kazi().inquiries().close(id).await }, move |_| {
            open.set(false);
            toasts.say(t(k::inquiries::IS_CLOSED));
            read.reload();
        });
    };
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{t(k::inquiries::CLOSE_INQUIRY)}</button>
        <Dialog title=t(k::inquiries::CLOSE_INQUIRY) open>
            <p>{t(k::inquiries::CLOSE_TEXT)}</p>
            <FormFailure form/>
            <p class="actions">
                <button type="button" class="button primary" aria-disabled=move || form.busy.get().then_some("true") on:click=close>{t(k::inquiries::CLOSE_INQUIRY)}</button>
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(k::ui::CANCEL)}</button>
            </p>
        </Dialog>
    }
}
