//! Rows to types, and the names of whom they speak.

use crate::columns::{Id, Json, word};
use crate::connection::MultiBackend;
use crate::schema::{inquiries as i, inquiry_threads as t, organisations as o};
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::ids::{InquiryId, OrganisationId, ThreadId};
use kazi_core::inquiries::{Decline, InquiryState, Party, Side, Thread, ThreadState, is_overdue};
use kazi_core::problem::Refusal;
use std::collections::HashMap;

/// Who stands on which side of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadParties {
    pub thread: ThreadId,
    pub inquiry: InquiryId,
    pub sender: OrganisationId,
    pub provider: OrganisationId,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = i, check_for_backend(MultiBackend))]
pub(super) struct InquiryRow {
    pub id: Id,
    pub organisation_id: Id,
    pub need_id: Option<Id>,
    pub subject: String,
    pub body: Option<String>,
    pub questions: Json,
    pub reply_by: i64,
    pub state: String,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = t, check_for_backend(MultiBackend))]
pub(super) struct ThreadRow {
    pub id: Id,
    pub inquiry_id: Id,
    pub provider_id: Id,
    pub state: String,
    pub answers: Json,
    pub answers_version: i32,
    pub decline_reason: Option<String>,
    pub decline_text: Option<String>,
    pub sent_at: i64,
    pub reply_by: i64,
    pub read_at: Option<i64>,
    pub replied_at: Option<i64>,
    pub from_sender_at: i64,
    pub from_provider_at: i64,
    pub sender_read_at: i64,
    pub provider_read_at: i64,
    pub updated_at: i64,
}

impl InquiryRow {
    pub fn state(&self) -> StoreResult<InquiryState> {
        word(&self.state)
    }
}

impl ThreadRow {
    pub fn state(&self) -> StoreResult<ThreadState> {
        word(&self.state)
    }
    pub fn is_unread(&self, side: Side) -> bool {
        match side {
            Side::Sender => self.from_provider_at > self.sender_read_at,
            Side::Provider => self.from_sender_at > self.provider_read_at,
        }
    }
    pub fn read(self, inquiry: InquiryState, side: Side, provider: Party, now: Instant) -> StoreResult<Thread> {
        let replied_at = self.replied_at.map(Instant::from_micros);
        let decline = match &self.decline_reason {
            Some(reason) => Some(Decline { reason: word(reason)?, text: self.decline_text.clone() }),
            None => None,
        };
        Ok(Thread {
            id: self.id.0.into(),
            inquiry: self.inquiry_id.0.into(),
            state: self.state()?,
            overdue: is_overdue(inquiry, Instant::from_micros(self.reply_by), replied_at, now),
            unread: self.is_unread(side),
            answers: self.answers.read()?,
            answers_version: self.answers_version,
            decline,
            provider,
            sent_at: Instant::from_micros(self.sent_at),
            read_at: self.read_at.map(Instant::from_micros),
            replied_at,
            updated_at: Instant::from_micros(self.updated_at),
        })
    }
}

/// The letterheads of these organisations, also of those that were merged since.
pub(super) struct Names(HashMap<Id, Party>);

impl Names {
    pub fn of(db: &mut Db, ids: impl IntoIterator<Item = Id>) -> StoreResult<Self> {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(500) {
            let rows: Vec<(Id, String, String)> =
                o::table.filter(o::id.eq_any(chunk.to_vec())).select((o::id, o::slug, o::name)).load(db)?;
            known.extend(rows.into_iter().map(|(id, slug, name)| (id, Party { id: id.0.into(), slug, name })));
        }
        Ok(Self(known))
    }
    /// The foreign keys see to it that it is there.
    pub fn get(&self, id: Id) -> StoreResult<Party> {
        self.0.get(&id).cloned().ok_or_else(|| crate::StoreError::Row(format!("no organisation {}", id.0)))
    }
}

pub(super) fn inquiry_row(db: &mut Db, id: InquiryId) -> StoreResult<InquiryRow> {
    let row = i::table.find(Id(id.0)).select(InquiryRow::as_select()).first(db).optional()?;
    Ok(row.ok_or_else(|| Refusal::not_found("inquiry"))?)
}

pub(super) fn thread_row(db: &mut Db, id: ThreadId) -> StoreResult<ThreadRow> {
    let row = t::table.find(Id(id.0)).select(ThreadRow::as_select()).first(db).optional()?;
    Ok(row.ok_or_else(|| Refusal::not_found("thread"))?)
}

/// Who stands on which side of the thread.
pub fn parties(db: &mut Db, thread: ThreadId) -> StoreResult<ThreadParties> {
    let row: Option<(Id, Id, Id)> = t::table
        .inner_join(i::table)
        .filter(t::id.eq(Id(thread.0)))
        .select((i::id, i::organisation_id, t::provider_id))
        .first(db)
        .optional()?;
    let (inquiry, sender, provider) = row.ok_or_else(|| Refusal::not_found("thread"))?;
    Ok(ThreadParties { thread, inquiry: inquiry.0.into(), sender: sender.0.into(), provider: provider.0.into() })
}
