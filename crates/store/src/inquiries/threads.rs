//! Reading inquiries and their threads as one side may see them.

use super::attachments::attachments;
use super::rows::{InquiryRow, Names, ThreadParties, ThreadRow, inquiry_row, thread_row};
use crate::columns::{Id, word};
use crate::schema::{inquiries as i, inquiry_clarifications as c, inquiry_messages as m, inquiry_threads as t};
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::ids::{InquiryId, ThreadId};
use kazi_core::inquiries::{
    Answer, Clarification, ComparedProvider, Comparison, Inquiry, Message, Question, Side, Thread, ThreadCounts, ThreadDetail, in_order,
    is_overdue,
};

/// The inquiry to its sender (`thread` is `None`, counts are told) or to the provider with that thread.
pub fn get(db: &mut Db, now: Instant, id: InquiryId, thread: Option<ThreadId>) -> StoreResult<Inquiry> {
    let row = inquiry_row(db, id)?;
    let names = Names::of(db, [row.organisation_id])?;
    let counts = match thread {
        None => Some(counts(db, now, &[row.id])?.pop().map(|(_, counts)| counts).unwrap_or_default()),
        Some(_) => None,
    };
    let said: Vec<(Id, Option<String>, String, i64)> =
        c::table.filter(c::inquiry_id.eq(row.id)).order(c::id).select((c::id, c::question, c::text, c::created_at)).load(db)?;
    let clarification = |(id, question, text, at): (Id, Option<String>, String, i64)| Clarification {
        id: id.0.into(),
        question,
        text,
        created_at: Instant::from_micros(at),
    };
    let InquiryRow { organisation_id, need_id, subject, body, questions, reply_by, state, created_at, updated_at, .. } = row;
    Ok(Inquiry {
        id,
        sender: names.get(organisation_id)?,
        subject,
        body,
        questions: questions.read()?,
        need: need_id.map(|n| n.0.into()),
        reply_by: Instant::from_micros(reply_by),
        state: word(&state)?,
        clarifications: said.into_iter().map(clarification).collect(),
        attachments: attachments(db, id, None)?,
        counts,
        thread,
        created_at: Instant::from_micros(created_at),
        // When others last wrote is the sender's to know.
        updated_at: Instant::from_micros(if thread.is_none() { updated_at } else { created_at }),
    })
}

/// How the threads of each inquiry stand; in no particular order.
pub(super) fn counts(db: &mut Db, now: Instant, inquiries: &[Id]) -> StoreResult<Vec<(Id, ThreadCounts)>> {
    let rows: Vec<(Id, String, String, i64, Option<i64>, i64, i64)> = t::table
        .inner_join(i::table)
        .filter(t::inquiry_id.eq_any(inquiries.to_vec()))
        .order(t::inquiry_id)
        .select((t::inquiry_id, i::state, t::state, t::reply_by, t::replied_at, t::from_provider_at, t::sender_read_at))
        .load(db)?;
    let mut list: Vec<(Id, ThreadCounts)> = vec![];
    for (inquiry, stands, state, reply_by, replied_at, came, read) in rows {
        if list.last().is_none_or(|(known, _)| *known != inquiry) {
            list.push((inquiry, ThreadCounts::default()));
        }
        if let Some((_, counts)) = list.last_mut() {
            let overdue = is_overdue(word(&stands)?, Instant::from_micros(reply_by), replied_at.map(Instant::from_micros), now);
            counts.count(word(&state)?, overdue, came > read);
        }
    }
    Ok(list)
}

/// All threads, for the sender's eyes.
pub fn threads(db: &mut Db, now: Instant, inquiry: InquiryId) -> StoreResult<Vec<Thread>> {
    let state = inquiry_row(db, inquiry)?.state()?;
    let rows = thread_rows(db, inquiry)?;
    let names = Names::of(db, rows.iter().map(|r| r.provider_id))?;
    rows.into_iter()
        .map(|row| {
            let provider = names.get(row.provider_id)?;
            row.read(state, Side::Sender, provider, now)
        })
        .collect()
}

fn thread_rows(db: &mut Db, inquiry: InquiryId) -> StoreResult<Vec<ThreadRow>> {
    Ok(t::table.filter(t::inquiry_id.eq(Id(inquiry.0))).order(t::id).select(ThreadRow::as_select()).load(db)?)
}

/// One thread with all that is in it, as that side sees it.
pub fn thread(db: &mut Db, now: Instant, who: &ThreadParties, side: Side) -> StoreResult<ThreadDetail> {
    let (state, row) = (inquiry_row(db, who.inquiry)?.state()?, thread_row(db, who.thread)?);
    let provider = Names::of(db, [row.provider_id])?.get(row.provider_id)?;
    let own = match side {
        Side::Sender => who.sender,
        Side::Provider => who.provider,
    };
    let rows: Vec<(Id, Id, Option<Id>, String, i64)> = m::table
        .filter(m::thread_id.eq(Id(who.thread.0)))
        .order(m::id)
        .select((m::id, m::organisation_id, m::author, m::text, m::created_at))
        .load(db)?;
    let message = |(id, organisation, author, text, at): (Id, Id, Option<Id>, String, i64)| Message {
        id: id.0.into(),
        thread: who.thread,
        organisation: organisation.0.into(),
        author: author.filter(|_| organisation.0 == own.0).map(|a| a.0.into()),
        text,
        created_at: Instant::from_micros(at),
    };
    Ok(ThreadDetail {
        thread: row.read(state, side, provider, now)?,
        messages: rows.into_iter().map(message).collect(),
        attachments: attachments(db, who.inquiry, Some(who.thread))?,
    })
}

/// The answers side by side, for the sender's eyes.
pub fn comparison(db: &mut Db, now: Instant, inquiry: InquiryId) -> StoreResult<Comparison> {
    let questions: Vec<Question> = inquiry_row(db, inquiry)?.questions.read()?;
    let column = |thread: Thread| {
        let answers: Vec<Answer> = thread.answers;
        ComparedProvider {
            thread: thread.id,
            provider: thread.provider,
            state: thread.state,
            overdue: thread.overdue,
            replied_after_hours: thread.replied_at.map(|at| at.since(thread.sent_at).num_seconds().max(0) as f32 / 3600.0),
            answers: in_order(&questions, &answers),
            decline: thread.decline,
        }
    };
    let columns = threads(db, now, inquiry)?.into_iter().map(column).collect();
    Ok(Comparison { inquiry, questions, columns })
}

/// What a person wrote in inquiries, for her export.
pub fn messages_of(db: &mut Db, person: kazi_core::ids::PersonId) -> StoreResult<Vec<serde_json::Value>> {
    use crate::schema::inquiry_messages as m;
    let rows: Vec<(Id, Id, String, i64)> = m::table
        .filter(m::author.eq(Id(person.0)))
        .order(m::id)
        .select((m::thread_id, m::organisation_id, m::text, m::created_at))
        .load(db)?;
    let message = |(thread, organisation, text, at): (Id, Id, String, i64)| serde_json::json!({ "thread": thread.0, "for": organisation.0, "text": text, "created_at": Instant::from_micros(at).to_string() });
    Ok(rows.into_iter().map(message).collect())
}
