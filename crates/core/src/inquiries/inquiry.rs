//! An inquiry: one set of questions that a buyer sends to several providers at once.

use super::{Answer, Attachment, Decline, Question, Thread, ThreadState};
use crate::Instant;
use crate::codes::{OrganisationKind, code_list};
use crate::ids::{ClarificationId, InquiryId, NeedId, OrganisationId, ThreadId};
use crate::problem::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
#[cfg(feature = "validate")]
use validator::Validate as _;

/// The most providers of one inquiry.
pub const MOST_PROVIDERS: usize = 50;
/// The nearest that a reply-by moment may lie ahead: whoever is asked has two days at least, since what is
/// missed counts against it.
pub const LEAST_HOURS: i64 = 48;
/// The furthest that a reply-by moment may lie ahead.
pub const MOST_DAYS: i64 = 365;

/// Whether an organisation of these kinds sends inquiries: one that buys, funds or passes work on.
pub fn may_ask(kinds: &[OrganisationKind]) -> bool {
    use OrganisationKind::{Bpo, Buyer, Funder, Government};
    kinds.iter().any(|kind| matches!(kind, Buyer | Funder | Bpo | Government))
}

code_list! {
    /// Where an inquiry is in its life.
    pub enum InquiryState: "an inquiry's state: open or closed" {
        Open = "open",
        /// Nothing more is answered, written or attached.
        Closed = "closed",
    }
}

code_list! {
    /// Which side of inquiries an organisation looks at.
    pub enum Mailbox: "a box: sent or received" { Sent = "sent", Received = "received" }
}

/// What sends an inquiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewInquiry {
    /// Who asks; the caller has to be one of its editors.
    pub organisation: OrganisationId,
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 200))]
    pub subject: String,
    /// What is to be known before answering. Plain text.
    #[cfg_attr(feature = "validate", validate(length(max = 10_000)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 10_000))]
    #[serde(default)]
    pub body: Option<String>,
    #[cfg_attr(feature = "validate", validate(nested, length(max = 50)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Claimed providers, each once. None learns of the others.
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 50)))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 50))]
    pub providers: Vec<OrganisationId>,
    /// An open need of the same organisation; the providers asked may read it, also once it is over.
    #[serde(default)]
    pub need: Option<NeedId>,
    /// Answers can be given and revised until then; at least 48 hours ahead.
    pub reply_by: Instant,
}

impl NewInquiry {
    /// What the types alone can't say.
    pub fn check(&self, now: Instant) -> Result<(), Refusal> {
        super::check_questions(&self.questions)?;
        let mut errors = vec![];
        for (i, provider) in self.providers.iter().enumerate() {
            let message = if *provider == self.organisation {
                "An organisation can't ask itself."
            } else if self.providers[..i].contains(provider) {
                "This provider is on the list already."
            } else {
                continue;
            };
            errors.push(FieldError { pointer: format!("/providers/{i}"), code: "conflict".into(), message: message.into() });
        }
        let ahead = self.reply_by.since(now);
        if ahead < chrono::Duration::hours(LEAST_HOURS) || ahead > chrono::Duration::days(MOST_DAYS) {
            let message = format!("Must lie at least {LEAST_HOURS} hours and at most {MOST_DAYS} days ahead.");
            errors.push(FieldError { pointer: "/reply_by".into(), code: "range".into(), message });
        }
        if errors.is_empty() {
            return Ok(());
        }
        Err(Refusal::fields(errors))
    }
}

/// An organisation that takes part, as far as a letterhead goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
}

/// How many threads are in which state; for the sender's eyes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadCounts {
    pub sent: u32,
    pub read: u32,
    pub answered: u32,
    pub declined: u32,
    /// Of those sent or read, whose reply-by moment has passed.
    pub overdue: u32,
    /// With something from the provider that the sender has not read.
    pub unread: u32,
}

impl ThreadCounts {
    pub fn count(&mut self, state: ThreadState, overdue: bool, unread: bool) {
        *match state {
            ThreadState::Sent => &mut self.sent,
            ThreadState::Read => &mut self.read,
            ThreadState::Answered => &mut self.answered,
            ThreadState::Declined => &mut self.declined,
        } += 1;
        self.overdue += u32::from(overdue);
        self.unread += u32::from(unread);
    }
}

/// Something said to all providers of an inquiry; who had asked is not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clarification {
    pub id: ClarificationId,
    /// What a provider had asked, in the sender's words.
    pub question: Option<String>,
    pub text: String,
    pub created_at: Instant,
}

/// What publishes a clarification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewClarification {
    /// What was asked; write it so that it does not tell who asked.
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 2000)))]
    #[serde(default)]
    pub question: Option<String>,
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 10_000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
}

/// An inquiry as one of its participants may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inquiry {
    pub id: InquiryId,
    pub sender: Party,
    pub subject: String,
    pub body: Option<String>,
    pub questions: Vec<Question>,
    pub need: Option<NeedId>,
    pub reply_by: Instant,
    pub state: InquiryState,
    /// Oldest first.
    pub clarifications: Vec<Clarification>,
    /// Files for all participants.
    pub attachments: Vec<Attachment>,
    /// To the sender only: how the threads stand.
    pub counts: Option<ThreadCounts>,
    /// To a provider only: its own thread.
    pub thread: Option<ThreadId>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// An inquiry in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InquiryEntry {
    pub id: InquiryId,
    pub sender: Party,
    pub subject: String,
    pub need: Option<NeedId>,
    pub reply_by: Instant,
    pub state: InquiryState,
    /// Something came that the organisation has not read.
    pub unread: bool,
    /// In the box sent.
    pub counts: Option<ThreadCounts>,
    /// In the box received: the organisation's own thread.
    pub thread: Option<Thread>,
    pub created_at: Instant,
}

/// The answers side by side: a column a provider, a row a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    pub inquiry: InquiryId,
    pub questions: Vec<Question>,
    pub columns: Vec<ComparedProvider>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedProvider {
    pub thread: ThreadId,
    pub provider: Party,
    pub state: ThreadState,
    pub overdue: bool,
    /// Hours from sending to the first reply.
    pub replied_after_hours: Option<f32>,
    /// Why it declined, when it did.
    pub decline: Option<Decline>,
    /// One a question, in the questions' order; null is not answered.
    pub answers: Vec<Option<Answer>>,
}

/// Puts answers into the questions' order.
pub fn in_order(questions: &[Question], answers: &[Answer]) -> Vec<Option<Answer>> {
    (0..questions.len() as u32).map(|n| answers.iter().find(|a| a.question == n).cloned()).collect()
}
