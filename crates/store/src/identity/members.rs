//! Who belongs to which organisation, and as what. At least one owner stays: changes of owners of one organisation
//! take turns by a lock on its row (PostgreSQL) or the one writer (SQLite).

use crate::columns::{Id, word};
use crate::schema::{api_keys, invitations, memberships, organisations, people};
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::codes::OrganisationKind;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::identity::{Member, MemberRole, Membership};
use kazi_core::ids::{OrganisationId, PersonId};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use serde_json::json;
use uuid::Uuid;

/// Makes somebody a member, in the transaction of whoever founds, claims or accepts.
pub fn add_member(
    db: &mut Db,
    organisation: OrganisationId,
    person: PersonId,
    role: MemberRole,
    at: Instant,
    actor: Option<Uuid>,
) -> StoreResult<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::organisation.eq(Id(organisation.0)),
            memberships::person.eq(Id(person.0)),
            memberships::role.eq(role.as_str()),
            memberships::created_at.eq(at.micros()),
            memberships::version.eq(1),
        ))
        .execute(db)
        .map_err(|e| StoreError::from(e).if_duplicate("This person is a member already."))?;
    events::append(db, at, event(EventKind::MemberAdded, organisation, person, Some(role), actor))
}

pub fn role_of(db: &mut Db, organisation: OrganisationId, person: PersonId) -> StoreResult<Option<MemberRole>> {
    let role: Option<String> =
        memberships::table.find((Id(organisation.0), Id(person.0))).select(memberships::role).first(db).optional()?;
    role.as_deref().map(word).transpose()
}

type Row = (Id, Option<String>, Option<String>, String, i64, i32);

fn read(row: Row) -> StoreResult<Member> {
    let (person, name, email, role, since, version) = row;
    Ok(Member {
        person: person.0.into(),
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        role: word(&role)?,
        since: Instant::from_micros(since),
        version,
    })
}

fn columns() -> (people::id, people::name, people::email, memberships::role, memberships::created_at, memberships::version) {
    (people::id, people::name, people::email, memberships::role, memberships::created_at, memberships::version)
}

/// The members after a person's id, in the order of their accounts' age.
pub fn members(db: &mut Db, organisation: OrganisationId, after: Option<PersonId>, limit: u32) -> StoreResult<Page<Member>> {
    let after = Id(after.map_or(Uuid::nil(), |p| p.0));
    let rows: Vec<Row> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation.eq(Id(organisation.0)).and(memberships::person.gt(after)))
        .order(memberships::person)
        .limit(i64::from(limit) + 1)
        .select(columns())
        .load(db)?;
    let mut items = rows.into_iter().map(read).collect::<StoreResult<Vec<_>>>()?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|m| m.person.to_string());
    Ok(Page { items, next })
}

pub fn member(db: &mut Db, organisation: OrganisationId, person: PersonId) -> StoreResult<Member> {
    let row: Option<Row> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation.eq(Id(organisation.0)).and(memberships::person.eq(Id(person.0))))
        .select(columns())
        .first(db)
        .optional()?;
    read(row.ok_or_else(|| Refusal::not_found("member"))?)
}

/// The organisations that a person may act for.
pub fn memberships_of(db: &mut Db, person: PersonId) -> StoreResult<Vec<Membership>> {
    let rows: Vec<(Id, String, String, String, String, i64)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person.eq(Id(person.0)))
        .order((memberships::created_at, memberships::organisation))
        .select((
            organisations::id,
            organisations::slug,
            organisations::name,
            organisations::profile,
            memberships::role,
            memberships::created_at,
        ))
        .load(db)?;
    rows.into_iter()
        .map(|(id, slug, name, profile, role, since)| {
            let organisation = id.0.into();
            let kinds = kinds(&profile)?;
            Ok(Membership { organisation, slug, name, kinds, role: word(&role)?, since: Instant::from_micros(since) })
        })
        .collect()
}

fn kinds(profile: &str) -> StoreResult<Vec<OrganisationKind>> {
    #[derive(serde::Deserialize)]
    struct Kinds {
        #[serde(default)]
        kinds: Vec<OrganisationKind>,
    }
    let read: Kinds = serde_json::from_str(profile).map_err(|e| StoreError::Row(e.to_string()))?;
    Ok(read.kinds)
}

/// Gives a member another role, if it is still of that version.
pub fn set_role(
    db: &mut Db,
    organisation: OrganisationId,
    person: PersonId,
    role: MemberRole,
    version: i32,
    at: Instant,
    actor: Option<Uuid>,
) -> StoreResult<Member> {
    take_turn(db, organisation)?;
    let now = member(db, organisation, person)?;
    if now.version != version {
        return Err(Refusal::new(Code::VersionMismatch, "Somebody changed this member since you read it. Read it again.").into());
    }
    if now.role == MemberRole::Owner && role != MemberRole::Owner {
        keeps_an_owner(db, organisation, person)?;
    }
    diesel::update(memberships::table.find((Id(organisation.0), Id(person.0))))
        .set((memberships::role.eq(role.as_str()), memberships::version.eq(version + 1)))
        .execute(db)?;
    events::append(db, at, event(EventKind::MemberEdited, organisation, person, Some(role), actor))?;
    Ok(Member { role, version: version + 1, ..now })
}

pub fn remove_member(db: &mut Db, organisation: OrganisationId, person: PersonId, at: Instant, actor: Option<Uuid>) -> StoreResult<()> {
    take_turn(db, organisation)?;
    match role_of(db, organisation, person)? {
        None => return Err(Refusal::not_found("member").into()),
        Some(MemberRole::Owner) => keeps_an_owner(db, organisation, person)?,
        Some(_) => {}
    }
    diesel::delete(memberships::table.find((Id(organisation.0), Id(person.0)))).execute(db)?;
    events::append(db, at, event(EventKind::MemberRemoved, organisation, person, None, actor))
}

/// Takes everybody out of an organisation that nobody keeps any more, with its keys and invitations. Who was in it.
pub fn disband(db: &mut Db, organisation: OrganisationId, at: Instant, actor: Option<Uuid>) -> StoreResult<Vec<PersonId>> {
    take_turn(db, organisation)?;
    let of = Id(organisation.0);
    let people: Vec<Id> =
        memberships::table.filter(memberships::organisation.eq(of)).order(memberships::created_at).select(memberships::person).load(db)?;
    for person in &people {
        diesel::delete(memberships::table.find((of, *person))).execute(db)?;
        events::append(db, at, event(EventKind::MemberRemoved, organisation, person.0.into(), None, actor))?;
    }
    let keys: Vec<Id> =
        api_keys::table.filter(api_keys::organisation.eq(of).and(api_keys::revoked_at.is_null())).select(api_keys::id).load(db)?;
    for key in keys {
        super::revoke_api_key(db, organisation, key.0.into(), at, actor)?;
    }
    let waiting: Vec<Id> = invitations::table.filter(invitations::organisation.eq(of)).select(invitations::id).load(db)?;
    for invitation in waiting {
        super::withdraw(db, organisation, invitation.0.into(), at, actor)?;
    }
    Ok(people.into_iter().map(|p| p.0.into()).collect())
}

/// Waits for others who are changing this organisation's owners.
pub(super) fn take_turn(db: &mut Db, organisation: OrganisationId) -> StoreResult<()> {
    if let Db::Postgres(c) = db {
        organisations::table.find(Id(organisation.0)).select(organisations::id).for_no_key_update().first::<Id>(c).optional()?;
    }
    Ok(())
}

/// Refuses when nobody else owns the organisation.
pub(super) fn keeps_an_owner(db: &mut Db, organisation: OrganisationId, without: PersonId) -> StoreResult<()> {
    let others = memberships::organisation
        .eq(Id(organisation.0))
        .and(memberships::role.eq(MemberRole::Owner.as_str()))
        .and(memberships::person.ne(Id(without.0)));
    if diesel::select(diesel::dsl::exists(memberships::table.filter(others))).get_result(db)? {
        return Ok(());
    }
    let name: Option<String> = organisations::table.find(Id(organisation.0)).select(organisations::name).first(db).optional()?;
    let name = name.unwrap_or_else(|| "The organisation".into());
    Err(Refusal::new(Code::Conflict, format!("{name} would be left without an owner. Make another member an owner first.")).into())
}

pub(super) fn event(
    kind: EventKind,
    organisation: OrganisationId,
    person: PersonId,
    role: Option<MemberRole>,
    actor: Option<Uuid>,
) -> NewEvent {
    NewEvent { kind, actor, organisation: Some(organisation.0), subject: person.0, data: json!({ "role": role }) }
}
