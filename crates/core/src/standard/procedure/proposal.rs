//! A proposal as it crosses the wire, and the public record of every step that it takes.

use super::{Course, Settings};
use crate::Instant;
use crate::codes::code_list;
use crate::ids::{OrganisationId, PersonId, ProposalId};
use serde::{Deserialize, Serialize};

/// What hands in a proposal. The first draft's text goes with it, where the standard's texts are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewProposal {
    /// For which seated organisation; absent is the steward's own.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 200))]
    pub title: String,
    /// What is wrong today and why this mends it. Plain text.
    #[cfg_attr(feature = "validate", validate(length(min = 30, max = 20_000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 30, max_length = 20_000))]
    pub rationale: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    pub id: ProposalId,
    pub title: String,
    pub rationale: String,
    pub proposer: PersonId,
    pub organisation: Option<OrganisationId>,
    pub course: Course,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Proposal {
    /// The settings that hold for it, whatever they are for others by now.
    pub fn settings(&self) -> &Settings {
        &self.course.settings
    }
}

code_list! {
    /// What a step was.
    pub enum StepKind: "a step such as comment_answered" {
        Proposed = "proposed", CommentsOpened = "comments_opened", Commented = "commented",
        CommentsClosed = "comments_closed", CommentAnswered = "comment_answered",
        DraftPublished = "draft_published", DifferencePublished = "difference_published",
        SecondCommentsOpened = "second_comments_opened", SecondCommentsClosed = "second_comments_closed",
        Frozen = "frozen", Reopened = "reopened", BackTestPublished = "back_test_published",
        VoteAnnounced = "vote_announced", VoteOpened = "vote_opened", VoteClosed = "vote_closed",
        Counted = "counted", Published = "published", Withdrawn = "withdrawn", Lapsed = "lapsed",
    }
}

/// One line of a proposal's public timeline. That an organisation has voted is on the roll, not here: a
/// moment would help to tie it to its ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    pub kind: StepKind,
    pub at: Instant,
    /// Who did it; absent when the clock did.
    pub by: Option<PersonId>,
    pub organisation: Option<OrganisationId>,
    /// The draft that it is about.
    pub draft: Option<u32>,
    /// In words: a reason to withdraw or reopen, a moment announced.
    pub note: Option<String>,
}
