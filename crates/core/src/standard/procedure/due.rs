//! "Needs my vote": the ballots that a person may cast now and that nobody of her organisation has cast.

use super::{Chamber, Delegation, Poll, RollEntry, may_cast};
use crate::Instant;
use crate::ids::{OrganisationId, PersonId, ProposalId};
use serde::{Deserialize, Serialize};

/// A vote under way, and who has voted in it.
#[derive(Debug, Clone, Copy)]
pub struct OpenBallot<'a> {
    pub title: &'a str,
    pub poll: &'a Poll,
    pub roll: &'a [RollEntry],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VoteDue {
    pub proposal: ProposalId,
    pub title: String,
    pub organisation: OrganisationId,
    pub chamber: Chamber,
    /// The delegate comes first; the person is an alternate.
    pub as_alternate: bool,
    pub closes_at: Instant,
}

/// What needs the person's vote, the soonest to close first.
pub fn needs_my_vote(person: PersonId, delegations: &[(OrganisationId, Delegation)], open: &[OpenBallot], now: Instant) -> Vec<VoteDue> {
    let mut due: Vec<VoteDue> = open
        .iter()
        .flat_map(|ballot| delegations.iter().map(move |(organisation, delegation)| (ballot, *organisation, delegation)))
        .filter_map(|(ballot, organisation, delegation)| {
            let chamber = may_cast(ballot.poll, ballot.roll, organisation, Some(delegation), person, now).ok()?;
            Some(VoteDue {
                proposal: ballot.poll.proposal,
                title: ballot.title.to_owned(),
                organisation,
                chamber,
                as_alternate: delegation.delegate != person,
                closes_at: ballot.poll.closes_at,
            })
        })
        .collect();
    due.sort_by_key(|vote| (vote.closes_at, vote.proposal, vote.organisation));
    due
}
