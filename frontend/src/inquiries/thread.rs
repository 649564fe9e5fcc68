//! One provider's thread: the provider reads the inquiry and replies; the sender reads the reply. Both write and attach.

use super::attachments::{Attach, AttachmentList};
use super::clarifications::ClarificationList;
use super::messages::Messages;
use super::reply::{Replied, Reply};
use super::shown::{closed_badge, own_badges, plain, reply_by, thread_badges};
use crate::account::signed_in;
use crate::i18n::{k, t, tf};
use crate::session::kazi;
use crate::ui::{Page, load};
use kazi_core::Instant;
use kazi_core::ids::{OrganisationId, ThreadId};
use kazi_core::inquiries::{Inquiry, InquiryState, ThreadDetail, ThreadState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// As the sender of the inquiry reads it.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |_| {
        let ids = Memo::new(move |_| {
            params.with(|p| (p.get("id").and_then(|id| id.parse().ok()), p.get("thread").and_then(|id| id.parse().ok())))
        });
        let inquiry = load(move || {
            let (inquiry, thread) = ids.get();
            async move {
                let (inquiry, thread) = inquiry.zip(thread).unwrap_or((uuid::Uuid::nil().into(), uuid::Uuid::nil().into()));
                let kazi = kazi();
                let inquiry = kazi.inquiries().read(inquiry).await?;
                let thread = kazi.inquiries().thread(thread, Some(inquiry.sender.id)).await?;
                Ok((inquiry, thread))
            }
        });
        inquiry.view(|(inquiry, detail)| view! { <SenderView inquiry detail/> })
    })
}

#[component]
fn SenderView(inquiry: Inquiry, detail: ThreadDetail) -> impl IntoView {
    let closed = inquiry.state == InquiryState::Closed;
    let ThreadDetail { thread, messages, attachments } = detail;
    let attachments = RwSignal::new(attachments);
    let above = vec![
        ("/inquiries?box=sent".to_owned(), t(k::inquiries::TITLE).to_owned()),
        (format!("/inquiries/{}", inquiry.id), inquiry.subject.clone()),
    ];
    let sender = inquiry.sender.id;
    mark_read(thread.id, sender, thread.unread, thread.updated_at);
    view! {
        <Page title=thread.provider.name.clone() lead=inquiry.subject.clone() above=above>
            <ul class="badges">{thread_badges(&thread)}{closed_badge(inquiry.state)}</ul>
            <p><a href=format!("/providers/{}", thread.provider.slug)>{t(k::inquiries::SEE_PROVIDER)}</a></p>
            <section><h2>{t(k::inquiries::REPLY)}</h2><Replied questions=inquiry.questions thread=thread.clone()/></section>
            <section><h2>{t(k::inquiries::MESSAGES)}</h2><Messages list=messages thread=thread.id own=sender other=thread.provider.name.clone() closed/></section>
            <section><h2>{t(k::inquiries::THREAD_FILES)}</h2><AttachmentList list=attachments/>
                {(!closed).then(|| view! { <Attach list=attachments inquiry=inquiry.id thread=Some(thread.id) organisation=sender/> })}</section>
        </Page>
    }
}

/// Tells the server that this side has seen what was there at that moment; if that fails it stays marked as new.
pub fn mark_read(thread: ThreadId, own: OrganisationId, unread: bool, shown: Instant) {
    if unread {
        leptos::task::spawn_local(async move {
            let _ = kazi().inquiries().mark_read(thread, own, shown).await;
        });
    }
}

/// As the provider that was asked reads and answers it.
#[component]
pub fn ProviderView(inquiry: Inquiry, thread: ThreadId, own: Option<OrganisationId>) -> impl IntoView {
    let inquiry = StoredValue::new(inquiry);
    let detail = load(move || async move { kazi().inquiries().thread(thread, own).await });
    detail.view(move |detail| view! { <ProviderThread inquiry=inquiry.get_value() detail/> })
}

#[component]
fn ProviderThread(inquiry: Inquiry, detail: ThreadDetail) -> impl IntoView {
    let closed = inquiry.state == InquiryState::Closed;
    let ThreadDetail { thread, messages, attachments } = detail;
    let (id, own) = (thread.id, thread.provider.id);
    mark_read(id, own, thread.unread || thread.state == ThreadState::Sent, thread.updated_at);
    let thread = RwSignal::new(thread);
    let attachments = RwSignal::new(attachments);
    let clarifications = RwSignal::new(inquiry.clarifications.clone());
    let files = inquiry.attachments.clone();
    let above = vec![("/inquiries".to_owned(), t(k::inquiries::TITLE).to_owned())];
    let sender = inquiry.sender.clone();
    view! {
        <Page title=inquiry.subject.clone() lead=tf(k::inquiries::FROM, &[("name", &sender.name)]) above=above>
            <ul class="badges">{move || thread.with(own_badges)}{closed_badge(inquiry.state)}</ul>
            <p class="quiet">{reply_by(inquiry.reply_by)}</p>
            {inquiry.body.clone().map(plain)}
            {inquiry.need.map(|need| view! { <p><a href=format!("/needs/{need}/read")>{t(k::inquiries::SEE_NEED)}</a></p> })}
            {(!files.is_empty()).then(|| view! { <section><h2>{t(k::inquiries::INQUIRY_FILES)}</h2><AttachmentList list=RwSignal::new(files)/></section> })}
            {(!inquiry.clarifications.is_empty()).then(|| view! { <section><h2>{t(k::inquiries::CLARIFICATIONS)}</h2><ClarificationList list=clarifications/></section> })}
            <section><h2>{t(k::inquiries::YOUR_REPLY)}</h2><Reply inquiry=inquiry.clone() thread/></section>
            <section><h2>{t(k::inquiries::MESSAGES)}</h2><p class="hint">{t(k::inquiries::MESSAGES_HINT)}</p>
                <Messages list=messages thread=id own other=sender.name closed/></section>
            <section><h2>{t(k::inquiries::THREAD_FILES)}</h2><AttachmentList list=attachments/>
                {(!closed).then(|| view! { <Attach list=attachments inquiry=inquiry.id thread=Some(id) organisation=own/> })}</section>
        </Page>
    }
}
