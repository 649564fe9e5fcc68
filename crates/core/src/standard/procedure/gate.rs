//! The gates: for each step of a proposal, all that is still missing, so that a page can list it.

use super::chamber::is_constituted;
use super::{Chamber, Course, ProposalState, Seat};
use crate::Instant;
use crate::codes::code_list;
use crate::problem::{Code, Refusal};
use serde::{Deserialize, Serialize};

code_list! {
    /// A step from one state to another.
    pub enum Gate: "a gate such as start_comments or open_voting" {
        StartComments = "start_comments", CloseComments = "close_comments",
        StartSecondComments = "start_second_comments", CloseSecondComments = "close_second_comments",
        Freeze = "freeze",
        /// Back to the desk, because the back-test or somebody found a fault; the second comments come again.
        Reopen = "reopen",
        OpenVoting = "open_voting", CloseVoting = "close_voting",
        Publish = "publish", Withdraw = "withdraw", Lapse = "lapse",
    }
}

impl Gate {
    /// Where the gate leads; `None` where it does not stand in that state.
    pub fn leads(self, from: ProposalState) -> Option<ProposalState> {
        use ProposalState as S;
        match (self, from) {
            (Self::StartComments, S::Proposed) => Some(S::Comments),
            (Self::CloseComments, S::Comments) => Some(S::Responding),
            (Self::StartSecondComments, S::Responding) => Some(S::SecondComments),
            (Self::CloseSecondComments, S::SecondComments) => Some(S::RespondingAgain),
            (Self::Freeze, S::RespondingAgain) => Some(S::Frozen),
            (Self::Reopen, S::Frozen) => Some(S::Responding),
            (Self::OpenVoting, S::Frozen) => Some(S::Voting),
            (Self::CloseVoting, S::Voting) => Some(S::Counting),
            (Self::Publish, S::Adopted) => Some(S::Published),
            (Self::Withdraw, from) if from.is_before_the_vote() => Some(S::Withdrawn),
            (Self::Lapse, from) if from.is_before_the_vote() => Some(S::Lapsed),
            _ => None,
        }
    }
}

code_list! {
    /// Why a gate is shut.
    pub enum ShutCode: "a reason such as comments_unanswered" {
        /// The gate does not stand in the present state.
        WrongState = "wrong_state",
        /// A period runs until `until`.
        PeriodRunning = "period_running",
        /// `number` comments have no written response.
        CommentsUnanswered = "comments_unanswered",
        /// No draft is newer than the one commented on.
        NoRevisedDraft = "no_revised_draft",
        /// `number` responses promise a change that no newer draft makes.
        ChangesOwed = "changes_owed",
        /// The difference between the draft commented on and the latest is not published.
        NoDifference = "no_difference",
        NoBackTest = "no_back_test",
        /// There is a back-test, of another text than the frozen one.
        BackTestOfAnotherDraft = "back_test_of_another_draft",
        NotAnnounced = "not_announced",
        /// Voters have the notice until `until`.
        NoticeRunning = "notice_running",
        /// `number` more chambers have to be constituted.
        ChambersMissing = "chambers_missing",
        /// It has not stood still for long enough; it has at `until`.
        TooSoon = "too_soon",
    }
}

/// One reason why a gate is shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shut {
    pub code: ShutCode,
    pub number: Option<u32>,
    pub until: Option<Instant>,
    /// The same as an English sentence.
    pub text: String,
}

impl Shut {
    fn why(code: ShutCode, text: impl Into<String>) -> Self {
        Self { code, number: None, until: None, text: text.into() }
    }
    fn number(code: ShutCode, number: u32, one: &str, many: &str) -> Self {
        let text = if number == 1 { format!("1 {one}.") } else { format!("{number} {many}.") };
        Self { number: Some(number), ..Self::why(code, text) }
    }
    /// Shut while it is before that moment.
    fn before(code: ShutCode, until: Instant, now: Instant, what: &str) -> Option<Self> {
        (now < until).then(|| Self { until: Some(until), ..Self::why(code, format!("{what} until {until}.")) })
    }
}

/// A gate that stands in the present state, and all that is missing to pass it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GateReport {
    pub gate: Gate,
    pub leads_to: ProposalState,
    /// Empty: the gate is open.
    pub missing: Vec<Shut>,
}

/// A shut gate as the refusal of an operation.
pub fn refusal(missing: &[Shut]) -> Refusal {
    Refusal::new(Code::Conflict, missing.iter().map(|shut| shut.text.as_str()).collect::<Vec<_>>().join(" "))
}

impl Course {
    /// All that keeps the gate shut; empty is open. `seats` are all there are; only the vote's opening asks.
    pub fn missing(&self, gate: Gate, seats: &[Seat], now: Instant) -> Vec<Shut> {
        if gate.leads(self.state).is_none() {
            return vec![Shut::why(ShutCode::WrongState, format!("This can't be done while the proposal is {}.", self.state))];
        }
        match gate {
            Gate::StartComments | Gate::Reopen | Gate::Publish | Gate::Withdraw => vec![],
            Gate::CloseComments | Gate::CloseSecondComments => self.period("Comments are open", now),
            Gate::StartSecondComments => self.before_second_comments(),
            Gate::Freeze => self.before_the_freeze(),
            Gate::OpenVoting => self.before_the_vote(seats, now),
            Gate::CloseVoting => self.period("The vote is open", now),
            Gate::Lapse => {
                let until = self.after_days(self.since, self.settings.timetable.lapse);
                Shut::before(ShutCode::TooSoon, until, now, "It may not be declared lapsed").into_iter().collect()
            }
        }
    }

    fn period(&self, what: &str, now: Instant) -> Vec<Shut> {
        self.ends_at.and_then(|end| Shut::before(ShutCode::PeriodRunning, end, now, what)).into_iter().collect()
    }

    fn unanswered(&self) -> Option<Shut> {
        let number = self.comments.iter().filter(|c| c.disposition.is_none()).count() as u32;
        let (one, many) = ("comment has no written response", "comments have no written response");
        (number > 0).then(|| Shut::number(ShutCode::CommentsUnanswered, number, one, many))
    }

    fn changes_owed(&self) -> Option<Shut> {
        let latest = self.latest().number;
        let owed = |c: &&super::CommentMark| c.draft >= latest && c.disposition.is_some_and(|d| d.promises_a_change());
        let number = self.comments.iter().filter(owed).count() as u32;
        let (one, many) = ("response promises a change that no newer draft makes", "responses promise changes that no newer draft makes");
        (number > 0).then(|| Shut::number(ShutCode::ChangesOwed, number, one, many))
    }

    fn undiffered(&self) -> Option<Shut> {
        let (from, to) = (self.commented?, self.latest().number);
        let shown = from == to || self.differences.iter().any(|d| d.from == from && d.to == to);
        let text = format!("The difference between draft {from} and draft {to} is not published.");
        (!shown).then(|| Shut::why(ShutCode::NoDifference, text))
    }

    fn before_second_comments(&self) -> Vec<Shut> {
        let read = self.commented.unwrap_or_default();
        let revised = self.latest().number > read;
        let text = format!("No draft is newer than draft {read}, which was commented on.");
        let unrevised = (!revised).then(|| Shut::why(ShutCode::NoRevisedDraft, text));
        [self.unanswered(), unrevised, self.undiffered()].into_iter().flatten().collect()
    }

    fn before_the_freeze(&self) -> Vec<Shut> {
        [self.unanswered(), self.changes_owed(), self.undiffered()].into_iter().flatten().collect()
    }

    fn before_the_vote(&self, seats: &[Seat], now: Instant) -> Vec<Shut> {
        let mut missing: Vec<Shut> = self.unanswered().into_iter().collect();
        let notice = self.settings.timetable.notice;
        match (&self.back_test, self.frozen) {
            (Some(test), Some(frozen)) if test.digest == frozen.digest => {
                let until = self.after_days(test.published_at, notice);
                missing.extend(Shut::before(ShutCode::NoticeRunning, until, now, "Voters have time to read the back-test"));
            }
            (Some(_), _) => {
                missing.push(Shut::why(ShutCode::BackTestOfAnotherDraft, "The back-test is of another text than the frozen one."))
            }
            (None, _) => missing.push(Shut::why(ShutCode::NoBackTest, "No back-test of the frozen text is published.")),
        }
        match self.opens_at {
            None => missing.push(Shut::why(ShutCode::NotAnnounced, "The vote is not announced.")),
            Some(opens) => {
                missing.extend(Shut::before(ShutCode::NoticeRunning, opens, now, "The vote is announced and does not open"));
                let (register, rules) = (self.register(seats, now), &self.settings.rules);
                let constituted = Chamber::ALL.iter().filter(|c| is_constituted(&register, **c, rules)).count() as u32;
                let lacking = u32::from(rules.fewest_chambers).saturating_sub(constituted);
                let (one, many) = ("more chamber has to be constituted", "more chambers have to be constituted");
                missing.extend((lacking > 0).then(|| Shut::number(ShutCode::ChambersMissing, lacking, one, many)));
            }
        }
        missing
    }
}
