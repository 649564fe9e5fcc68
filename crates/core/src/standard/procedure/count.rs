//! The count: each chamber by itself, and all of them together.

use super::chamber::seats_of;
use super::{Chamber, Choice, Opening, Poll, RollEntry, SealedBallot, VotingRules};
use crate::codes::code_list;
use serde::{Deserialize, Serialize};

/// A ballot in the box. Who cast it is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    pub chamber: Chamber,
    pub ballot: SealedBallot,
    pub opening: Opening,
}

code_list! {
    pub enum ChamberStanding: "a chamber's result such as carried" {
        /// Too few seats; took no part and stops nothing.
        NotConstituted = "not_constituted",
        /// Too few voted; how, is not published.
        NoQuorum = "no_quorum",
        Against = "against",
        Carried = "carried",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Split {
    pub yes: u32,
    pub no: u32,
    pub abstain: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChamberResult {
    pub chamber: Chamber,
    pub seats: u32,
    pub voted: u32,
    /// How many had to vote.
    pub quorum: u32,
    pub standing: ChamberStanding,
    /// Only where the quorum was met.
    pub split: Option<Split>,
}

impl ChamberResult {
    pub fn is_constituted(&self) -> bool {
        self.standing != ChamberStanding::NotConstituted
    }
    pub fn met_quorum(&self) -> bool {
        matches!(self.standing, ChamberStanding::Against | ChamberStanding::Carried)
    }
    pub fn met_majority(&self) -> bool {
        self.standing == ChamberStanding::Carried
    }
}

code_list! {
    /// What a vote decides.
    pub enum Decision: "a decision: adopted, rejected or lapsed" {
        /// Each constituted chamber carried it.
        Adopted = "adopted",
        /// A chamber with a quorum did not.
        Rejected = "rejected",
        /// No chamber was against, but one had no quorum or too few were constituted.
        Lapsed = "lapsed",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub decision: Decision,
    /// All six, in the list's order.
    pub chambers: Vec<ChamberResult>,
    /// Why, in English sentences; the chambers' standings say the same in codes.
    pub reasons: Vec<String>,
}

/// A chamber's numbers before the rules have judged them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    pub seats: u32,
    pub voted: u32,
    pub split: Option<Split>,
}

/// Whether the numbers of a chamber are enough for its split to be told.
pub(super) fn tells_its_split(rules: &VotingRules, seats: u32, voted: u32) -> bool {
    seats >= u32::from(rules.fewest_seats) && voted >= rules.quorum(seats)
}

/// Applies the rules. The split of a chamber without a quorum does not get into the outcome.
pub fn decide(rules: &VotingRules, numbers: impl Fn(Chamber) -> Numbers) -> Outcome {
    let judge = |chamber: Chamber| {
        let Numbers { seats, voted, split } = numbers(chamber);
        let split = split.filter(|_| tells_its_split(rules, seats, voted));
        let standing = match split {
            _ if seats < u32::from(rules.fewest_seats) => ChamberStanding::NotConstituted,
            None => ChamberStanding::NoQuorum,
            Some(split) if rules.carries(split.yes, split.no) => ChamberStanding::Carried,
            Some(_) => ChamberStanding::Against,
        };
        ChamberResult { chamber, seats, voted, quorum: rules.quorum(seats), standing, split }
    };
    let chambers: Vec<ChamberResult> = Chamber::ALL.iter().copied().map(judge).collect();
    let constituted = chambers.iter().filter(|c| c.is_constituted()).count();
    let any = |standing| chambers.iter().any(|c| c.standing == standing);
    let mut reasons: Vec<String> = chambers.iter().map(|c| reason(rules, c)).collect();
    let decision = if constituted < usize::from(rules.fewest_chambers) {
        reasons.push(format!("{constituted} chambers were constituted and {} have to be.", rules.fewest_chambers));
        Decision::Lapsed
    } else if any(ChamberStanding::Against) {
        Decision::Rejected
    } else if any(ChamberStanding::NoQuorum) {
        Decision::Lapsed
    } else {
        Decision::Adopted
    };
    Outcome { decision, chambers, reasons }
}

fn reason(rules: &VotingRules, result: &ChamberResult) -> String {
    let ChamberResult { chamber, seats, voted, quorum, .. } = result;
    match (result.standing, result.split) {
        (ChamberStanding::NotConstituted, _) => {
            format!("{chamber}: {seats} seats, and fewer than {} are no chamber; it took no part.", rules.fewest_seats)
        }
        (_, Some(Split { yes, no, abstain })) => {
            let verdict = if result.met_majority() { "carried" } else { "not carried" };
            let percent = rules.majority_percent;
            format!("{chamber}: {yes} yes, {no} no, {abstain} abstentions; at least {percent} % yes of yes and no: {verdict}.")
        }
        _ => format!("{chamber}: {voted} of {seats} voted and {quorum} had to; no quorum."),
    }
}

/// Counts the box.
pub fn tally(poll: &Poll, roll: &[RollEntry], ballots: &[Cast]) -> Outcome {
    decide(&poll.rules, |chamber| Numbers {
        seats: seats_of(&poll.register, chamber),
        voted: roll.iter().filter(|entry| entry.chamber == chamber).count() as u32,
        split: Some(split(ballots.iter().filter(|cast| cast.chamber == chamber))),
    })
}

pub(super) fn split<'a>(ballots: impl Iterator<Item = &'a Cast>) -> Split {
    let mut split = Split { yes: 0, no: 0, abstain: 0 };
    for cast in ballots {
        *match cast.opening.choice {
            Choice::Yes => &mut split.yes,
            Choice::No => &mut split.no,
            Choice::Abstain => &mut split.abstain,
        } += 1;
    }
    split
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: Numbers = Numbers { seats: 5, voted: 3, split: Some(Split { yes: 2, no: 1, abstain: 0 }) };

    fn decided(changed: &[(Chamber, Numbers)]) -> Outcome {
        decide(&VotingRules::default(), |chamber| changed.iter().find(|(c, _)| *c == chamber).map_or(FIVE, |(_, n)| *n))
    }
    fn standing(outcome: &Outcome, chamber: Chamber) -> ChamberStanding {
        outcome.chambers.iter().find(|c| c.chamber == chamber).unwrap().standing
    }
    const NONE: Numbers = Numbers { seats: 4, voted: 0, split: None };

    #[test]
    fn each_chamber_has_to_carry() {
        assert_eq!(decided(&[]).decision, Decision::Adopted);
        let against = Numbers { split: Some(Split { yes: 1, no: 2, abstain: 0 }), ..FIVE };
        let outcome = decided(&[(Chamber::Workers, against)]);
        assert_eq!((outcome.decision, standing(&outcome, Chamber::Workers)), (Decision::Rejected, ChamberStanding::Against));
        let abstained = Numbers { split: Some(Split { yes: 0, no: 0, abstain: 3 }), ..FIVE };
        assert_eq!(decided(&[(Chamber::Buyers, abstained)]).decision, Decision::Rejected);
    }

    #[test]
    fn without_a_quorum_it_lapses_and_the_split_is_not_told() {
        let few = Numbers { voted: 2, split: Some(Split { yes: 0, no: 2, abstain: 0 }), ..FIVE };
        let outcome = decided(&[(Chamber::Funders, few)]);
        assert_eq!((outcome.decision, standing(&outcome, Chamber::Funders)), (Decision::Lapsed, ChamberStanding::NoQuorum));
        assert_eq!(outcome.chambers.iter().find(|c| c.chamber == Chamber::Funders).unwrap().split, None);
        let helped = Numbers { voted: 3, split: Some(Split { yes: 2, no: 0, abstain: 1 }), ..FIVE };
        assert_eq!(decided(&[(Chamber::Funders, helped)]).decision, Decision::Adopted, "an abstention counts towards the quorum");
    }

    #[test]
    fn a_chamber_that_is_not_constituted_stops_nothing_unless_too_few_are() {
        let outcome = decided(&[(Chamber::Funders, NONE), (Chamber::Workers, NONE)]);
        assert_eq!((outcome.decision, standing(&outcome, Chamber::Funders)), (Decision::Adopted, ChamberStanding::NotConstituted));
        let outcome = decided(&[(Chamber::Funders, NONE), (Chamber::Workers, NONE), (Chamber::Issps, NONE)]);
        assert_eq!(outcome.decision, Decision::Lapsed);
        assert!(outcome.reasons.iter().any(|r| r.contains("3 chambers were constituted")));
    }
}
