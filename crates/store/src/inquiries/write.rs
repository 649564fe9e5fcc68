//! What the sides do once an inquiry is out: read, write, answer, decline, clarify, close.

use super::clock;
use super::rows::{ThreadParties, inquiry_row, thread_row};
use crate::columns::{Id, Json};
use crate::schema::{inquiries as i, inquiry_clarifications as c, inquiry_messages as m, inquiry_threads as t};
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{ClarificationId, InquiryId, MessageId, OrganisationId};
use kazi_core::inquiries::{
    Answer, Clarification, Decline, InquiryState, Message, NewClarification, Question, Side, Step, ThreadState, check_answers,
};
use kazi_core::problem::{Code, Refusal};
use uuid::Uuid;

/// One event a side: each audit trail has it, and names nobody but its two sides.
pub(super) fn tell(db: &mut Db, at: Instant, kind: EventKind, actor: Option<Uuid>, who: &ThreadParties, by: Side) -> StoreResult<()> {
    for (organisation, side) in [(who.sender, Side::Sender), (who.provider, Side::Provider)] {
        let data = serde_json::json!({
            "inquiry": who.inquiry,
            "side": if side == Side::Sender { "sender" } else { "provider" },
            "own": side == by,
        });
        // The other side does not learn which person it was.
        let actor = actor.filter(|_| side == by);
        events::append(db, at, NewEvent { kind, actor, organisation: Some(organisation.0), subject: who.thread.0, data })?;
    }
    Ok(())
}

/// Refuses when the inquiry is closed; else holds its row, so that closing waits for what goes on.
pub(super) fn hold_open(db: &mut Db, at: Instant, inquiry: InquiryId) -> StoreResult<()> {
    let open = diesel::update(i::table.find(Id(inquiry.0)).filter(i::state.eq(InquiryState::Open.as_str())))
        .set(i::updated_at.eq(at.micros()))
        .execute(db)?;
    if open == 1 { Ok(()) } else { Err(Refusal::new(Code::Conflict, "The inquiry is closed.").into()) }
}

/// The side has read everything up to `until`, and does not unread what it had read before; the provider's first
/// look is the thread's step to `read`.
pub fn mark_read(db: &mut Db, at: Instant, actor: Option<Uuid>, who: &ThreadParties, side: Side, until: Instant) -> StoreResult<()> {
    let (thread, until) = (t::table.find(Id(who.thread.0)), until.micros());
    match side {
        Side::Sender => diesel::update(thread.filter(t::sender_read_at.lt(until))).set(t::sender_read_at.eq(until)).execute(db)?,
        Side::Provider => diesel::update(thread.filter(t::provider_read_at.lt(until))).set(t::provider_read_at.eq(until)).execute(db)?,
    };
    if side == Side::Provider {
        let first = diesel::update(t::table.find(Id(who.thread.0)).filter(t::state.eq(ThreadState::Sent.as_str())))
            .set((t::state.eq(ThreadState::Read.as_str()), t::read_at.eq(Some(at.micros()))))
            .execute(db)?;
        if first == 1 {
            tell(db, at, EventKind::ThreadRead, actor, who, side)?;
        }
    }
    Ok(())
}

/// Writes into the thread. `author` is the person; a partner system has none.
pub fn create_message(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    author: Option<Uuid>,
    who: &ThreadParties,
    side: Side,
    text: &str,
) -> StoreResult<Message> {
    hold_open(db, at, who.inquiry)?;
    let id: MessageId = Uuid::now_v7().into();
    let organisation = match side {
        Side::Sender => who.sender,
        Side::Provider => who.provider,
    };
    diesel::insert_into(m::table)
        .values((
            m::id.eq(Id(id.0)),
            m::thread_id.eq(Id(who.thread.0)),
            m::organisation_id.eq(Id(organisation.0)),
            m::author.eq(author.map(Id)),
            m::text.eq(text),
            m::created_at.eq(at.micros()),
        ))
        .execute(db)?;
    came_from(db, at, who, side)?;
    tell(db, at, EventKind::MessageCreated, actor, who, side)?;
    Ok(Message { id, thread: who.thread, organisation, author: author.map(Into::into), text: text.to_owned(), created_at: at })
}

/// Something new of that side is in the thread: unread for the other.
pub(super) fn came_from(db: &mut Db, at: Instant, who: &ThreadParties, side: Side) -> StoreResult<()> {
    let thread = t::table.find(Id(who.thread.0));
    match side {
        Side::Sender => diesel::update(thread).set((t::from_sender_at.eq(at.micros()), t::updated_at.eq(at.micros()))).execute(db)?,
        Side::Provider => diesel::update(thread).set((t::from_provider_at.eq(at.micros()), t::updated_at.eq(at.micros()))).execute(db)?,
    };
    Ok(())
}

fn answered_meanwhile() -> Refusal {
    Refusal::new(Code::VersionMismatch, "Somebody of your side answered in the meantime. Read the thread again, then repeat your change.")
}

/// Answers, or revises what was answered, if that still is of `version`.
pub fn answer(db: &mut Db, at: Instant, actor: Option<Uuid>, who: &ThreadParties, version: i32, answers: &[Answer]) -> StoreResult<()> {
    hold_open(db, at, who.inquiry)?;
    let questions: Vec<Question> = inquiry_row(db, who.inquiry)?.questions.read()?;
    check_answers(&questions, answers)?;
    let stands = thread_row(db, who.thread)?;
    if stands.answers_version != version {
        return Err(answered_meanwhile().into());
    }
    let next = stands.state()?.after(Step::Answer, at.micros() > stands.reply_by)?;
    let changed = diesel::update(t::table.find(Id(who.thread.0)).filter(t::answers_version.eq(version)))
        .set((
            t::state.eq(next.as_str()),
            t::answers.eq(Json::of(&answers)),
            t::answers_version.eq(version + 1),
            t::decline_reason.eq(None::<String>),
            t::decline_text.eq(None::<String>),
            t::read_at.eq(stands.read_at.or(Some(at.micros()))),
            t::replied_at.eq(stands.replied_at.or(Some(at.micros()))),
            t::provider_read_at.eq(at.micros()),
        ))
        .execute(db)?;
    if changed == 0 {
        return Err(answered_meanwhile().into());
    }
    came_from(db, at, who, Side::Provider)?;
    tell(db, at, EventKind::ThreadAnswered, actor, who, Side::Provider)?;
    clock::replied(db, at, who)
}

/// Declines with a reason; a decline in time is a reply. What was answered before goes.
pub fn decline(db: &mut Db, at: Instant, actor: Option<Uuid>, who: &ThreadParties, version: i32, decline: &Decline) -> StoreResult<()> {
    hold_open(db, at, who.inquiry)?;
    let stands = thread_row(db, who.thread)?;
    if stands.answers_version != version {
        return Err(answered_meanwhile().into());
    }
    let next = stands.state()?.after(Step::Decline, at.micros() > stands.reply_by)?;
    let changed = diesel::update(t::table.find(Id(who.thread.0)).filter(t::answers_version.eq(version)))
        .set((
            t::state.eq(next.as_str()),
            t::answers.eq(Json(serde_json::json!([]))),
            t::answers_version.eq(version + 1),
            t::decline_reason.eq(Some(decline.reason.as_str())),
            t::decline_text.eq(decline.text.as_deref()),
            t::read_at.eq(stands.read_at.or(Some(at.micros()))),
            t::replied_at.eq(stands.replied_at.or(Some(at.micros()))),
            t::provider_read_at.eq(at.micros()),
        ))
        .execute(db)?;
    if changed == 0 {
        return Err(answered_meanwhile().into());
    }
    came_from(db, at, who, Side::Provider)?;
    tell(db, at, EventKind::ThreadDeclined, actor, who, Side::Provider)?;
    clock::replied(db, at, who)
}

/// The threads of an inquiry with their providers.
pub(super) fn all_parties(db: &mut Db, inquiry: InquiryId, sender: OrganisationId) -> StoreResult<Vec<ThreadParties>> {
    let rows: Vec<(Id, Id)> = t::table.filter(t::inquiry_id.eq(Id(inquiry.0))).order(t::id).select((t::id, t::provider_id)).load(db)?;
    Ok(rows
        .into_iter()
        .map(|(thread, provider)| ThreadParties { thread: thread.0.into(), inquiry, sender, provider: provider.0.into() })
        .collect())
}

/// Tells all providers the same; who had asked is not kept.
pub fn create_clarification(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    inquiry: InquiryId,
    sender: OrganisationId,
    new: &NewClarification,
) -> StoreResult<Clarification> {
    hold_open(db, at, inquiry)?;
    let id: ClarificationId = Uuid::now_v7().into();
    diesel::insert_into(c::table)
        .values((
            c::id.eq(Id(id.0)),
            c::inquiry_id.eq(Id(inquiry.0)),
            c::question.eq(&new.question),
            c::text.eq(&new.text),
            c::created_at.eq(at.micros()),
        ))
        .execute(db)?;
    diesel::update(t::table.filter(t::inquiry_id.eq(Id(inquiry.0))))
        .set((t::from_sender_at.eq(at.micros()), t::updated_at.eq(at.micros())))
        .execute(db)?;
    tell_all(db, at, EventKind::InquiryClarified, actor, inquiry, sender)?;
    Ok(Clarification { id, question: new.question.clone(), text: new.text.clone(), created_at: at })
}

/// Nothing more is answered, written or attached.
pub fn close(db: &mut Db, at: Instant, actor: Option<Uuid>, inquiry: InquiryId, sender: OrganisationId) -> StoreResult<()> {
    hold_open(db, at, inquiry)?;
    diesel::update(i::table.find(Id(inquiry.0)))
        .set((i::state.eq(InquiryState::Closed.as_str()), i::closed_at.eq(Some(at.micros()))))
        .execute(db)?;
    tell_all(db, at, EventKind::InquiryClosed, actor, inquiry, sender)
}

/// One event for the sender and one for each provider, which names no other.
pub(super) fn tell_all(
    db: &mut Db,
    at: Instant,
    kind: EventKind,
    actor: Option<Uuid>,
    inquiry: InquiryId,
    sender: OrganisationId,
) -> StoreResult<()> {
    let own = serde_json::json!({ "side": "sender", "own": true });
    events::append(db, at, NewEvent { kind, actor, organisation: Some(sender.0), subject: inquiry.0, data: own })?;
    for who in all_parties(db, inquiry, sender)? {
        let data = serde_json::json!({ "side": "provider", "own": false, "thread": who.thread });
        events::append(db, at, NewEvent { kind, actor: None, organisation: Some(who.provider.0), subject: inquiry.0, data })?;
    }
    Ok(())
}
