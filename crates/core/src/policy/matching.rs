//! Who may do what to needs and matches.

use super::{Standing, Verdict, act_for, act_for_private, not_allowed, sign_in};
use crate::identity::{Caller, Scope};
use crate::ids::OrganisationId;
use crate::matching::{Need, NeedState, NeedVisibility};
use crate::problem::Refusal;

/// The organisations that the caller stands for, as far as a key's scope goes.
pub fn stands_for(caller: &Caller, scope: Scope) -> Vec<OrganisationId> {
    match caller {
        Caller::Nobody => vec![],
        Caller::Person(p) => p.memberships.iter().map(|(o, _)| *o).collect(),
        Caller::Partner(p) if p.scopes.contains(&scope) => vec![p.organisation],
        Caller::Partner(_) => vec![],
    }
}

/// Save a need for the organisation.
pub fn create_need(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Edit, Some(Scope::MatchingWrite))
}

/// List the organisation's own needs.
pub fn list_needs(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Read, Some(Scope::MatchingRead))
}

/// Read what only the owner reads of a need: its ranking, its shortlist.
pub fn read_own_need(caller: &Caller, owner: OrganisationId) -> Verdict {
    act_for_private(caller, owner, Standing::Read, Some(Scope::MatchingRead), "need")
}

/// Change a need, its state or its shortlist. To whom it is not open it does not exist.
pub fn change_need(caller: &Caller, owner: OrganisationId) -> Verdict {
    act_for_private(caller, owner, Standing::Edit, Some(Scope::MatchingWrite), "need")
}

/// What the caller's organisations are to a need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ties {
    /// One of them is known to meet its hard constraints (`matching::is_known_to_meet`).
    pub fits: bool,
    /// One of them was sent an inquiry about it.
    pub invited: bool,
}

/// Whether one with these ties may read another's need. Whoever was asked about it may go on reading it once it
/// is over: what it answered speaks of it.
pub fn is_open_to(need: &Need, ties: Ties) -> bool {
    match need.state {
        NeedState::Draft => false,
        NeedState::Closed | NeedState::Awarded => ties.invited,
        NeedState::Open => match need.wanted.visibility {
            NeedVisibility::Public => true,
            NeedVisibility::Matched => ties.fits || ties.invited,
            NeedVisibility::Invited => ties.invited,
        },
    }
}

/// Read a need of another organisation.
pub fn read_others_need(caller: &Caller, need: &Need, ties: Ties) -> Verdict {
    match caller {
        _ if is_open_to(need, ties) => Ok(()),
        Caller::Nobody => Err(sign_in()),
        _ => Err(Refusal::not_found("need")),
    }
}

/// Rank providers for something that is not saved: everybody may, as everybody may read the directory.
pub fn rank_adhoc(caller: &Caller) -> Verdict {
    match caller {
        Caller::Partner(p) if !p.scopes.contains(&Scope::MatchingRead) => {
            Err(not_allowed(&format!("The API key lacks the scope {}.", Scope::MatchingRead)))
        }
        _ => Ok(()),
    }
}

/// See the open needs from a provider's side: what it lacks is its own affair, so to others there is no such list.
pub fn list_fitting_needs(caller: &Caller, provider: OrganisationId) -> Verdict {
    act_for_private(caller, provider, Standing::Read, Some(Scope::MatchingRead), "organisation of yours")
}

#[cfg(test)]
mod tests {
    use super::*;
    use NeedState::{Awarded, Closed, Draft, Open};
    use NeedVisibility::{Invited, Matched, Public};

    fn need(state: NeedState, visibility: NeedVisibility) -> Need {
        let wanted = serde_json::json!({ "title": "Labels", "service_line": crate::codes::ServiceLine::ALL[0], "visibility": visibility });
        Need {
            id: uuid::Uuid::nil().into(),
            organisation: None,
            state,
            wanted: serde_json::from_value(wanted).unwrap(),
            version: 1,
            created_at: crate::Instant::from_micros(0),
            updated_at: crate::Instant::from_micros(0),
        }
    }

    #[test]
    fn what_is_open_to_whom() {
        let (none, fits, invited) = (Ties::default(), Ties { fits: true, invited: false }, Ties { fits: false, invited: true });
        for (state, visibility, expected) in [
            (Open, Public, [true, true, true]),
            (Open, Matched, [false, true, true]),
            (Open, Invited, [false, false, true]),
            (Draft, Public, [false; 3]),
            (Draft, Invited, [false; 3]),
            (Closed, Invited, [false, false, true]),
            (Awarded, Public, [false, false, true]),
        ] {
            assert_eq!([none, fits, invited].map(|t| is_open_to(&need(state, visibility), t)), expected, "{state} {visibility}");
        }
    }
}
