//! Who belongs to which organisation, and as what.

use crate::columns::{Id, word};
use crate::schema::memberships;
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::identity::MemberRole;
use kazi_core::ids::{OrganisationId, PersonId};
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

pub(super) fn event(
    kind: EventKind,
    organisation: OrganisationId,
    person: PersonId,
    role: Option<MemberRole>,
    actor: Option<Uuid>,
) -> NewEvent {
    NewEvent { kind, actor, organisation: Some(organisation.0), subject: person.0, data: json!({ "role": role }) }
}
