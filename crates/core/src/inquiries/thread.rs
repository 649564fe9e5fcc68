//! One provider's thread of an inquiry, the steps that it may take, and what is written in it.

use super::{Answer, Attachment, Party};
use crate::Instant;
use crate::codes::code_list;
use crate::ids::{InquiryId, MessageId, OrganisationId, PersonId, ThreadId};
use crate::problem::{Code, Refusal};
use serde::{Deserialize, Serialize};

code_list! {
    /// Where a thread stands. Overdue is no state: it follows from the clock.
    pub enum ThreadState: "a thread's state: sent, read, answered or declined" {
        Sent = "sent", Read = "read", Answered = "answered", Declined = "declined",
    }
}

code_list! {
    /// What a provider does to its thread.
    pub enum Step: "a step: read, answer or decline" { Read = "read", Answer = "answer", Decline = "decline" }
}

impl ThreadState {
    /// Where the step leads. Answers may be revised, and a decline taken back by answering, until
    /// the reply-by moment; a late first answer is taken all the same, so that a buyer gets it.
    pub fn after(self, step: Step, late: bool) -> Result<Self, Refusal> {
        let refused = |why: &str| Err(Refusal::new(Code::Conflict, why));
        match (self, step) {
            (Self::Sent | Self::Read, Step::Read) => Ok(Self::Read),
            (replied, Step::Read) => Ok(replied),
            (Self::Sent | Self::Read, Step::Answer) => Ok(Self::Answered),
            (Self::Sent | Self::Read, Step::Decline) => Ok(Self::Declined),
            (_, Step::Answer) if late => refused("The reply-by moment has passed; what was answered stands."),
            (_, Step::Answer) => Ok(Self::Answered),
            (Self::Declined, Step::Decline) => refused("It is declined already."),
            (Self::Answered, Step::Decline) if late => refused("The reply-by moment has passed; what was answered stands."),
            (Self::Answered, Step::Decline) => Ok(Self::Declined),
        }
    }
    pub fn is_reply(self) -> bool {
        matches!(self, Self::Answered | Self::Declined)
    }
}

code_list! {
    /// Why a provider declines.
    pub enum DeclineReason: "a reason to decline such as no_capacity" {
        NoCapacity = "no_capacity", NotOurService = "not_our_service", Budget = "budget", TooSoon = "too_soon",
        TooSmall = "too_small", Terms = "terms", Other = "other",
    }
}

/// What declines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Decline {
    pub reason: DeclineReason,
    /// In the provider's words.
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 2000)))]
    #[serde(default)]
    pub text: Option<String>,
}

/// What answers: whole, in place of what was answered before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Answers {
    #[cfg_attr(feature = "validate", validate(length(max = 50)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub answers: Vec<Answer>,
}

/// One provider's thread, as its two sides may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Thread {
    pub id: ThreadId,
    pub inquiry: InquiryId,
    pub provider: Party,
    pub state: ThreadState,
    /// The reply-by moment has passed without a reply.
    pub overdue: bool,
    pub answers: Vec<Answer>,
    /// Goes up with each answer or decline; send it as If-Match (`"v0"` for the first answer).
    pub answers_version: i32,
    pub decline: Option<Decline>,
    /// The caller's side has something to read here.
    pub unread: bool,
    pub sent_at: Instant,
    /// When the provider first looked at it.
    pub read_at: Option<Instant>,
    /// When it was first answered or declined.
    pub replied_at: Option<Instant>,
    pub updated_at: Instant,
}

/// A thread with what was written and attached in it, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThreadDetail {
    pub thread: Thread,
    pub messages: Vec<Message>,
    pub attachments: Vec<Attachment>,
}

/// A message of either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    pub id: MessageId,
    pub thread: ThreadId,
    /// Whose side wrote.
    pub organisation: OrganisationId,
    /// Who wrote, to that person's own side; absent to the other side and for partner systems.
    pub author: Option<PersonId>,
    pub text: String,
    pub created_at: Instant,
}

/// What writes a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 10_000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
    /// For whom the caller writes; only needed by somebody who belongs to both sides.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
}

/// A side of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Sender,
    Provider,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_from_every_state() {
        use Step::{Answer, Decline, Read};
        use ThreadState as S;
        let table = [
            (S::Sent, Read, false, Some(S::Read)),
            (S::Sent, Answer, false, Some(S::Answered)),
            (S::Sent, Answer, true, Some(S::Answered)),
            (S::Sent, Decline, true, Some(S::Declined)),
            (S::Read, Read, true, Some(S::Read)),
            (S::Read, Answer, false, Some(S::Answered)),
            (S::Answered, Read, false, Some(S::Answered)),
            (S::Answered, Answer, false, Some(S::Answered)),
            (S::Answered, Answer, true, None),
            (S::Answered, Decline, false, Some(S::Declined)),
            (S::Answered, Decline, true, None),
            (S::Declined, Answer, false, Some(S::Answered)),
            (S::Declined, Answer, true, None),
            (S::Declined, Decline, false, None),
            (S::Declined, Read, false, Some(S::Declined)),
        ];
        for (state, step, late, expected) in table {
            assert_eq!(state.after(step, late).ok(), expected, "{state} {step} late={late}");
        }
    }
}
