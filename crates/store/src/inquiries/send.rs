//! Sending an inquiry: one row, one thread a provider, and an event for each organisation concerned,
//! so that each one's audit trail and live updates know of its own part and of nothing else.

use super::rows::Names;
use crate::columns::{Id, Json};
use crate::connection::per_backend;
use crate::schema::{inquiries as i, inquiry_threads as t};
use crate::{Db, StoreError, StoreResult, directory, events, matching};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{InquiryId, OrganisationId, ThreadId};
use kazi_core::inquiries::{InquiryState, NewInquiry, ThreadState};
use kazi_core::policy::inquiries as may;
use kazi_core::problem::{Code, FieldError, Refusal};
use uuid::Uuid;

/// Sends it; the ids of the threads come in the order of the providers.
pub fn create(db: &mut Db, at: Instant, actor: Option<Uuid>, id: InquiryId, new: &NewInquiry) -> StoreResult<Vec<ThreadId>> {
    new.check(at)?;
    may::send_as(&directory::get(db, new.organisation)?.profile.kinds)?;
    check_providers(db, &new.providers)?;
    if let Some(need) = new.need {
        let own = match matching::get(db, need) {
            Ok(need) => Some(need).filter(|need| need.organisation == Some(new.organisation)),
            Err(StoreError::Refused(_)) => None,
            Err(e) => return Err(e),
        };
        let own = own.ok_or_else(|| Refusal::field("/need", "unknown", "The organisation has no such need."))?;
        own.state.check_attachable()?;
    }
    diesel::insert_into(i::table)
        .values((
            i::id.eq(Id(id.0)),
            i::organisation_id.eq(Id(new.organisation.0)),
            i::need_id.eq(new.need.map(|n| Id(n.0))),
            i::subject.eq(&new.subject),
            i::body.eq(&new.body),
            i::questions.eq(Json::of(&new.questions)),
            i::reply_by.eq(new.reply_by.micros()),
            i::state.eq(InquiryState::Open.as_str()),
            i::created_at.eq(at.micros()),
            i::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    let threads: Vec<ThreadId> = new.providers.iter().map(|_| Uuid::now_v7().into()).collect();
    let row = |(thread, provider): (&ThreadId, &OrganisationId)| {
        (
            (
                t::id.eq(Id(thread.0)),
                t::inquiry_id.eq(Id(id.0)),
                t::provider_id.eq(Id(provider.0)),
                t::state.eq(ThreadState::Sent.as_str()),
                t::answers.eq(Json(serde_json::json!([]))),
                t::answers_version.eq(0),
                t::sent_at.eq(at.micros()),
                t::reply_by.eq(new.reply_by.micros()),
            ),
            (
                t::from_sender_at.eq(at.micros()),
                t::from_provider_at.eq(0),
                t::sender_read_at.eq(0),
                t::provider_read_at.eq(0),
                t::updated_at.eq(at.micros()),
            ),
        )
    };
    let rows: Vec<_> = threads.iter().zip(&new.providers).map(row).collect();
    per_backend!(db, |c| diesel::insert_into(t::table).values(&rows).execute(c))?;
    let event = |organisation: OrganisationId, data| NewEvent {
        kind: EventKind::InquiryCreated,
        actor,
        organisation: Some(organisation.0),
        subject: id.0,
        data,
    };
    events::append(db, at, event(new.organisation, serde_json::json!({ "side": "sender", "need": new.need, "providers": new.providers })))?;
    for (thread, provider) in threads.iter().zip(&new.providers) {
        events::append(db, at, event(*provider, serde_json::json!({ "side": "provider", "thread": thread })))?;
    }
    Ok(threads)
}

/// An inquiry goes to providers that somebody reads for: an unclaimed listing is refused by name.
fn check_providers(db: &mut Db, providers: &[OrganisationId]) -> StoreResult<()> {
    let found = directory::by_ids(db, providers)?;
    let mut errors = vec![];
    for (n, id) in providers.iter().enumerate() {
        let complaint = match found.iter().find(|o| o.id == *id) {
            None => ("unknown", "There is no organisation with that id.".to_owned()),
            Some(o) if !o.profile.is_provider() => ("conflict", format!("{} is not a provider.", o.profile.name)),
            Some(o) if !o.claimed => (
                "conflict",
                format!("{} is an unclaimed listing: nobody would read the inquiry. Write to its website instead.", o.profile.name),
            ),
            Some(_) => continue,
        };
        errors.push(FieldError { pointer: format!("/providers/{n}"), code: complaint.0.into(), message: complaint.1 });
    }
    match errors.first() {
        None => Ok(()),
        Some(first) => Err(Refusal { code: Code::Invalid, detail: first.message.clone(), errors }.into()),
    }
}

/// Who sent the inquiry.
pub fn sender(db: &mut Db, inquiry: InquiryId) -> StoreResult<OrganisationId> {
    let id: Option<Id> = i::table.find(Id(inquiry.0)).select(i::organisation_id).first(db).optional()?;
    Ok(id.ok_or_else(|| Refusal::not_found("inquiry"))?.0.into())
}

/// The thread that one of the organisations has in the inquiry, if any was asked.
pub fn own_thread(db: &mut Db, inquiry: InquiryId, organisations: &[OrganisationId]) -> StoreResult<Option<(ThreadId, OrganisationId)>> {
    let ids: Vec<Id> = organisations.iter().map(|o| Id(o.0)).collect();
    let row: Option<(Id, Id)> = t::table
        .filter(t::inquiry_id.eq(Id(inquiry.0)))
        .filter(t::provider_id.eq_any(ids))
        .order(t::id)
        .select((t::id, t::provider_id))
        .first(db)
        .optional()?;
    Ok(row.map(|(thread, provider)| (thread.0.into(), provider.0.into())))
}

/// The name that a side is known by, for texts.
pub fn letterhead(db: &mut Db, organisation: OrganisationId) -> StoreResult<kazi_core::inquiries::Party> {
    Names::of(db, [Id(organisation.0)])?.get(Id(organisation.0))
}
