//! The recount, from the public export alone: whoever doubts a result runs this, in the browser or with a
//! program of her own. It takes nothing on trust that the export can show.

use super::chamber::seats_of;
use super::count::{Numbers, tells_its_split};
use super::seal::{NO, commit};
use super::{BallotExport, Chamber, ChamberExport, FORMAT, Outcome, Poll, Totals, decide, register};
use crate::codes::code_list;
use curve25519_dalek::ristretto::RistrettoPoint;
use serde::{Deserialize, Serialize};

code_list! {
    /// What is wrong with an export.
    pub enum FaultCode: "a fault such as totals_do_not_open" {
        UnknownFormat = "unknown_format",
        /// Not the six chambers, each once.
        WrongChambers = "wrong_chambers",
        /// A seat came after the cut-off, is not confirmed, or an organisation has two.
        WrongRegister = "wrong_register",
        /// Somebody voted who has no seat in the chamber, or twice, or in a chamber that was not constituted.
        WrongVoter = "wrong_voter",
        /// Not as many ballots as voters.
        BallotsMissing = "ballots_missing",
        /// Lists in another order than the documented one could tell who cast what.
        NotSorted = "not_sorted",
        /// A seal does not hold one vote of this chamber.
        NotOneVote = "not_one_vote",
        /// Totals are shown without a quorum, or not shown with one.
        WrongTotals = "wrong_totals",
        /// The totals are not those of the seals.
        TotalsDoNotOpen = "totals_do_not_open",
        /// The rules come to another outcome than the one that is stated.
        OtherOutcome = "other_outcome",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fault {
    pub code: FaultCode,
    pub chamber: Option<Chamber>,
}

/// Re-derives everything; the outcome, or all that is wrong.
pub fn recount(export: &BallotExport) -> Result<Outcome, Vec<Fault>> {
    let BallotExport { format, poll, chambers, outcome } = export;
    let mut faults: Vec<Fault> = vec![];
    let mut fault = |code, chamber| faults.push(Fault { code, chamber });
    if format != FORMAT {
        fault(FaultCode::UnknownFormat, None);
    }
    if !chambers.iter().map(|c| c.chamber).eq(Chamber::ALL.iter().copied()) {
        fault(FaultCode::WrongChambers, None);
    }
    if register(&poll.register, poll.announced_for, poll.opened_at, poll.seat_cut_off_days) != poll.register {
        fault(FaultCode::WrongRegister, None);
    }
    for chamber in chambers {
        faults_of(poll, chamber).into_iter().for_each(|code| fault(code, Some(chamber.chamber)));
    }
    let derived = decide(&poll.rules, |name| {
        let chamber = chambers.iter().find(|c| c.chamber == name);
        Numbers {
            seats: seats_of(&poll.register, name),
            voted: chamber.map_or(0, |c| c.voted.len() as u32),
            split: chamber.and_then(|c| c.totals).map(|totals| totals.split),
        }
    });
    if derived != *outcome {
        fault(FaultCode::OtherOutcome, None);
    }
    if faults.is_empty() { Ok(derived) } else { Err(faults) }
}

fn faults_of(poll: &Poll, chamber: &ChamberExport) -> Vec<FaultCode> {
    let ChamberExport { chamber: name, voted, ballots, totals } = chamber;
    let booth = poll.booth(*name);
    let mut faults = vec![];
    let mut fault_if = |wrong: bool, code| faults.extend(wrong.then_some(code));
    fault_if(voted.iter().any(|o| poll.chamber_of(*o) != Some(*name)), FaultCode::WrongVoter);
    fault_if(!voted.is_empty() && !poll.is_constituted(*name), FaultCode::WrongVoter);
    fault_if(voted.len() != ballots.len() || ballots.len() as u64 >= NO, FaultCode::BallotsMissing);
    // strictly, so that none is there twice
    fault_if(!voted.is_sorted_by(|a, b| a < b) || !ballots.is_sorted_by(|a, b| a.seal < b.seal), FaultCode::NotSorted);
    fault_if(ballots.iter().any(|ballot| !ballot.holds_one_vote(&booth)), FaultCode::NotOneVote);
    let told = tells_its_split(&poll.rules, seats_of(&poll.register, *name), voted.len() as u32);
    fault_if(told != totals.is_some(), FaultCode::WrongTotals);
    fault_if(totals.is_some_and(|totals| !opens(chamber, &totals)), FaultCode::TotalsDoNotOpen);
    faults
}

fn opens(chamber: &ChamberExport, totals: &Totals) -> bool {
    let [yes, no, abstain] = [totals.split.yes, totals.split.no, totals.split.abstain].map(u64::from);
    let seals: Option<Vec<RistrettoPoint>> = chamber.ballots.iter().map(|b| b.seal.point()).collect();
    let stated = commit(yes + NO * no, totals.blinding);
    yes + no + abstain == chamber.ballots.len() as u64 && seals.is_some_and(|seals| Some(seals.iter().sum()) == stated)
}
