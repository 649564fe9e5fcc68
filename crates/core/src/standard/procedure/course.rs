//! A proposal's course: what has happened to it as far as the gates ask, and what may happen next. One
//! function, `apply`, does every change, so that whoever replays the steps comes to the same state.

use super::{Decision, Digest, Disposition, Draft, Gate, GateReport, ProposalState, Seat, Settings, chamber, refusal};
use crate::Instant;
use crate::ids::CommentId;
use crate::problem::{Code, Refusal};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// A comment as far as the gates ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentMark {
    pub id: CommentId,
    pub draft: u32,
    /// Once it has its written response.
    pub disposition: Option<Disposition>,
}

/// A published side-by-side difference of two drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    pub from: u32,
    pub to: u32,
}

/// A published back-test: which text was tried on last year's readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackTest {
    pub digest: Digest,
    pub published_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Course {
    pub state: ProposalState,
    /// When it came into this state.
    pub since: Instant,
    /// The copy that held when it was handed in.
    pub settings: Settings,
    /// In order of their numbers; never empty.
    pub drafts: Vec<Draft>,
    pub differences: Vec<Difference>,
    pub comments: Vec<CommentMark>,
    /// The draft of the last comment period.
    pub commented: Option<u32>,
    /// When the running period of comments or votes ends.
    pub ends_at: Option<Instant>,
    /// The text that is voted on.
    pub frozen: Option<Draft>,
    /// The latest.
    pub back_test: Option<BackTest>,
    /// When the vote opens, as announced.
    pub opens_at: Option<Instant>,
}

/// Whatever changes a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Publish a revised draft.
    Revise(Digest),
    Differ(Difference),
    Comment {
        id: CommentId,
        draft: u32,
    },
    Respond {
        comment: CommentId,
        disposition: Disposition,
    },
    BackTest(Digest),
    /// Say when the vote opens; may be moved, with the whole notice again.
    Announce(Instant),
    /// Any gate but `Publish`, which asks for the text.
    Pass(Gate),
    /// What the recount of the published ballots comes to.
    Count(Decision),
    /// The text that comes into force: exactly the one that was voted on.
    Publish(Digest),
}

fn conflict(why: impl Into<String>) -> Refusal {
    Refusal::new(Code::Conflict, why)
}

impl Course {
    /// A proposal handed in with its first draft.
    pub fn new(first: Digest, settings: Settings, now: Instant) -> Self {
        Self {
            state: ProposalState::Proposed,
            since: now,
            settings,
            drafts: vec![Draft { number: 1, digest: first, published_at: now }],
            differences: vec![],
            comments: vec![],
            commented: None,
            ends_at: None,
            frozen: None,
            back_test: None,
            opens_at: None,
        }
    }

    /// The draft that stands last.
    pub fn latest(&self) -> Draft {
        *self.drafts.last().expect("a course begins with a draft")
    }
    /// The draft that comments are open on.
    pub fn open_to_comments(&self, now: Instant) -> Option<Draft> {
        let open = self.state.takes_comments() && self.ends_at.is_some_and(|end| now < end);
        open.then(|| self.latest())
    }
    pub fn is_open_to_votes(&self, now: Instant) -> bool {
        self.state == ProposalState::Voting && self.ends_at.is_some_and(|end| now < end)
    }
    /// By when the steward ought to have responded or published; shown when missed.
    pub fn due_at(&self) -> Option<Instant> {
        let timetable = &self.settings.timetable;
        match self.state {
            state if state.is_at_the_desk() => Some(self.after_days(self.since, timetable.responses)),
            ProposalState::Adopted => Some(self.after_days(self.since, timetable.publication)),
            _ => None,
        }
    }
    /// The seats that vote if the vote opens now; kept with the vote once it does.
    pub fn register(&self, seats: &[Seat], now: Instant) -> Vec<Seat> {
        self.opens_at.map_or(vec![], |opens| chamber::register(seats, opens, now, self.settings.timetable.seat_cut_off))
    }
    /// The gates that stand in the present state, each with what is missing.
    pub fn gates(&self, seats: &[Seat], now: Instant) -> Vec<GateReport> {
        let report = |gate: Gate| Some(GateReport { gate, leads_to: gate.leads(self.state)?, missing: self.missing(gate, seats, now) });
        Gate::ALL.iter().copied().filter_map(report).collect()
    }

    pub(super) fn after_days(&self, from: Instant, days: u16) -> Instant {
        from.plus(Duration::days(i64::from(days)))
    }

    pub fn apply(&mut self, act: Act, seats: &[Seat], now: Instant) -> Result<(), Refusal> {
        match act {
            Act::Revise(digest) => self.revise(digest, now),
            Act::Differ(difference) => self.differ(difference),
            Act::Comment { id, draft } => self.comment(id, draft, now),
            Act::Respond { comment, disposition } => self.respond(comment, disposition),
            Act::BackTest(digest) if self.state.is_before_the_vote() => {
                self.back_test = Some(BackTest { digest, published_at: now });
                Ok(())
            }
            Act::BackTest(_) => Err(conflict("A back-test is published before the vote opens.")),
            Act::Announce(opens_at) => self.announce(opens_at, now),
            Act::Pass(Gate::Publish) => Err(conflict("Publishing asks for the text.")),
            Act::Pass(gate) => self.pass(gate, seats, now),
            Act::Count(decision) if self.state == ProposalState::Counting => {
                self.enter(decision.into(), now);
                Ok(())
            }
            Act::Count(_) => Err(conflict("There is no vote to count.")),
            Act::Publish(digest) => match self.frozen {
                Some(frozen) if frozen.digest != digest => Err(conflict("This is not the text that was voted on.")),
                _ => self.pass(Gate::Publish, seats, now),
            },
        }
    }

    fn enter(&mut self, state: ProposalState, now: Instant) {
        (self.state, self.since, self.ends_at) = (state, now, None);
    }

    fn pass(&mut self, gate: Gate, seats: &[Seat], now: Instant) -> Result<(), Refusal> {
        let missing = self.missing(gate, seats, now);
        let Some(state) = gate.leads(self.state).filter(|_| missing.is_empty()) else { return Err(refusal(&missing)) };
        self.enter(state, now);
        let timetable = self.settings.timetable;
        let period = |days| Some(self.after_days(now, days));
        match gate {
            Gate::StartComments => (self.ends_at, self.commented) = (period(timetable.first_comments), Some(self.latest().number)),
            Gate::StartSecondComments => (self.ends_at, self.commented) = (period(timetable.second_comments), Some(self.latest().number)),
            Gate::Freeze => self.frozen = Some(self.latest()),
            Gate::Reopen => (self.frozen, self.opens_at) = (None, None),
            Gate::OpenVoting => self.ends_at = period(timetable.voting),
            _ => {}
        }
        Ok(())
    }

    fn revise(&mut self, digest: Digest, now: Instant) -> Result<(), Refusal> {
        if !self.state.is_at_the_desk() {
            return Err(conflict("A revised draft is published while comments are being answered."));
        }
        self.drafts.push(Draft { number: self.latest().number + 1, digest, published_at: now });
        Ok(())
    }

    fn differ(&mut self, difference: Difference) -> Result<(), Refusal> {
        let known = |number| self.drafts.iter().any(|d| d.number == number);
        if difference.from >= difference.to || !known(difference.from) || !known(difference.to) {
            return Err(conflict("A difference leads from a draft to a later one."));
        }
        if !self.differences.contains(&difference) {
            self.differences.push(difference);
        }
        Ok(())
    }

    fn comment(&mut self, id: CommentId, draft: u32, now: Instant) -> Result<(), Refusal> {
        match self.open_to_comments(now) {
            Some(open) if open.number == draft && self.comments.iter().all(|c| c.id != id) => {
                self.comments.push(CommentMark { id, draft, disposition: None });
                Ok(())
            }
            Some(open) => Err(conflict(format!("Comments are open on draft {}.", open.number))),
            None => Err(conflict("Comments are not open.")),
        }
    }

    fn respond(&mut self, comment: CommentId, disposition: Disposition) -> Result<(), Refusal> {
        let open = self.state.takes_comments() || self.state.is_at_the_desk();
        let Some(mark) = self.comments.iter_mut().find(|c| c.id == comment) else { return Err(Refusal::not_found("comment")) };
        if !open || Some(mark.draft) != self.commented {
            return Err(conflict("The gate after this comment's period has opened; its response stands."));
        }
        mark.disposition = Some(disposition);
        Ok(())
    }

    fn announce(&mut self, opens_at: Instant, now: Instant) -> Result<(), Refusal> {
        if self.state != ProposalState::Frozen {
            return Err(conflict("A vote is announced once the text is frozen."));
        }
        let (notice, most) = (self.settings.timetable.notice, self.settings.timetable.lapse);
        if opens_at < self.after_days(now, notice) || opens_at > self.after_days(now, most) {
            let why = format!("A vote opens at least {notice} and at most {most} days after its announcement.");
            return Err(Refusal::field("/opens_at", "range", why));
        }
        self.opens_at = Some(opens_at);
        Ok(())
    }
}

impl From<Decision> for ProposalState {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Adopted => Self::Adopted,
            Decision::Rejected => Self::Rejected,
            Decision::Lapsed => Self::Lapsed,
        }
    }
}
