//! What is published of a vote, so that anyone can recount it. Voters and ballots stand in lists of their
//! own, each sorted; a chamber without a quorum shows no totals.

use super::count::{split, tells_its_split};
use super::seal::{Number, add_blindings};
use super::{Cast, Chamber, Fault, Outcome, Poll, RollEntry, SealedBallot, Split, recount, tally};
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};

/// Name of the form and of the method; another method gets another name.
pub const FORMAT: &str = "kazi-ballot-1";

/// A chamber's totals and what shows that they are those of its seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Totals {
    pub split: Split,
    /// Opens the sum of the chamber's seals to yes + 65536 × no. The blindings of single ballots are published nowhere.
    pub blinding: Number,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChamberExport {
    pub chamber: Chamber,
    /// Who voted, in order of their ids.
    pub voted: Vec<OrganisationId>,
    /// The ballots, in order of their seals.
    pub ballots: Vec<SealedBallot>,
    pub totals: Option<Totals>,
}

/// A vote, whole and public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BallotExport {
    pub format: String,
    pub poll: Poll,
    /// All six, in the list's order.
    pub chambers: Vec<ChamberExport>,
    pub outcome: Outcome,
}

/// Counts a closed vote and writes what is published of it. What the public recount would find fault with is
/// refused here, so that nothing is published that does not add up. Afterwards the openings are to be destroyed.
pub fn export(poll: &Poll, roll: &[RollEntry], cast: &[Cast]) -> Result<BallotExport, Vec<Fault>> {
    let chamber_export = |chamber: Chamber| {
        let here: Vec<Cast> = cast.iter().copied().filter(|c| c.chamber == chamber).collect();
        let mut voted: Vec<OrganisationId> = roll.iter().filter(|r| r.chamber == chamber).map(|r| r.organisation).collect();
        voted.sort_unstable();
        let mut ballots: Vec<SealedBallot> = here.iter().map(|c| c.ballot).collect();
        ballots.sort_unstable_by_key(|ballot| ballot.seal);
        let seats = super::chamber::seats_of(&poll.register, chamber);
        let told = tells_its_split(&poll.rules, seats, voted.len() as u32);
        let blinding = add_blindings(here.iter().map(|c| c.opening)).filter(|_| told);
        let totals = blinding.map(|blinding| Totals { split: split(here.iter()), blinding });
        ChamberExport { chamber, voted, ballots, totals }
    };
    let chambers = Chamber::ALL.iter().copied().map(chamber_export).collect();
    let export = BallotExport { format: FORMAT.into(), poll: poll.clone(), chambers, outcome: tally(poll, roll, cast) };
    recount(&export).map(|_| export)
}
