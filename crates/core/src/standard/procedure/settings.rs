//! Every date and every share of the procedure, as settings with defaults and bounds. A proposal keeps
//! the copy that held when it was handed in, so that a later change does not move one that is under way.

use crate::problem::{FieldError, Refusal};
use serde::{Deserialize, Serialize};

/// The spans of the procedure, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Timetable {
    /// First comment period.
    pub first_comments: u16,
    /// Second comment period, on the revised draft.
    pub second_comments: u16,
    /// By when comments ought to be answered after a period has ended. Shown when missed; opens no gate by itself.
    pub responses: u16,
    /// Between the announcement of a vote, or its back-test if that comes later, and its opening.
    pub notice: u16,
    /// How long a vote is open.
    pub voting: u16,
    /// How long before the announced opening a seat has to be registered to take part.
    pub seat_cut_off: u16,
    /// By when what was adopted ought to be published.
    pub publication: u16,
    /// A proposal that has stood still for so long may be declared lapsed.
    pub lapse: u16,
}

impl Default for Timetable {
    fn default() -> Self {
        Self {
            first_comments: 30,
            second_comments: 21,
            responses: 30,
            notice: 7,
            voting: 14,
            seat_cut_off: 30,
            publication: 30,
            lapse: 365,
        }
    }
}

/// How a vote is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct VotingRules {
    /// Of a chamber's seats, how many percent must have voted. Abstentions count.
    pub quorum_percent: u16,
    /// Of yes and no together, how many percent must be yes. A tie never carries.
    pub majority_percent: u16,
    /// A chamber with fewer seats is not constituted: it takes no part in the vote.
    pub fewest_seats: u16,
    /// Fewer ballots of a chamber are no quorum, and their split is not published: it would tell who voted how.
    pub fewest_ballots: u16,
    /// How many chambers must be constituted for a vote to open.
    pub fewest_chambers: u16,
}

impl Default for VotingRules {
    fn default() -> Self {
        Self { quorum_percent: 50, majority_percent: 60, fewest_seats: 5, fewest_ballots: 3, fewest_chambers: 4 }
    }
}

impl VotingRules {
    /// How many of so many seats must vote.
    pub fn quorum(&self, seats: u32) -> u32 {
        let share = (u64::from(seats) * u64::from(self.quorum_percent)).div_ceil(100) as u32;
        share.max(u32::from(self.fewest_ballots))
    }
    pub fn carries(&self, yes: u32, no: u32) -> bool {
        yes > no && u64::from(yes) * 100 >= u64::from(self.majority_percent) * (u64::from(yes) + u64::from(no))
    }
}

/// What a proposal copies when it is handed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub timetable: Timetable,
    pub rules: VotingRules,
}

impl Settings {
    /// Whether they lie within the bounds of a fair procedure.
    pub fn check(&self) -> Result<(), Refusal> {
        let (t, r) = (&self.timetable, &self.rules);
        let bounds = [
            ("/timetable/first_comments", t.first_comments, 14, 180),
            ("/timetable/second_comments", t.second_comments, 7, 90),
            ("/timetable/responses", t.responses, 7, 180),
            ("/timetable/notice", t.notice, 3, 60),
            ("/timetable/voting", t.voting, 5, 60),
            ("/timetable/seat_cut_off", t.seat_cut_off, 14, 180),
            ("/timetable/publication", t.publication, 1, 180),
            ("/timetable/lapse", t.lapse, 90, 1095),
            ("/rules/quorum_percent", r.quorum_percent, 25, 100),
            ("/rules/majority_percent", r.majority_percent, 50, 90),
            ("/rules/fewest_seats", r.fewest_seats, 3, 50),
            ("/rules/fewest_ballots", r.fewest_ballots, 3, 20),
            ("/rules/fewest_chambers", r.fewest_chambers, 2, 6),
        ];
        let field = |pointer: &str, code: &str, message: String| FieldError { pointer: pointer.into(), code: code.into(), message };
        let mut errors: Vec<FieldError> = bounds
            .into_iter()
            .filter(|(_, value, least, most)| value < least || value > most)
            .map(|(pointer, _, least, most)| field(pointer, "range", format!("Must be {least} to {most}.")))
            .collect();
        if r.fewest_ballots > r.fewest_seats {
            let message = "Must not be more than the fewest seats: a constituted chamber could never reach its quorum.";
            errors.push(field("/rules/fewest_ballots", "conflict", message.into()));
        }
        if errors.is_empty() {
            return Ok(());
        }
        Err(Refusal::fields(errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_within_the_bounds() {
        Settings::default().check().unwrap();
    }

    #[test]
    fn each_value_out_of_bounds_is_named() {
        let mut settings = Settings::default();
        settings.timetable.voting = 1;
        settings.rules.majority_percent = 49;
        settings.rules.fewest_ballots = 6;
        let named: Vec<String> = settings.check().unwrap_err().errors.into_iter().map(|e| e.pointer).collect();
        assert_eq!(named, ["/timetable/voting", "/rules/majority_percent", "/rules/fewest_ballots"]);
    }

    #[test]
    fn quorum_is_rounded_up_and_a_tie_never_carries() {
        let rules = VotingRules::default();
        assert_eq!([5, 6, 7, 20].map(|seats| rules.quorum(seats)), [3, 3, 4, 10]);
        assert_eq!(VotingRules { fewest_ballots: 5, ..rules }.quorum(6), 5);
        assert!(rules.carries(3, 2) && !rules.carries(59, 41) && rules.carries(1, 0) && !rules.carries(0, 0));
        let half = VotingRules { majority_percent: 50, ..rules };
        assert!(!half.carries(2, 2) && half.carries(3, 2));
    }
}
