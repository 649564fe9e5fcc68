//! Claims on listings: made by a person, decided by staff, the queue in the order of its clock.

use super::organisations as listings;
use crate::columns::{Id, word};
use crate::schema::{claims as table, organisations};
use crate::{Db, StoreError, StoreResult, events, identity};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{CLAIM_DUE_DAYS, Claim, ClaimCounts, ClaimDecision, ClaimState, NewClaim, email_fits};
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::identity::MemberRole;
use kazi_core::ids::{ClaimId, OrganisationId, PersonId};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use std::collections::HashMap;
use uuid::Uuid;

type Row = ((Id, Id, Id, String, String, String, Option<String>, i64, i64, Option<i64>, Option<String>), (String, String, Option<String>));
const COLUMNS: (
    (
        table::id,
        table::organisation,
        table::person,
        table::state,
        table::evidence,
        table::work_email,
        table::link,
        table::created_at,
        table::due_at,
        table::decided_at,
        table::reason,
    ),
    (organisations::name, organisations::slug, organisations::website_key),
) = (
    (
        table::id,
        table::organisation,
        table::person,
        table::state,
        table::evidence,
        table::work_email,
        table::link,
        table::created_at,
        table::due_at,
        table::decided_at,
        table::reason,
    ),
    (organisations::name, organisations::slug, organisations::website_key),
);

/// The rows with what their claimants' accounts add.
fn read(db: &mut Db, rows: Vec<Row>, now: Instant) -> StoreResult<Vec<Claim>> {
    let people: Vec<PersonId> = rows.iter().map(|((_, _, person, ..), _)| person.0.into()).collect();
    let emails = identity::confirmed_emails(db, &people)?;
    rows.into_iter().map(|row| one(row, &emails, now)).collect()
}

fn one(row: Row, emails: &HashMap<PersonId, String>, now: Instant) -> StoreResult<Claim> {
    let ((id, organisation, person, state, evidence, work_email, link, created_at, due_at, decided_at, reason), (name, slug, website)) =
        row;
    let (state, due_at) = (word(&state)?, Instant::from_micros(due_at));
    let confirmed_email = emails.get(&person.0.into()).cloned();
    Ok(Claim {
        id: id.0.into(),
        organisation: organisation.0.into(),
        organisation_name: name,
        organisation_slug: slug,
        person: person.0.into(),
        state,
        evidence,
        email_matches_website: confirmed_email.as_deref().zip(website.as_deref()).is_some_and(|(email, key)| email_fits(email, key)),
        work_email,
        link,
        confirmed_email,
        created_at: Instant::from_micros(created_at),
        due_at,
        overdue: state == ClaimState::Open && due_at < now,
        decided_at: decided_at.map(Instant::from_micros),
        reason,
    })
}

/// One open claim a person and organisation; a claimed organisation's owner invites instead.
pub fn create_claim(
    db: &mut Db,
    id: ClaimId,
    organisation: OrganisationId,
    person: PersonId,
    new: &NewClaim,
    at: Instant,
) -> StoreResult<Claim> {
    if listings::get(db, organisation)?.claimed {
        return Err(Refusal::new(Code::Conflict, "It is claimed already; ask one of its owners for an invitation.").into());
    }
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Id(id.0)),
            table::organisation.eq(Id(organisation.0)),
            table::person.eq(Id(person.0)),
            table::state.eq(ClaimState::Open.as_str()),
            table::evidence.eq(&new.evidence),
            table::work_email.eq(&new.work_email),
            table::link.eq(&new.link),
            table::created_at.eq(at.micros()),
            table::due_at.eq(at.plus(chrono::Duration::days(CLAIM_DUE_DAYS)).micros()),
        ))
        .execute(db)
        .map_err(|e| StoreError::from(e).if_duplicate("You have an open claim on it already."))?;
    tell(db, EventKind::ClaimCreated, organisation, id, Some(person.0), at, serde_json::json!({ "person": person }))?;
    get_claim(db, id, at)
}

fn tell(
    db: &mut Db,
    kind: EventKind,
    organisation: OrganisationId,
    id: ClaimId,
    actor: Option<Uuid>,
    at: Instant,
    data: serde_json::Value,
) -> StoreResult<()> {
    events::append(db, at, NewEvent { kind, actor, organisation: Some(organisation.0), subject: id.0, data })
}

pub fn get_claim(db: &mut Db, id: ClaimId, now: Instant) -> StoreResult<Claim> {
    let row = table::table.inner_join(organisations::table).filter(table::id.eq(Id(id.0))).select(COLUMNS).first::<Row>(db).optional()?;
    let row = row.ok_or_else(|| Refusal::not_found("claim"))?;
    Ok(read(db, vec![row], now)?.remove(0))
}

/// Oldest first, which is the order in which decisions fall due; of one person, or all.
pub fn list_claims(
    db: &mut Db,
    person: Option<PersonId>,
    state: Option<ClaimState>,
    after: Option<ClaimId>,
    limit: u32,
    now: Instant,
) -> StoreResult<Page<Claim>> {
    let after = Id(after.map_or(Uuid::nil(), |id| id.0));
    let mut query = table::table
        .inner_join(organisations::table)
        .filter(table::id.gt(after))
        .order(table::id)
        .limit(i64::from(limit) + 1)
        .select(COLUMNS)
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(table::person.eq(Id(person.0)));
    }
    if let Some(state) = state {
        query = query.filter(table::state.eq(state.as_str()));
    }
    let mut rows: Vec<Row> = query.load(db)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let items = read(db, rows, now)?;
    let next = items.last().filter(|_| more).map(|c| c.id.to_string());
    Ok(Page { items, next })
}

/// How many claims wait for a decision.
pub fn count_claims(db: &mut Db, now: Instant) -> StoreResult<ClaimCounts> {
    let open = || table::table.filter(table::state.eq(ClaimState::Open.as_str()));
    let all: i64 = open().count().get_result(db)?;
    let overdue: i64 = open().filter(table::due_at.lt(now.micros())).count().get_result(db)?;
    Ok(ClaimCounts { open: all as u32, overdue: overdue as u32 })
}

/// Decides an open claim. Approving makes the claimant an owner and rejects the others' claims. The decided claim comes
/// first, then those that were rejected with it.
pub fn decide_claim(db: &mut Db, id: ClaimId, decision: &ClaimDecision, actor: PersonId, at: Instant) -> StoreResult<Vec<Claim>> {
    let claim = get_claim(db, id, at)?;
    let state = if decision.approve { ClaimState::Approved } else { ClaimState::Rejected };
    if decision.approve {
        super::set_claimed(db, at, Some(actor.0), claim.organisation)?;
    }
    settle(db, &claim, ClaimState::Open, state, &decision.reason, actor, at)?;
    let mut decided = vec![get_claim(db, id, at)?];
    if decision.approve {
        if identity::role_of(db, claim.organisation, claim.person)?.is_none() {
            identity::add_member(db, claim.organisation, claim.person, MemberRole::Owner, at, Some(actor.0))?;
        }
        let others: Vec<Id> = table::table
            .filter(table::organisation.eq(Id(claim.organisation.0)))
            .filter(table::state.eq(ClaimState::Open.as_str()))
            .select(table::id)
            .load(db)?;
        for other in others {
            let other = get_claim(db, other.0.into(), at)?;
            let reason = "Another person's claim was approved. Ask that owner for an invitation.";
            settle(db, &other, ClaimState::Open, ClaimState::Rejected, reason, actor, at)?;
            decided.push(get_claim(db, other.id, at)?);
        }
    }
    Ok(decided)
}

/// Takes a listing away from those who keep it; the claims that were approved on it become rejected ones. Who kept it.
pub fn take_back(db: &mut Db, organisation: OrganisationId, reason: &str, actor: PersonId, at: Instant) -> StoreResult<Vec<PersonId>> {
    let left = super::unclaim(db, at, Some(actor.0), organisation, reason)?;
    let approved: Vec<Id> = table::table
        .filter(table::organisation.eq(Id(organisation.0)))
        .filter(table::state.eq(ClaimState::Approved.as_str()))
        .select(table::id)
        .load(db)?;
    for claim in approved {
        let claim = get_claim(db, claim.0.into(), at)?;
        settle(db, &claim, ClaimState::Approved, ClaimState::Rejected, reason, actor, at)?;
    }
    Ok(left)
}

fn settle(db: &mut Db, claim: &Claim, from: ClaimState, state: ClaimState, reason: &str, actor: PersonId, at: Instant) -> StoreResult<()> {
    let changed = diesel::update(table::table.find(Id(claim.id.0)).filter(table::state.eq(from.as_str())))
        .set((
            table::state.eq(state.as_str()),
            table::reason.eq(reason),
            table::decided_by.eq(Id(actor.0)),
            table::decided_at.eq(at.micros()),
        ))
        .execute(db)?;
    if changed == 0 {
        return Err(Refusal::new(Code::Conflict, "It is decided already.").into());
    }
    // The reason stays with the claim: what staff writes of a person goes with her account, and the log is never altered.
    let data = serde_json::json!({ "state": state, "person": claim.person });
    tell(db, EventKind::ClaimDecided, claim.organisation, claim.id, Some(actor.0), at, data)
}

/// Takes a person's words and addresses out of her claims when her account goes; open ones go altogether.
pub fn forget_claimant(db: &mut Db, person: PersonId) -> StoreResult<()> {
    diesel::delete(table::table.filter(table::person.eq(Id(person.0))).filter(table::state.eq(ClaimState::Open.as_str()))).execute(db)?;
    diesel::update(table::table.filter(table::person.eq(Id(person.0))))
        .set((table::evidence.eq(""), table::work_email.eq(""), table::link.eq(None::<String>)))
        .execute(db)?;
    Ok(())
}

/// What a person decided of others' claims, for her export.
pub fn decisions_of(db: &mut Db, person: PersonId) -> StoreResult<Vec<serde_json::Value>> {
    let rows: Vec<(Id, Id, String, Option<i64>, Option<String>)> = table::table
        .filter(table::decided_by.eq(Id(person.0)))
        .order(table::id)
        .select((table::id, table::organisation, table::state, table::decided_at, table::reason))
        .load(db)?;
    let decision = |(id, organisation, state, at, reason): (Id, Id, String, Option<i64>, Option<String>)| {
        let at = at.map(|at| Instant::from_micros(at).to_string());
        serde_json::json!({ "claim": id.0, "organisation": organisation.0, "state": state, "decided_at": at, "reason": reason })
    };
    Ok(rows.into_iter().map(decision).collect())
}

/// All of a person's claims, for her export; whether one is overdue is for the queue to say.
pub fn claims_of(db: &mut Db, person: PersonId) -> StoreResult<Vec<Claim>> {
    let rows: Vec<Row> =
        table::table.inner_join(organisations::table).filter(table::person.eq(Id(person.0))).order(table::id).select(COLUMNS).load(db)?;
    read(db, rows, Instant::from_micros(0))
}
