//! What a person may do with her own account: read, change, take away, export everything held of her.

use super::{about, members};
use crate::columns::{Id, Json};
use crate::schema::{api_keys, events as log, idempotency_keys, invitations, mailed_tokens, memberships, people, sessions};
use crate::{Db, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::EventKind;
use kazi_core::identity::{AccountEdit, MemberRole, MyAccount};
use kazi_core::ids::PersonId;
use kazi_core::problem::{Code, Refusal};
use serde_json::{Value, json};

/// The most events of an export.
const MOST: i64 = 100_000;

pub fn my_account(db: &mut Db, person: PersonId) -> StoreResult<MyAccount> {
    let account = super::account(db, person)?;
    Ok(MyAccount {
        id: account.id,
        email: account.email,
        name: account.name,
        confirmed: account.confirmed,
        language: account.language,
        staff: account.staff,
        memberships: super::memberships_of(db, person)?,
        created_at: account.created_at,
        version: account.version,
    })
}

pub fn edit_account(db: &mut Db, person: PersonId, version: i32, edit: &AccountEdit, at: Instant) -> StoreResult<MyAccount> {
    let changed = diesel::update(people::table.find(Id(person.0)).filter(people::version.eq(version).and(people::deleted_at.is_null())))
        .set((people::name.eq(&edit.name), people::language.eq(edit.language.as_str()), people::version.eq(version + 1)))
        .execute(db)?;
    if changed == 0 {
        return Err(Refusal::new(Code::VersionMismatch, "Your account was changed since you read it. Read it again.").into());
    }
    events::append(db, at, about(EventKind::PersonEdited, person, Some(person.0)))?;
    my_account(db, person)
}

/// Takes everything personal away; the id stays for the log. Refused while an organisation would lose its last owner.
pub fn delete_account(db: &mut Db, person: PersonId, at: Instant) -> StoreResult<()> {
    let email = super::account(db, person)?.email;
    let rows: Vec<(Id, String)> = memberships::table
        .filter(memberships::person.eq(Id(person.0)))
        .order(memberships::organisation)
        .select((memberships::organisation, memberships::role))
        .load(db)?;
    for (organisation, role) in rows {
        let organisation = organisation.0.into();
        members::take_turn(db, organisation)?;
        if role == MemberRole::Owner.as_str() {
            members::keeps_an_owner(db, organisation, person)?;
        }
        diesel::delete(memberships::table.find((Id(organisation.0), Id(person.0)))).execute(db)?;
        events::append(db, at, members::event(EventKind::MemberRemoved, organisation, person, None, Some(person.0)))?;
    }
    crate::directory::forget_claimant(db, person)?;
    diesel::delete(sessions::table.filter(sessions::person.eq(Id(person.0)))).execute(db)?;
    diesel::delete(mailed_tokens::table.filter(mailed_tokens::person.eq(Id(person.0)))).execute(db)?;
    diesel::delete(invitations::table.filter(invitations::email.eq(&email))).execute(db)?;
    crate::letters::withdraw(db, &email)?;
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::owner.eq(person.to_string()))).execute(db)?;
    diesel::update(people::table.find(Id(person.0)))
        .set((
            people::email.eq(None::<String>),
            people::name.eq(None::<String>),
            people::password.eq(None::<String>),
            people::staff.eq(None::<String>),
            people::language.eq("und"),
            people::confirmed_at.eq(None::<i64>),
            people::deleted_at.eq(at.micros()),
            people::version.eq(people::version + 1),
        ))
        .execute(db)?;
    events::append(db, at, about(EventKind::PersonDeleted, person, Some(person.0)))
}

/// Everything that is held of a person, but secrets.
pub fn export_account(db: &mut Db, person: PersonId) -> StoreResult<Value> {
    let id = Id(person.0);
    let account = my_account(db, person)?;
    let when = |micros: i64| Instant::from_micros(micros).to_string();
    let held: Vec<(i64, i64, i64, Option<i64>)> = sessions::table
        .filter(sessions::person.eq(id))
        .order(sessions::created_at)
        .select((sessions::created_at, sessions::refreshed_at, sessions::expires_at, sessions::ended_at))
        .load(db)?;
    let sessions: Vec<Value> = held
        .into_iter()
        .map(|(made, refreshed, expires, ended)| {
            json!({ "created_at": when(made), "refreshed_at": when(refreshed), "expires_at": when(expires), "ended_at": ended.map(when) })
        })
        .collect();
    let waiting: Vec<(Id, String, String, i64)> = invitations::table
        .filter(invitations::email.eq(&account.email).or(invitations::invited_by.eq(id)))
        .order(invitations::created_at)
        .select((invitations::organisation, invitations::email, invitations::role, invitations::created_at))
        .load(db)?;
    let invitations: Vec<Value> = waiting
        .into_iter()
        .map(|(organisation, email, role, made)| {
            json!({ "organisation": organisation.0, "email": email, "role": role, "created_at": when(made) })
        })
        .collect();
    let made: Vec<(Id, String, String, i64)> = api_keys::table
        .filter(api_keys::made_by.eq(id))
        .order(api_keys::created_at)
        .select((api_keys::organisation, api_keys::name, api_keys::prefix, api_keys::created_at))
        .load(db)?;
    let keys: Vec<Value> = made
        .into_iter()
        .map(|(organisation, name, prefix, made)| {
            json!({ "organisation": organisation.0, "name": name, "prefix": prefix, "created_at": when(made) })
        })
        .collect();
    let rows: Vec<(i64, String, Option<Id>, Id, Json)> = log::table
        .filter(log::actor.eq(id).or(log::subject.eq(id)))
        .order(log::seq)
        .limit(MOST)
        .select((log::at, log::kind, log::organisation, log::subject, log::data))
        .load(db)?;
    let history: Vec<Value> = rows
        .into_iter()
        .map(|(at, kind, organisation, subject, data)| {
            json!({ "at": when(at), "kind": kind, "organisation": organisation.map(|o| o.0), "subject": subject.0, "data": data.0 })
        })
        .collect();
    Ok(json!({
        "account": account, "sessions": sessions, "invitations": invitations, "api_keys_made": keys, "history": history,
        "claims": crate::directory::claims_of(db, person)?,
        "claims_decided": crate::directory::decisions_of(db, person)?,
        "imports": crate::directory::imports_of(db, person)?,
        "messages": crate::inquiries::messages_of(db, person)?,
    }))
}
