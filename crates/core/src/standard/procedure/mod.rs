//! The procedure by which the sector's stakeholders decide the standard, as pure rules. The text under
//! decision is opaque here: a draft is a number and a digest. `docs/standard.md` says it in plain words.

mod ballot;
mod chamber;
mod comment;
mod count;
mod course;
mod draft;
mod due;
mod export;
mod gate;
mod proposal;
mod recount;
mod seal;
mod settings;
mod state;
#[cfg(test)]
mod tests;

pub use ballot::{Poll, RollEntry, may_cast, take_ballot};
pub use chamber::{Chamber, Delegation, MOST_ALTERNATES, NewSeat, Seat, may_sit, register};
pub use comment::*;
pub use count::{Cast, ChamberResult, ChamberStanding, Decision, Numbers, Outcome, Split, decide, tally};
pub use course::{Act, BackTest, CommentMark, Course, Difference};
pub use draft::{Digest, Draft};
pub use due::{OpenBallot, VoteDue, needs_my_vote};
pub use export::{BallotExport, ChamberExport, FORMAT, Totals, export};
pub use gate::{Gate, GateReport, Shut, ShutCode, refusal};
pub use proposal::{NewProposal, Proposal, Step, StepKind};
pub use recount::{Fault, FaultCode, recount};
pub use seal::{Booth, Choice, Number, Opening, Proof, Seal, SealedBallot, seal};
pub use settings::{Settings, Timetable, VotingRules};
pub use state::ProposalState;
