//! Makes one of two listings of an organisation. The merged row stays, so that its address leads to the other for ever.

use super::organisations as listings;
use crate::columns::Id;
use crate::schema::{claims, organisations as table};
use crate::{Db, StoreResult, events, matching};
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::directory::{ClaimState, EvidenceGrade, Organisation, Provenance, SaidBy, facts};
use kazi_core::events::EventKind;
use kazi_core::ids::OrganisationId;
use kazi_core::problem::{Code, Refusal};
use uuid::Uuid;

/// Makes `from` a part of `into`: what `into` does not know is taken over with its provenance.
pub fn merge(db: &mut Db, from: OrganisationId, into: OrganisationId, actor: Uuid, at: Instant) -> StoreResult<Organisation> {
    let refused = |detail: &str| Err(Refusal::new(Code::Conflict, detail).into());
    if from == into {
        return refused("An organisation can't be merged into itself.");
    }
    let (gone, kept) = (listings::get(db, from)?, listings::get(db, into)?);
    if gone.claimed {
        return refused("A claimed organisation keeps its listing; merge the unclaimed one into it.");
    }
    let open: i64 = claims::table
        .filter(claims::organisation.eq(Id(from.0)))
        .filter(claims::state.eq(ClaimState::Open.as_str()))
        .count()
        .get_result(db)?;
    if open > 0 {
        return refused("Decide the open claims on it first.");
    }
    let profile = kept.profile.filled_from(&gone.profile);
    let (of_kept, of_gone) = (facts(&kept.profile), facts(&gone.profile));
    let merged = Provenance { by: SaidBy::Staff, at, source: Some("a merge of two listings".into()), grade: EvidenceGrade::SelfDeclared };
    let provenance = facts(&profile)
        .into_iter()
        .map(|(path, value)| {
            // A fact that neither listing stated so, such as the merged one's name among the others, is the steward's.
            let from_kept = kept.provenance.get(&path).filter(|_| of_kept.get(&path) == Some(&value));
            let from_gone = gone.provenance.get(&path).filter(|_| of_gone.get(&path) == Some(&value));
            let of = from_kept.or(from_gone).unwrap_or(&merged).clone();
            (path, of)
        })
        .collect();
    let after = if profile == kept.profile { kept } else { listings::update(db, at, Some(actor), &kept, &profile, &provenance)? };
    let changed =
        diesel::update(table::table.find(Id(from.0)).filter(table::version.eq(gone.version)).filter(table::merged_into.is_null()))
            .set((table::merged_into.eq(Id(into.0)), table::version.eq(gone.version + 1), table::updated_at.eq(at.micros())))
            .execute(db)?;
    if changed == 0 {
        return Err(Refusal::new(Code::VersionMismatch, "It was changed meanwhile. Read it again.").into());
    }
    diesel::update(table::table.filter(table::merged_into.eq(Id(from.0)))).set(table::merged_into.eq(Id(into.0))).execute(db)?;
    matching::follow_merge(db, at, Some(actor), from, into)?;
    let data = serde_json::json!({ "into": into });
    events::append(db, at, listings::event(EventKind::OrganisationMerged, Some(actor), from, data))?;
    Ok(after)
}
