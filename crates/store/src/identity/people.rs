//! People's rows.

use super::about;
use crate::columns::{Id, word};
use crate::schema::{memberships, people, sessions};
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::codes::Language;
use kazi_core::events::EventKind;
use kazi_core::identity::{Person, StaffPerson, StaffRole};
use kazi_core::ids::{PersonId, SessionId};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use std::collections::HashMap;
use uuid::Uuid;

/// Somebody about to have an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub id: PersonId,
    /// In its normal form.
    pub email: String,
    pub name: String,
    pub language: Language,
    /// Hash of the password.
    pub password: Option<String>,
}

/// An account as the platform keeps it.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub language: Language,
    /// Hash of the password.
    pub password: Option<String>,
    pub staff: Option<StaffRole>,
    pub confirmed: bool,
    pub created_at: Instant,
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: Id,
    email: Option<String>,
    name: Option<String>,
    language: String,
    password: Option<String>,
    staff: Option<String>,
    confirmed_at: Option<i64>,
    created_at: i64,
    version: i32,
}

impl Row {
    fn read(self) -> StoreResult<Account> {
        Ok(Account {
            id: PersonId(self.id.0),
            email: self.email.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            language: word(&self.language)?,
            password: self.password,
            staff: self.staff.as_deref().map(word).transpose()?,
            confirmed: self.confirmed_at.is_some(),
            created_at: Instant::from_micros(self.created_at),
            version: self.version,
        })
    }
}

/// What an address was when somebody signed up with it.
#[derive(Debug, Clone)]
pub enum SignedUp {
    /// Free: it has an account now, not yet confirmed.
    New(PersonId),
    /// Of an account that nobody has confirmed, which stays as it is: whoever reads the address's mail decides.
    Waiting(PersonId),
    /// Of a confirmed account.
    Known(Box<Account>),
}

/// Makes the account unless the address has one. `AlreadyExists` when somebody else is doing so at the moment.
pub fn sign_up(db: &mut Db, new: &NewPerson, at: Instant) -> StoreResult<SignedUp> {
    match account_by_email(db, &new.email)? {
        Some(known) if known.confirmed => Ok(SignedUp::Known(Box::new(known))),
        Some(waits) => Ok(SignedUp::Waiting(waits.id)),
        None => register(db, new, at).map(SignedUp::New),
    }
}

/// Makes the account; `AlreadyExists` when the address has one.
pub fn register(db: &mut Db, new: &NewPerson, at: Instant) -> StoreResult<PersonId> {
    diesel::insert_into(people::table)
        .values((
            people::id.eq(Id(new.id.0)),
            people::email.eq(&new.email),
            people::name.eq(&new.name),
            people::language.eq(new.language.as_str()),
            people::password.eq(&new.password),
            people::created_at.eq(at.micros()),
            people::version.eq(1),
        ))
        .execute(db)
        .map_err(|e| StoreError::from(e).if_duplicate("The address has an account already."))?;
    events::append(db, at, about(EventKind::PersonRegistered, new.id, Some(new.id.0)))?;
    Ok(new.id)
}

pub fn account(db: &mut Db, person: PersonId) -> StoreResult<Account> {
    let row: Option<Row> =
        people::table.find(Id(person.0)).filter(people::deleted_at.is_null()).select(Row::as_select()).first(db).optional()?;
    row.ok_or_else(|| Refusal::not_found("person"))?.read()
}

pub fn account_by_email(db: &mut Db, email: &str) -> StoreResult<Option<Account>> {
    let row: Option<Row> = people::table.filter(people::email.eq(email)).select(Row::as_select()).first(db).optional()?;
    row.map(Row::read).transpose()
}

/// The addresses that these people have shown to be theirs.
pub fn confirmed_emails(db: &mut Db, ids: &[PersonId]) -> StoreResult<HashMap<PersonId, String>> {
    let ids: Vec<Id> = ids.iter().map(|p| Id(p.0)).collect();
    let rows: Vec<(Id, Option<String>)> = people::table
        .filter(people::id.eq_any(ids).and(people::confirmed_at.is_not_null()))
        .select((people::id, people::email))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(id, email)| Some((PersonId(id.0), email?))).collect())
}

/// What the policy decides by, and the sessions that are alive.
pub fn caller(db: &mut Db, person: PersonId, at: Instant) -> StoreResult<Option<(Person, Vec<SessionId>)>> {
    let row: Option<(Option<i64>, Option<String>)> = people::table
        .find(Id(person.0))
        .filter(people::deleted_at.is_null())
        .select((people::confirmed_at, people::staff))
        .first(db)
        .optional()?;
    let Some((confirmed_at, staff)) = row else { return Ok(None) };
    let rows: Vec<(Id, String)> = memberships::table
        .filter(memberships::person.eq(Id(person.0)))
        .order(memberships::created_at)
        .select((memberships::organisation, memberships::role))
        .load(db)?;
    let alive: Vec<Id> = sessions::table
        .filter(sessions::person.eq(Id(person.0)).and(sessions::ended_at.is_null()).and(sessions::expires_at.gt(at.micros())))
        .select(sessions::id)
        .load(db)?;
    let memberships = rows.into_iter().map(|(id, role)| Ok((id.0.into(), word(&role)?))).collect::<StoreResult<_>>()?;
    let staff = staff.as_deref().map(word).transpose()?;
    Ok(Some((
        Person { id: person, confirmed: confirmed_at.is_some(), staff, memberships },
        alive.into_iter().map(|i| i.0.into()).collect(),
    )))
}

/// The address is the person's, and letters that would confirm it are good no more; harmless the second time.
pub fn confirm(db: &mut Db, person: PersonId, at: Instant) -> StoreResult<()> {
    let changed = diesel::update(people::table.find(Id(person.0)).filter(people::confirmed_at.is_null()))
        .set((people::confirmed_at.eq(at.micros()), people::version.eq(people::version + 1)))
        .execute(db)?;
    super::mailed::forget_confirmations(db, person)?;
    if changed == 1 {
        events::append(db, at, about(EventKind::PersonConfirmed, person, Some(person.0)))?;
    }
    Ok(())
}

/// Keeps another password's hash.
pub fn set_password(db: &mut Db, person: PersonId, hash: &str, at: Instant, actor: Option<Uuid>) -> StoreResult<()> {
    diesel::update(people::table.find(Id(person.0)).filter(people::deleted_at.is_null())).set(people::password.eq(hash)).execute(db)?;
    events::append(db, at, about(EventKind::PasswordChanged, person, actor))
}

/// The password is good no more, and the person is signed out; a mailed link gives a new one.
pub fn lock(db: &mut Db, person: PersonId, at: Instant) -> StoreResult<()> {
    diesel::update(people::table.find(Id(person.0))).set(people::password.eq(None::<String>)).execute(db)?;
    super::end_all(db, person, at)?;
    events::append(db, at, about(EventKind::PasswordChanged, person, None))
}

pub fn set_staff(db: &mut Db, person: PersonId, role: Option<StaffRole>, at: Instant, actor: Option<Uuid>) -> StoreResult<()> {
    let changed = diesel::update(people::table.find(Id(person.0)).filter(people::deleted_at.is_null()))
        .set((people::staff.eq(role.map(StaffRole::as_str)), people::version.eq(people::version + 1)))
        .execute(db)?;
    if changed == 0 {
        return Err(Refusal::new(Code::NotFound, "No person with that id.").into());
    }
    events::append(db, at, about(EventKind::PersonEdited, person, actor))
}

/// People whose address or name holds the words, or the staff when there are none; by the age of their accounts.
pub fn search_people(db: &mut Db, words: Option<&str>, after: Option<PersonId>, limit: u32) -> StoreResult<Page<StaffPerson>> {
    let after = Id(after.map_or(Uuid::nil(), |p| p.0));
    let mut query = people::table
        .filter(people::deleted_at.is_null().and(people::id.gt(after)))
        .select(Row::as_select())
        .order(people::id)
        .into_boxed();
    query = match words {
        Some(words) => {
            let escaped = words.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let pattern = format!("%{escaped}%");
            let name = diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>("lower(name)");
            query.filter(people::email.like(pattern.clone()).escape('\\').or(name.like(pattern).escape('\\')))
        }
        None => query.filter(people::staff.is_not_null()),
    };
    let rows: Vec<Row> = query.limit(i64::from(limit) + 1).load(db)?;
    let mut items = rows.into_iter().map(|r| r.read().map(staff_person)).collect::<StoreResult<Vec<_>>>()?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|p| p.id.to_string());
    Ok(Page { items, next })
}

fn staff_person(account: Account) -> StaffPerson {
    let Account { id, email, name, staff, confirmed, created_at, .. } = account;
    StaffPerson { id, name, email, confirmed, staff, created_at }
}
