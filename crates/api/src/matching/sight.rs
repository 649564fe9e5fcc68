//! Who sees which need: brings together what the policy asks for.

use super::follower::of;
use crate::http::Answer;
use kazi_core::Instant;
use kazi_core::identity::{Caller, Scope};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{Need, NeedState, NeedVisibility, Terms, is_known_to_meet};
use kazi_core::policy::matching::{self as policy, Ties};
use kazi_store::{Db, StoreResult, directory, matching};

/// The need as the caller may read it.
pub(super) fn need_for(db: &mut Db, caller: &Caller, id: NeedId, now: Instant) -> Answer<Need> {
    let need = found(db, caller, id)?;
    let owner = owner(&need);
    if policy::read_own_need(caller, owner).is_ok() {
        return Ok(need);
    }
    let own = policy::stands_for(caller, Scope::MatchingRead);
    let ties = match need.state {
        _ if own.is_empty() => Ties::default(),
        NeedState::Open if need.wanted.visibility == NeedVisibility::Public => Ties::default(),
        NeedState::Open if need.wanted.visibility == NeedVisibility::Matched => {
            Ties { fits: fits(db, &need, &own, now)?, invited: matching::is_invited(db, id, &own)? }
        }
        _ => Ties { fits: false, invited: matching::is_invited(db, id, &own)? },
    };
    policy::read_others_need(caller, &need, ties)?;
    Ok(need.to_others())
}

/// The need, to its owner's members only.
pub(super) fn own_need(db: &mut Db, caller: &Caller, id: NeedId) -> Answer<Need> {
    let need = found(db, caller, id)?;
    policy::read_own_need(caller, owner(&need))?;
    Ok(need)
}

/// The need, to whoever may change it.
pub(super) fn changeable_need(db: &mut Db, caller: &Caller, id: NeedId) -> Answer<Need> {
    let need = found(db, caller, id)?;
    policy::change_need(caller, owner(&need))?;
    Ok(need)
}

/// Nobody is asked to sign in whether or not there is such a need.
fn found(db: &mut Db, caller: &Caller, id: NeedId) -> Answer<Need> {
    match (matching::get(db, id), caller) {
        (Err(kazi_store::StoreError::Refused(_)), Caller::Nobody) => Err(kazi_core::policy::somebody(caller)
            .err()
            .map_or_else(|| crate::http::Fail::new(kazi_core::problem::Code::NotFound, "There is no such need."), Into::into)),
        (need, _) => Ok(need?),
    }
}

/// The store always names the owner.
pub(super) fn owner(need: &Need) -> OrganisationId {
    need.organisation.unwrap_or(OrganisationId(uuid::Uuid::nil()))
}

fn fits(db: &mut Db, need: &Need, own: &[OrganisationId], now: Instant) -> StoreResult<bool> {
    let terms = Terms::of(&need.wanted, now.day());
    let found = directory::by_ids(db, own)?;
    Ok(found.iter().any(|o| is_known_to_meet(&terms, &of(o))))
}
