//! Invitations by e-mail: one at a time per organisation and address, good once, for a while.

use super::add_member;
use crate::columns::{Id, word};
use crate::schema::{events as log, invitations as table, memberships, people};
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::codes::Language;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::identity::{Invitation, MemberRole, Membership};
use kazi_core::ids::{InvitationId, OrganisationId, PersonId};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use serde_json::json;
use uuid::Uuid;

type Row = (Id, String, String, Option<Id>, i64, i64);
const COLUMNS: (table::id, table::email, table::role, table::invited_by, table::created_at, table::expires_at) =
    (table::id, table::email, table::role, table::invited_by, table::created_at, table::expires_at);

fn read((id, email, role, invited_by, created_at, expires_at): Row) -> StoreResult<Invitation> {
    Ok(Invitation {
        id: id.0.into(),
        email,
        role: word(&role)?,
        invited_by: invited_by.map(|i| i.0.into()),
        created_at: Instant::from_micros(created_at),
        expires_at: Instant::from_micros(expires_at),
    })
}

fn event(kind: EventKind, organisation: OrganisationId, id: InvitationId, actor: Option<Uuid>) -> NewEvent {
    NewEvent { kind, actor, organisation: Some(organisation.0), subject: id.0, data: json!({}) }
}

/// How many an organisation has sent since then.
pub fn invited_since(db: &mut Db, organisation: OrganisationId, since: Instant) -> StoreResult<i64> {
    let sent = log::organisation.eq(Id(organisation.0)).and(log::kind.eq(EventKind::InvitationCreated.as_str()));
    Ok(log::table.filter(sent.and(log::at.gt(since.micros()))).count().get_result(db)?)
}

/// How many organisations' invitations wait for an address.
pub fn invited_by_others(db: &mut Db, organisation: OrganisationId, email: &str, at: Instant) -> StoreResult<i64> {
    let others = table::email.eq(email).and(table::organisation.ne(Id(organisation.0)));
    Ok(table::table.filter(others.and(table::expires_at.gt(at.micros()))).count().get_result(db)?)
}

/// Keeps an invitation; an earlier one to the same address is good no more.
pub fn invite(
    db: &mut Db,
    organisation: OrganisationId,
    invitation: &Invitation,
    language: &Language,
    hash: &str,
    at: Instant,
) -> StoreResult<()> {
    let member = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation.eq(Id(organisation.0)).and(people::email.eq(&invitation.email)));
    if diesel::select(diesel::dsl::exists(member)).get_result(db)? {
        return Err(Refusal::new(Code::AlreadyExists, "Somebody with this address is a member already.").into());
    }
    let earlier = table::organisation.eq(Id(organisation.0)).and(table::email.eq(&invitation.email));
    diesel::delete(table::table.filter(earlier)).execute(db)?;
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Id(invitation.id.0)),
            table::organisation.eq(Id(organisation.0)),
            table::email.eq(&invitation.email),
            table::role.eq(invitation.role.as_str()),
            table::hash.eq(hash),
            table::language.eq(language.as_str()),
            table::invited_by.eq(invitation.invited_by.map(|p| Id(p.0))),
            table::created_at.eq(at.micros()),
            table::expires_at.eq(invitation.expires_at.micros()),
        ))
        .execute(db)
        .map_err(|e| StoreError::from(e).if_duplicate("Somebody else is inviting this address at the moment."))?;
    events::append(db, at, event(EventKind::InvitationCreated, organisation, invitation.id, invitation.invited_by.map(|p| p.0)))
}

/// Those that still wait, oldest first.
pub fn invitations(
    db: &mut Db,
    organisation: OrganisationId,
    after: Option<InvitationId>,
    limit: u32,
    at: Instant,
) -> StoreResult<Page<Invitation>> {
    let after = Id(after.map_or(Uuid::nil(), |i| i.0));
    let rows: Vec<Row> = table::table
        .filter(table::organisation.eq(Id(organisation.0)).and(table::id.gt(after)).and(table::expires_at.gt(at.micros())))
        .order(table::id)
        .limit(i64::from(limit) + 1)
        .select(COLUMNS)
        .load(db)?;
    let mut items = rows.into_iter().map(read).collect::<StoreResult<Vec<_>>>()?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|i| i.id.to_string());
    Ok(Page { items, next })
}

pub fn withdraw(db: &mut Db, organisation: OrganisationId, id: InvitationId, at: Instant, actor: Option<Uuid>) -> StoreResult<()> {
    let gone = diesel::delete(table::table.find(Id(id.0)).filter(table::organisation.eq(Id(organisation.0)))).execute(db)?;
    if gone == 0 {
        return Err(Refusal::not_found("invitation").into());
    }
    events::append(db, at, event(EventKind::InvitationWithdrawn, organisation, id, actor))
}

/// Uses an invitation up: its address's person is a member now. Whoever holds the link reads that address's mail, so
/// the address is confirmed as well.
pub fn accept(db: &mut Db, hash: &str, person: PersonId, at: Instant) -> StoreResult<Membership> {
    let email: Option<String> = people::table.find(Id(person.0)).select(people::email).first(db)?;
    let good = table::hash.eq(hash).and(table::expires_at.gt(at.micros()));
    let invited: Option<(Id, String, String)> =
        table::table.filter(good).select((table::organisation, table::email, table::role)).first(db).optional()?;
    let gone = || Refusal::new(Code::NotFound, "The invitation was used or withdrawn, or is too old. Ask for a new one.");
    let (organisation, address, role) = invited.ok_or_else(gone)?;
    if email.as_deref() != Some(address.as_str()) {
        return Err(
            Refusal::new(Code::NotAllowed, "The invitation is for another e-mail address. Sign in with the account of that one.").into()
        );
    }
    if diesel::delete(table::table.filter(table::hash.eq(hash))).execute(db)? == 0 {
        return Err(gone().into());
    }
    let (organisation, role): (OrganisationId, MemberRole) = (organisation.0.into(), word(&role)?);
    super::confirm(db, person, at)?;
    add_member(db, organisation, person, role, at, Some(person.0))?;
    let all = super::memberships_of(db, person)?;
    all.into_iter().find(|m| m.organisation == organisation).ok_or_else(|| Refusal::not_found("organisation").into())
}
