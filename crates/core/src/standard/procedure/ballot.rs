//! Casting: one ballot an organisation, by its delegate or an alternate, and final. To let a ballot be
//! replaced, the server would have to keep which one is whose; so it doesn't.

use super::chamber::is_constituted;
use super::{Booth, Cast, Chamber, Course, Delegation, Draft, Opening, Seal, SealedBallot, Seat, VotingRules};
use crate::Instant;
use crate::ids::{OrganisationId, PersonId, ProposalId};
use crate::problem::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// A vote as it was opened. Nothing of it changes while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Poll {
    pub proposal: ProposalId,
    /// The frozen text.
    pub draft: Draft,
    pub rules: VotingRules,
    /// For when the opening was announced; the cut-off counts from there.
    pub announced_for: Instant,
    pub seat_cut_off_days: u16,
    pub opened_at: Instant,
    pub closes_at: Instant,
    /// The seats that may vote, by chamber and organisation.
    pub register: Vec<Seat>,
}

impl Poll {
    /// The vote that a course has just opened.
    pub fn open(proposal: ProposalId, course: &Course, seats: &[Seat]) -> Option<Self> {
        let opened_at = course.since;
        if !course.is_open_to_votes(opened_at) {
            return None;
        }
        Some(Self {
            proposal,
            draft: course.frozen?,
            rules: course.settings.rules,
            announced_for: course.opens_at?,
            seat_cut_off_days: course.settings.timetable.seat_cut_off,
            opened_at,
            closes_at: course.ends_at?,
            register: course.register(seats, opened_at),
        })
    }
    pub fn booth(&self, chamber: Chamber) -> Booth {
        Booth { proposal: self.proposal, chamber, draft: self.draft.digest }
    }
    pub fn is_open(&self, now: Instant) -> bool {
        self.opened_at <= now && now < self.closes_at
    }
    pub fn chamber_of(&self, organisation: OrganisationId) -> Option<Chamber> {
        self.register.iter().find(|s| s.organisation == organisation).map(|s| s.chamber)
    }
    pub fn is_constituted(&self, chamber: Chamber) -> bool {
        is_constituted(&self.register, chamber, &self.rules)
    }
}

/// That an organisation has voted: public. No moment, no person, no ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RollEntry {
    pub chamber: Chamber,
    pub organisation: OrganisationId,
}

/// Whether the person may cast the organisation's ballot now, and in which chamber.
pub fn may_cast(
    poll: &Poll,
    roll: &[RollEntry],
    organisation: OrganisationId,
    delegation: Option<&Delegation>,
    person: PersonId,
    now: Instant,
) -> Result<Chamber, Refusal> {
    let not = |why: &str| Err(Refusal::new(Code::NotAllowed, why));
    let conflict = |why: &str| Err(Refusal::new(Code::Conflict, why));
    if !delegation.is_some_and(|d| d.names(person)) {
        return not("Only the organisation's delegate or a named alternate casts its ballot.");
    }
    let Some(chamber) = poll.chamber_of(organisation) else {
        return not("The organisation had no confirmed seat before the cut-off of this vote.");
    };
    if !poll.is_constituted(chamber) {
        return conflict("The chamber has too few seats to be constituted; it takes no part in this vote.");
    }
    if !poll.is_open(now) {
        return conflict("The vote is not open.");
    }
    if roll.iter().any(|entry| entry.organisation == organisation) {
        return conflict("The organisation has voted; a ballot is final. Find its receipt in the published list.");
    }
    Ok(chamber)
}

/// Takes a ballot of whoever may cast one. The two that come back are kept apart: nothing in the one tells of the other.
pub fn take_ballot(
    poll: &Poll,
    taken: &[Seal],
    entry: RollEntry,
    ballot: SealedBallot,
    opening: Opening,
) -> Result<(RollEntry, Cast), Refusal> {
    if taken.contains(&ballot.seal) {
        return Err(Refusal::field("/ballot/seal", "conflict", "This ballot is in the box already."));
    }
    if !ballot.opens_with(&opening) {
        return Err(Refusal::field("/opening", "conflict", "This does not open the seal."));
    }
    if !ballot.holds_one_vote(&poll.booth(entry.chamber)) {
        return Err(Refusal::field("/ballot/proof", "conflict", "The proof does not show that the seal holds one vote of this chamber."));
    }
    Ok((entry, Cast { chamber: entry.chamber, ballot, opening }))
}
