//! Inquiries that the organisation received and sent, what is unread first to the eye.

use super::shown::{closed_badge, own_badges, reply_by, unread_badge};
use crate::account::acting;
use crate::i18n::{k, t, tf, tn};
use crate::session::kazi;
use crate::ui::{EmptyState, Page, Tabs, pages};
use kazi_core::identity::Membership;
use kazi_core::ids::OrganisationId;
use kazi_core::inquiries::{InquiryEntry, Mailbox, ThreadCounts};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn InboxPage() -> impl IntoView {
    acting(|organisation| view! { <Inbox organisation/> })
}

#[component]
fn Inbox(organisation: Membership) -> impl IntoView {
    let query = use_query_map();
    let is_provider = organisation.kinds.iter().any(|kind| kind.is_provider());
    let sent_first = query.with_untracked(|q| q.get("box").map_or(!is_provider, |b| b == "sent"));
    let chosen = RwSignal::new(usize::from(sent_first));
    let id = organisation.organisation;
    let names = vec![t(k::inquiries::RECEIVED).to_owned(), t(k::inquiries::SENT).to_owned()];
    let lead = tf(k::inquiries::INBOX_OF, &[("name", &organisation.name)]);
    view! {
        <Page title=t(k::inquiries::TITLE) lead=lead>
            <Tabs label=t(k::inquiries::BOXES) names chosen show=move |at| match at {
                0 => view! { <Mails organisation=id mailbox=Mailbox::Received/> }.into_any(),
                _ => view! { <Mails organisation=id mailbox=Mailbox::Sent/> }.into_any(),
            }/>
        </Page>
    }
}

#[component]
fn Mails(organisation: OrganisationId, mailbox: Mailbox) -> impl IntoView {
    let list = pages(move |after| async move { kazi().inquiries().list(organisation, mailbox, after.as_deref()).await });
    let entries = |items: Vec<InquiryEntry>| {
        let rows = items.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
        view! { <ul class="mails">{rows}</ul> }
    };
    let empty = move || match mailbox {
        Mailbox::Received => view! {
            <EmptyState title=t(k::inquiries::NONE_RECEIVED) text=t(k::inquiries::NONE_RECEIVED_TEXT)>
                <a class="button primary" href="/needs/fitting">{t(k::inquiries::SEE_FITTING)}</a>
            </EmptyState>
        },
        Mailbox::Sent => view! {
            <EmptyState title=t(k::inquiries::NONE_SENT) text=t(k::inquiries::NONE_SENT_TEXT)>
                <a class="button primary" href="/providers">{t(k::inquiries::FIND_PROVIDERS)}</a>
            </EmptyState>
        },
    };
    list.view(entries, empty)
}

#[component]
fn Entry(entry: InquiryEntry) -> impl IntoView {
    let from = entry.counts.is_none().then(|| tf(k::inquiries::FROM, &[("name", &entry.sender.name)]));
    view! {
        <li class="mail" class:unread=entry.unread>
            <h2><a href=format!("/inquiries/{}", entry.id)>{entry.subject}</a></h2>
            <ul class="badges">
                {unread_badge(entry.unread)}
                {entry.thread.as_ref().map(own_badges)}
                {closed_badge(entry.state)}
            </ul>
            {from.map(|from| view! { <p>{from}</p> })}
            {entry.counts.map(|counts| view! { <p>{counted(counts)}</p> })}
            <p class="quiet small">{reply_by(entry.reply_by)}</p>
        </li>
    }
}

/// "3 asked, 1 answered, 1 declined".
pub fn counted(c: ThreadCounts) -> String {
    let all = c.sent + c.read + c.answered + c.declined;
    let parts = [
        (k::inquiries::N_ASKED, all),
        (k::inquiries::N_ANSWERED, c.answered),
        (k::inquiries::N_DECLINED, c.declined),
        (k::inquiries::N_OVERDUE, c.overdue),
    ];
    parts.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| tn(text, u64::from(n))).collect::<Vec<_>>().join(", ")
}
