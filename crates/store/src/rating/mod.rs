//! To whom ratings are shown. A rating itself is no row: it is worked out from readings whenever it is asked for.

use crate::columns::{Id, word};
use crate::schema::rating_shown as s;
use crate::{Db, StoreError, StoreResult, events};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::OrganisationId;
use kazi_core::problem::Refusal;
use kazi_core::rating::{RatingDisplay, RatingShown};
use uuid::Uuid;

/// What the organisation has decided; that nobody else sees it where it has decided nothing.
pub fn shown(db: &mut Db, organisation: OrganisationId) -> StoreResult<RatingShown> {
    let row: Option<(String, Option<String>, i32, i64)> =
        s::table.find(Id(organisation.0)).select((s::audience, s::reply, s::version, s::updated_at)).first(db).optional()?;
    Ok(match row {
        None => RatingShown { display: RatingDisplay::default(), version: 0, updated_at: None },
        Some((audience, reply, version, at)) => RatingShown {
            display: RatingDisplay { audience: word(&audience)?, reply },
            version,
            updated_at: Some(Instant::from_micros(at)),
        },
    })
}

/// Decides it, if it still stands at `version`.
pub fn show(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    organisation: OrganisationId,
    version: i32,
    display: &RatingDisplay,
) -> StoreResult<RatingShown> {
    let values = (
        s::audience.eq(display.audience.as_str()),
        s::reply.eq(display.reply.as_deref()),
        s::version.eq(version + 1),
        s::updated_at.eq(at.micros()),
    );
    let changed = match shown(db, organisation)?.version {
        now if now != version => 0,
        0 => match diesel::insert_into(s::table).values((s::organisation_id.eq(Id(organisation.0)), values)).execute(db) {
            Ok(inserted) => inserted,
            Err(error) => match StoreError::from(error) {
                // Somebody else was first.
                error if error.is_duplicate() => 0,
                error => return Err(error),
            },
        },
        _ => diesel::update(s::table.find(Id(organisation.0)).filter(s::version.eq(version))).set(values).execute(db)?,
    };
    if changed == 0 {
        return Err(Refusal::changed_meanwhile().into());
    }
    let data = serde_json::json!({ "audience": display.audience, "version": version + 1 });
    let event = NewEvent { kind: EventKind::RatingShown, actor, organisation: Some(organisation.0), subject: organisation.0, data };
    events::append(db, at, event)?;
    shown(db, organisation)
}
