//! How states, deadlines and texts of inquiries are shown everywhere in the room.

use crate::i18n::{code, date_time, k, t, tf, tn};
use crate::ui::Badge;
use kazi_core::Instant;
use kazi_core::inquiries::{Answer, InquiryState, QuestionKind, Thread, ThreadState};
use leptos::prelude::*;

pub fn state_badge(state: ThreadState, overdue: bool) -> impl IntoView {
    let tone = match state {
        ThreadState::Answered => "good",
        ThreadState::Declined => "warn",
        ThreadState::Sent | ThreadState::Read => "quiet",
    };
    view! {
        <li><Badge text=code("thread_state", state.as_str()) tone/></li>
        {overdue.then(|| view! { <li><Badge text=t(k::inquiries::OVERDUE) tone="bad"/></li> })}
    }
}

pub fn thread_badges(thread: &Thread) -> impl IntoView + use<> {
    state_badge(thread.state, thread.overdue)
}

/// The provider's own thread: what it has not replied to is to be answered.
pub fn own_badges(thread: &Thread) -> impl IntoView + use<> {
    if thread.state.is_reply() {
        return thread_badges(thread).into_any();
    }
    let overdue = thread.overdue;
    view! {
        <li><Badge text=t(k::inquiries::TO_ANSWER) tone="warn"/></li>
        {overdue.then(|| view! { <li><Badge text=t(k::inquiries::OVERDUE) tone="bad"/></li> })}
    }
    .into_any()
}

pub fn closed_badge(state: InquiryState) -> impl IntoView {
    (state == InquiryState::Closed).then(|| view! { <li><Badge text=t(k::inquiries::CLOSED)/></li> })
}

pub fn unread_badge(unread: bool) -> impl IntoView {
    unread.then(|| view! { <li><Badge text=t(k::inquiries::UNREAD) tone="brand"/></li> })
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The moment by which to reply, and how long that still is.
pub fn reply_by(moment: Instant) -> String {
    let when = date_time(&moment.to_string());
    let left = moment.micros() as f64 / 1000.0 - now_ms();
    let left = match left {
        l if l <= 0.0 => t(k::inquiries::TIME_IS_UP).to_owned(),
        l if l < 48.0 * 3_600_000.0 => tn(k::inquiries::HOURS_LEFT, (l / 3_600_000.0).ceil() as u64),
        l => tn(k::inquiries::DAYS_LEFT, (l / 86_400_000.0).floor() as u64),
    };
    tf(k::inquiries::REPLY_BY_WHEN, &[("when", &when), ("left", &left)])
}

pub fn is_past(moment: Instant) -> bool {
    (moment.micros() as f64 / 1000.0) < now_ms()
}

/// Plain text with its line breaks.
pub fn plain(text: String) -> impl IntoView {
    view! { <p class="plain-text">{text}</p> }
}

/// An answer as its reader sees it.
pub fn answer_text(kind: QuestionKind, answer: Option<&Answer>) -> String {
    let unanswered = || t(k::inquiries::NOT_ANSWERED).to_owned();
    let Some(answer) = answer else { return unanswered() };
    match kind {
        QuestionKind::Text | QuestionKind::Choice => answer.text.clone(),
        QuestionKind::Number => answer.number.map(crate::i18n::number),
        QuestionKind::YesNo => answer.yes.map(|yes| t(if yes { k::ui::YES } else { k::ui::NO }).to_owned()),
    }
    .unwrap_or_else(unanswered)
}

/// Bytes as people say them.
pub fn file_size(bytes: f64) -> String {
    let (n, unit) = if bytes >= 1_000_000.0 {
        (bytes / 1_000_000.0, k::inquiries::MEGABYTES)
    } else {
        ((bytes / 1000.0).ceil(), k::inquiries::KILOBYTES)
    };
    tf(unit, &[("n", &crate::i18n::number(n))])
}
