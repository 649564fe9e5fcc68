//! The chambers, who sits in them, and who may cast an organisation's one ballot.

use super::VotingRules;
use crate::Instant;
use crate::codes::{OrganisationKind, code_list};
use crate::ids::{OrganisationId, PersonId};
use crate::problem::Refusal;
use serde::{Deserialize, Serialize};

code_list! {
    /// A group of stakeholders that has to agree.
    pub enum Chamber: "a chamber: issps, bpos, buyers, workers, funders or trainers_certifiers" {
        Issps = "issps", Bpos = "bpos", Buyers = "buyers",
        /// Workers' representatives: unions, works councils, associations of workers.
        Workers = "workers",
        Funders = "funders",
        TrainersCertifiers = "trainers_certifiers",
    }
}

impl Chamber {
    /// The kinds of organisation that may sit here. Governments buy and fund, so they choose between these two.
    pub fn kinds(self) -> &'static [OrganisationKind] {
        use OrganisationKind::{Bpo, Buyer, Certifier, Community, Funder, Government, Issp, Trainer};
        match self {
            Self::Issps => &[Issp],
            Self::Bpos => &[Bpo],
            Self::Buyers => &[Buyer, Government],
            Self::Workers => &[Community],
            Self::Funders => &[Funder, Government],
            Self::TrainersCertifiers => &[Trainer, Certifier],
        }
    }
}

/// Whether an organisation of these kinds may ask for a seat there.
pub fn may_sit(kinds: &[OrganisationKind], chamber: Chamber) -> bool {
    kinds.iter().any(|kind| chamber.kinds().contains(kind))
}

/// An organisation's place in a chamber; public with all its dates. A steward confirms each one: that the
/// organisation exists, is what it says and, in the workers' chamber, speaks for workers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seat {
    pub organisation: OrganisationId,
    pub chamber: Chamber,
    pub registered_at: Instant,
    pub confirmed_at: Option<Instant>,
    /// Left, moved to another chamber, or found not to be what it said.
    pub ended_at: Option<Instant>,
}

/// What asks for a seat. Asking again for another chamber ends the seat that one has, and the cut-off counts anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    pub chamber: Chamber,
    /// Why the organisation belongs there; a representative of workers says for whom it speaks. Public.
    #[cfg_attr(feature = "validate", validate(length(min = 10, max = 2000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 2000))]
    pub statement: String,
}

/// The seats that may vote when the vote is announced to open then: registered before the cut-off, confirmed
/// and not ended at the opening; one an organisation, the one registered first. The cut-off counts from the
/// registration, so that nobody can be kept out by a slow confirmation, and from the announced opening, so that
/// nobody gets in by a late one.
pub fn register(seats: &[Seat], announced: Instant, now: Instant, cut_off_days: u16) -> Vec<Seat> {
    let cut_off = announced.plus(-chrono::Duration::days(i64::from(cut_off_days)));
    let mut may_vote: Vec<Seat> = seats
        .iter()
        .filter(|s| s.registered_at <= cut_off && s.confirmed_at.is_some_and(|at| at <= now) && s.ended_at.is_none_or(|at| at > now))
        .cloned()
        .collect();
    may_vote.sort_by_key(|s| (s.organisation, s.registered_at, s.chamber));
    may_vote.dedup_by_key(|s| s.organisation);
    may_vote.sort_by_key(|s| (s.chamber, s.organisation));
    may_vote
}

/// How many seats of a register are the chamber's.
pub(super) fn seats_of(register: &[Seat], chamber: Chamber) -> u32 {
    register.iter().filter(|s| s.chamber == chamber).count() as u32
}

pub(super) fn is_constituted(register: &[Seat], chamber: Chamber, rules: &VotingRules) -> bool {
    seats_of(register, chamber) >= u32::from(rules.fewest_seats)
}

/// The most alternates of one organisation.
pub const MOST_ALTERNATES: usize = 3;

/// Who may cast an organisation's one ballot: whoever of them comes first. The names are public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    pub delegate: PersonId,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 3))]
    pub alternates: Vec<PersonId>,
}

impl Delegation {
    /// Each is a member of the organisation, and named once.
    pub fn check(&self, members: &[PersonId]) -> Result<(), Refusal> {
        if self.alternates.len() > MOST_ALTERNATES {
            return Err(Refusal::field("/alternates", "length", format!("At most {MOST_ALTERNATES} alternates.")));
        }
        if !members.contains(&self.delegate) {
            return Err(Refusal::field("/delegate", "conflict", "The delegate has to be a member of the organisation."));
        }
        for (i, alternate) in self.alternates.iter().enumerate() {
            let pointer = format!("/alternates/{i}");
            if !members.contains(alternate) {
                return Err(Refusal::field(pointer, "conflict", "An alternate has to be a member of the organisation."));
            }
            if *alternate == self.delegate || self.alternates[..i].contains(alternate) {
                return Err(Refusal::field(pointer, "conflict", "This person is named already."));
            }
        }
        Ok(())
    }
    pub fn names(&self, person: PersonId) -> bool {
        self.delegate == person || self.alternates.contains(&person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use uuid::Uuid;

    fn day(n: i64) -> Instant {
        Instant::from_micros(1_789_948_800_000_000).plus(Duration::days(n))
    }
    fn seat(n: u128, chamber: Chamber, registered: i64, confirmed: Option<i64>, ended: Option<i64>) -> Seat {
        Seat {
            organisation: Uuid::from_u128(n).into(),
            chamber,
            registered_at: day(registered),
            confirmed_at: confirmed.map(day),
            ended_at: ended.map(day),
        }
    }

    #[test]
    fn every_kind_has_a_chamber_and_workers_are_of_the_community() {
        use OrganisationKind::{Buyer, Community, Government, Issp};
        for kind in OrganisationKind::ALL {
            assert!(Chamber::ALL.iter().any(|c| may_sit(&[*kind], *c)), "{kind}");
        }
        assert!(may_sit(&[Community], Chamber::Workers) && !may_sit(&[Issp, Buyer], Chamber::Workers));
        assert!(may_sit(&[Government], Chamber::Buyers) && may_sit(&[Government], Chamber::Funders));
        assert!(!may_sit(&[], Chamber::Issps));
    }

    #[test]
    fn a_chamber_cannot_be_packed_at_the_last_minute() {
        let seats = [
            seat(1, Chamber::Bpos, 0, Some(40), None),
            seat(2, Chamber::Bpos, 30, Some(31), None),
            seat(3, Chamber::Bpos, 31, Some(31), None),
            seat(4, Chamber::Bpos, 0, None, None),
            seat(5, Chamber::Bpos, 0, Some(61), None),
            seat(6, Chamber::Bpos, 0, Some(1), Some(59)),
            seat(7, Chamber::Bpos, 0, Some(1), Some(61)),
        ];
        let of = |now| register(&seats, day(60), day(now), 30).iter().map(|s| s.organisation.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(of(60), [1, 2, 7]);
        assert_eq!(of(62), [1, 2, 5], "a vote that opens late has the cut-off that was announced");
    }

    #[test]
    fn an_organisation_sits_in_one_chamber() {
        let seats = [seat(1, Chamber::Bpos, 5, Some(6), None), seat(1, Chamber::Issps, 1, Some(2), None)];
        let register = register(&seats, day(60), day(60), 30);
        assert_eq!(register.iter().map(|s| s.chamber).collect::<Vec<_>>(), [Chamber::Issps]);
    }

    #[test]
    fn alternates_are_members_named_once() {
        let [a, b, c] = [1, 2, 3].map(|n| PersonId::from(Uuid::from_u128(n)));
        let named = |delegate, alternates: &[PersonId]| Delegation { delegate, alternates: alternates.to_vec() }.check(&[a, b]);
        named(a, &[b]).unwrap();
        for (refused, pointer) in [
            (named(c, &[]), "/delegate"),
            (named(a, &[c]), "/alternates/0"),
            (named(a, &[a]), "/alternates/0"),
            (named(a, &[b, b]), "/alternates/1"),
            (named(a, &[b, b, b, b]), "/alternates"),
        ] {
            assert_eq!(refused.unwrap_err().errors[0].pointer, pointer);
        }
    }
}
