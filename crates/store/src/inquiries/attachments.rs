//! What is known of attached files; their bytes are elsewhere.

use super::rows::ThreadParties;
use super::write::{came_from, hold_open, tell, tell_all};
use crate::columns::{Id, word};
use crate::schema::inquiry_attachments as a;
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::EventKind;
use kazi_core::ids::{AttachmentId, InquiryId, ThreadId};
use kazi_core::inquiries::{Attachment, MOST_ATTACHMENTS, Side};
use kazi_core::problem::{Code, Refusal};
use uuid::Uuid;

type Row = (Id, Id, Option<Id>, Id, String, String, i64, String, i64);
const COLUMNS: (a::id, a::inquiry_id, a::thread_id, a::organisation_id, a::name, a::kind, a::bytes, a::sha256, a::created_at) =
    (a::id, a::inquiry_id, a::thread_id, a::organisation_id, a::name, a::kind, a::bytes, a::sha256, a::created_at);

fn read(row: Row) -> StoreResult<Attachment> {
    let (id, inquiry, thread, organisation, name, kind, bytes, sha256, at) = row;
    Ok(Attachment {
        id: id.0.into(),
        inquiry: inquiry.0.into(),
        thread: thread.map(|t| t.0.into()),
        organisation: organisation.0.into(),
        name,
        kind: word(&kind)?,
        bytes,
        sha256,
        created_at: Instant::from_micros(at),
    })
}

/// Those for all participants (`thread` is `None`) or those of one thread, oldest first.
pub fn attachments(db: &mut Db, inquiry: InquiryId, thread: Option<ThreadId>) -> StoreResult<Vec<Attachment>> {
    let of_inquiry = a::table.filter(a::inquiry_id.eq(Id(inquiry.0))).order(a::id).select(COLUMNS);
    let rows: Vec<Row> = match thread {
        None => of_inquiry.filter(a::thread_id.is_null()).load(db)?,
        Some(thread) => of_inquiry.filter(a::thread_id.eq(Id(thread.0))).load(db)?,
    };
    rows.into_iter().map(read).collect()
}

pub fn attachment(db: &mut Db, id: AttachmentId) -> StoreResult<Attachment> {
    let row = a::table.find(Id(id.0)).select(COLUMNS).first::<Row>(db).optional()?;
    read(row.ok_or_else(|| Refusal::not_found("attachment"))?)
}

fn insert(db: &mut Db, new: &Attachment) -> StoreResult<()> {
    if attachments(db, new.inquiry, new.thread)?.len() as i64 >= MOST_ATTACHMENTS {
        return Err(Refusal::new(Code::Conflict, format!("There are {MOST_ATTACHMENTS} attachments already, the most allowed.")).into());
    }
    diesel::insert_into(a::table)
        .values((
            a::id.eq(Id(new.id.0)),
            a::inquiry_id.eq(Id(new.inquiry.0)),
            a::thread_id.eq(new.thread.map(|t| Id(t.0))),
            a::organisation_id.eq(Id(new.organisation.0)),
            a::name.eq(&new.name),
            a::kind.eq(new.kind.as_str()),
            a::bytes.eq(new.bytes),
            a::sha256.eq(&new.sha256),
            a::created_at.eq(new.created_at.micros()),
        ))
        .execute(db)?;
    Ok(())
}

/// For all participants; the sender's to give.
pub fn attach_to_inquiry(db: &mut Db, actor: Option<Uuid>, new: &Attachment) -> StoreResult<()> {
    hold_open(db, new.created_at, new.inquiry)?;
    insert(db, new)?;
    tell_all(db, new.created_at, EventKind::AttachmentCreated, actor, new.inquiry, new.organisation)
}

/// For the two sides of a thread.
pub fn attach_to_thread(db: &mut Db, actor: Option<Uuid>, new: &Attachment, who: &ThreadParties, side: Side) -> StoreResult<()> {
    hold_open(db, new.created_at, new.inquiry)?;
    insert(db, new)?;
    came_from(db, new.created_at, who, side)?;
    tell(db, new.created_at, EventKind::AttachmentCreated, actor, who, side)
}
