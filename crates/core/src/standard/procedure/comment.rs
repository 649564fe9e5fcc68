//! Comments on a draft and the written response that each of them gets. All of it is public.

use super::Draft;
use crate::Instant;
use crate::codes::code_list;
use crate::ids::{CommentId, OrganisationId, PersonId, ProposalId};
use crate::problem::Refusal;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a comment wants to say.
    pub enum CommentKind: "a kind of comment: support, concern, change or question" {
        Support = "support", Concern = "concern",
        /// Wants the text changed and says how.
        Change = "change",
        Question = "question",
    }
}

code_list! {
    /// What the steward makes of a comment.
    pub enum Disposition: "a disposition: accepted, partly, rejected or noted" {
        Accepted = "accepted", Partly = "partly", Rejected = "rejected",
        /// Asks for no change.
        Noted = "noted",
    }
}

impl Disposition {
    /// A newer draft is owed.
    pub fn promises_a_change(self) -> bool {
        matches!(self, Self::Accepted | Self::Partly)
    }
}

/// What comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// The draft that was read; has to be the one that is open to comments.
    pub draft: u32,
    /// What of the draft it is about, such as a metric's code or a field's JSON pointer; absent is the whole.
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    #[serde(default)]
    pub about: Option<String>,
    /// For whom the caller speaks; absent is for herself.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    pub kind: CommentKind,
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 10_000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 10_000))]
    pub text: String,
}

impl NewComment {
    /// It is about the draft that is open to comments.
    pub fn check(&self, open: Option<&Draft>) -> Result<(), Refusal> {
        match open {
            Some(draft) if draft.number == self.draft => Ok(()),
            Some(draft) => {
                Err(Refusal::field("/draft", "conflict", format!("Comments are open on draft {}; read that one.", draft.number)))
            }
            None => Err(Refusal::new(crate::problem::Code::Conflict, "Comments are not open.")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    pub id: CommentId,
    pub proposal: ProposalId,
    pub draft: u32,
    pub about: Option<String>,
    pub author: PersonId,
    pub organisation: Option<OrganisationId>,
    pub kind: CommentKind,
    pub text: String,
    pub created_at: Instant,
    pub response: Option<Response>,
}

/// What responds to a comment; until the next gate has opened it may be put in other words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewResponse {
    pub disposition: Disposition,
    /// Why, in the steward's words.
    #[cfg_attr(feature = "validate", validate(length(min = 10, max = 10_000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 10_000))]
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Response {
    pub disposition: Disposition,
    pub reason: String,
    pub by: PersonId,
    pub at: Instant,
}
