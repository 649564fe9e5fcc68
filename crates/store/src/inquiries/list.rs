//! The two boxes of an organisation: what it sent, what it received. Newest first.

use super::rows::{InquiryRow, Names, ThreadRow};
use super::threads::counts;
use crate::columns::{Id, word};
use crate::schema::{inquiries as i, inquiry_threads as t};
use crate::{Db, StoreResult};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::ids::{InquiryId, NeedId, OrganisationId};
use kazi_core::inquiries::{InquiryEntry, InquiryState, Mailbox, Party, Side};
use kazi_core::page::Page;

/// Which inquiries a list has.
#[derive(Debug, Clone)]
pub struct InquiryFilter {
    pub organisation: OrganisationId,
    pub mailbox: Mailbox,
    pub state: Option<InquiryState>,
    /// Only those with something that the organisation has not read.
    pub unread: bool,
    pub need: Option<NeedId>,
}

pub fn list(db: &mut Db, now: Instant, filter: &InquiryFilter, after: Option<InquiryId>, limit: u32) -> StoreResult<Page<InquiryEntry>> {
    let (mut items, most) = (
        match filter.mailbox {
            Mailbox::Sent => sent(db, now, filter, after, i64::from(limit) + 1)?,
            Mailbox::Received => received(db, now, filter, after, i64::from(limit) + 1)?,
        },
        limit as usize,
    );
    let more = items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| more).map(|e| e.id.to_string());
    Ok(Page { items, next })
}

fn entry(row: InquiryRow, sender: Party) -> StoreResult<InquiryEntry> {
    Ok(InquiryEntry {
        id: row.id.0.into(),
        sender,
        subject: row.subject,
        need: row.need_id.map(|n| n.0.into()),
        reply_by: Instant::from_micros(row.reply_by),
        state: word(&row.state)?,
        unread: false,
        counts: None,
        thread: None,
        created_at: Instant::from_micros(row.created_at),
    })
}

fn sent(db: &mut Db, now: Instant, filter: &InquiryFilter, after: Option<InquiryId>, limit: i64) -> StoreResult<Vec<InquiryEntry>> {
    let own = i::organisation_id.eq(Id(filter.organisation.0));
    let mut query = i::table.filter(own).order(i::id.desc()).limit(limit).select(InquiryRow::as_select()).into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(i::state.eq(state.as_str()));
    }
    if let Some(need) = filter.need {
        query = query.filter(i::need_id.eq(Id(need.0)));
    }
    if let Some(after) = after {
        query = query.filter(i::id.lt(Id(after.0)));
    }
    if filter.unread {
        let news = t::table.filter(t::inquiry_id.eq(i::id)).filter(t::from_provider_at.gt(t::sender_read_at));
        query = query.filter(diesel::dsl::exists(news));
    }
    let rows: Vec<InquiryRow> = query.load(db)?;
    let names = Names::of(db, rows.iter().map(|r| r.organisation_id))?;
    let counted = counts(db, now, &rows.iter().map(|r| r.id).collect::<Vec<_>>())?;
    rows.into_iter()
        .map(|row| {
            let sender = names.get(row.organisation_id)?;
            let counts = counted.iter().find(|(id, _)| *id == row.id).map(|(_, counts)| *counts);
            Ok(InquiryEntry { unread: counts.is_some_and(|c| c.unread > 0), counts, ..entry(row, sender)? })
        })
        .collect()
}

fn received(db: &mut Db, now: Instant, filter: &InquiryFilter, after: Option<InquiryId>, limit: i64) -> StoreResult<Vec<InquiryEntry>> {
    let own = t::provider_id.eq(Id(filter.organisation.0));
    let mut query = t::table
        .inner_join(i::table)
        .filter(own)
        .order(t::inquiry_id.desc())
        .limit(limit)
        .select((InquiryRow::as_select(), ThreadRow::as_select()))
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(i::state.eq(state.as_str()));
    }
    if let Some(need) = filter.need {
        query = query.filter(i::need_id.eq(Id(need.0)));
    }
    if let Some(after) = after {
        query = query.filter(t::inquiry_id.lt(Id(after.0)));
    }
    if filter.unread {
        query = query.filter(t::from_sender_at.gt(t::provider_read_at));
    }
    let rows: Vec<(InquiryRow, ThreadRow)> = query.load(db)?;
    let names = Names::of(db, rows.iter().flat_map(|(inquiry, thread)| [inquiry.organisation_id, thread.provider_id]))?;
    rows.into_iter()
        .map(|(inquiry, thread)| {
            let (sender, provider) = (names.get(inquiry.organisation_id)?, names.get(thread.provider_id)?);
            let (unread, state) = (thread.is_unread(Side::Provider), inquiry.state()?);
            Ok(InquiryEntry { unread, thread: Some(thread.read(state, Side::Provider, provider, now)?), ..entry(inquiry, sender)? })
        })
        .collect()
}
