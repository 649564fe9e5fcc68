//! The response clock's rows: which threads count for a provider, and what follows for it.

use super::rows::ThreadParties;
use crate::columns::Id;
use crate::schema::{inquiries as i, inquiry_threads as t, memberships as m, organisations as o};
use crate::{Db, StoreResult, directory};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::ids::OrganisationId;
use kazi_core::inquiries::{Asked, InquiryState, responsiveness};

/// Measures the provider anew. Takes the provider's row first, so that of two replies at the same
/// moment the second counts both.
pub(super) fn measure(db: &mut Db, at: Instant, provider: OrganisationId) -> StoreResult<()> {
    diesel::update(o::table.find(Id(provider.0))).set(o::slug.eq(o::slug)).execute(db)?;
    let kin = kin(db, provider)?;
    let rows: Vec<(Id, i64, i64, Option<i64>)> = t::table
        .inner_join(i::table)
        .filter(t::provider_id.eq(Id(provider.0)))
        .filter(t::replied_at.is_not_null().or(t::overdue_at.is_not_null()))
        .filter(i::organisation_id.ne_all(kin))
        .select((i::organisation_id, t::sent_at, t::reply_by, t::replied_at))
        .load(db)?;
    let asked: Vec<Asked> = rows
        .into_iter()
        .map(|(sender, sent_at, reply_by, replied_at)| Asked {
            sender: sender.0.into(),
            sent_at: Instant::from_micros(sent_at),
            reply_by: Instant::from_micros(reply_by),
            replied_at: replied_at.map(Instant::from_micros),
        })
        .collect();
    directory::set_responsiveness(db, at, provider, responsiveness(&asked, at))
}

/// The organisations that share a member with this one: what they ask says nothing of how it answers others.
fn kin(db: &mut Db, organisation: OrganisationId) -> StoreResult<Vec<Id>> {
    let people: Vec<Id> = m::table.filter(m::organisation.eq(Id(organisation.0))).select(m::person).load(db)?;
    Ok(m::table.filter(m::person.eq_any(people)).select(m::organisation).distinct().load(db)?)
}

pub(super) fn replied(db: &mut Db, at: Instant, parties: &ThreadParties) -> StoreResult<()> {
    measure(db, at, parties.provider)
}

/// Marks up to `limit` threads whose time has run out and measures their providers; says how many.
/// A thread whose inquiry was closed before its time does not count against the provider.
pub fn sweep_overdue(db: &mut Db, now: Instant, limit: i64) -> StoreResult<usize> {
    let due: Vec<(Id, Id)> = t::table
        .inner_join(i::table)
        .filter(t::replied_at.is_null())
        .filter(t::overdue_at.is_null())
        .filter(t::reply_by.lt(now.micros()))
        .filter(i::state.eq(InquiryState::Open.as_str()).or(i::closed_at.ge(t::reply_by.nullable())))
        .order((t::provider_id, t::id))
        .limit(limit)
        .select((t::id, t::provider_id))
        .load(db)?;
    let mut providers = vec![];
    let mut marked = 0;
    for (thread, provider) in due {
        let ours = diesel::update(t::table.find(thread).filter(t::overdue_at.is_null()).filter(t::replied_at.is_null()))
            .set(t::overdue_at.eq(Some(now.micros())))
            .execute(db)?;
        marked += ours;
        if ours == 1 && providers.last() != Some(&provider) {
            providers.push(provider);
        }
    }
    for provider in providers {
        measure(db, now, provider.0.into())?;
    }
    Ok(marked)
}
