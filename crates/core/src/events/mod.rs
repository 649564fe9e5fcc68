//! # Room: events (the corridor)
//!
//! - owns: the kinds of event, the event as followers and partners read it, the cursor
//! - does not own: what followers do with them
//! - rules: one row per change, in the change's own transaction; never altered; ordered by (transaction, sequence)
//! - enters: every room appends; followers, the audit trail and partners read
//! - neighbours: ids
//! - try it: `cargo test -p kazi-core events`

use crate::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::codes::code_list! {
    /// What happened, as `subject.verb`.
    pub enum EventKind: "an event kind such as organisation.edited" {
        PersonRegistered = "person.registered",
        PersonConfirmed = "person.confirmed",
        PasswordChanged = "person.password_changed",
        PersonEdited = "person.edited",
        PersonDeleted = "person.deleted",
        SessionEnded = "session.ended",
        SessionReuseDetected = "session.reuse_detected",
        MemberAdded = "member.added",
        MemberEdited = "member.edited",
        MemberRemoved = "member.removed",
        InvitationCreated = "invitation.created",
        InvitationWithdrawn = "invitation.withdrawn",
        ApiKeyCreated = "api_key.created",
        ApiKeyRevoked = "api_key.revoked",
        OrganisationCreated = "organisation.created",
        OrganisationEdited = "organisation.edited",
        OrganisationClaimed = "organisation.claimed",
        OrganisationUnclaimed = "organisation.unclaimed",
        OrganisationMerged = "organisation.merged",
        OrganisationRemoved = "organisation.removed",
        DuplicateDismissed = "duplicate.dismissed",
        ClaimCreated = "claim.created",
        ClaimDecided = "claim.decided",
        ImportApplied = "import.applied",
        ImportUndone = "import.undone",
        NeedCreated = "need.created",
        NeedEdited = "need.edited",
        NeedRemoved = "need.removed",
        NeedMatched = "need.matched",
        NeedShortlisted = "need.shortlisted",
        InquiryCreated = "inquiry.created",
        InquiryClarified = "inquiry.clarified",
        InquiryClosed = "inquiry.closed",
        MessageCreated = "message.created",
        AttachmentCreated = "attachment.created",
        ThreadRead = "thread.read",
        ThreadAnswered = "thread.answered",
        ThreadDeclined = "thread.declined",
        ReadingCreated = "reading.created",
        ReadingCorrected = "reading.corrected",
        ReadingConfirmed = "reading.confirmed",
        RatingShown = "rating.shown",
    }
}

/// Where a follower is in the log: everything up to here has been taken in.
/// The transaction comes first because a later sequence number may commit earlier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cursor {
    pub tx: i64,
    pub seq: i64,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.tx, self.seq)
    }
}
impl std::str::FromStr for Cursor {
    type Err = crate::codes::UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once('-')
            .and_then(|(tx, seq)| Some(Cursor { tx: tx.parse().ok()?, seq: seq.parse().ok()? }))
            .ok_or_else(|| crate::codes::UnknownCode::new(text, "a cursor of the event log"))
    }
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub cursor: Cursor,
    pub at: Instant,
    pub kind: EventKind,
    /// Person, partner key or nobody (the platform itself).
    pub actor: Option<Uuid>,
    /// The organisation whose audit trail this belongs to.
    pub organisation: Option<Uuid>,
    pub subject: Uuid,
    /// What followers need beyond the subject's id.
    pub data: serde_json::Value,
}

/// An event about to be appended; the log gives it its place.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    pub kind: EventKind,
    pub actor: Option<Uuid>,
    pub organisation: Option<Uuid>,
    pub subject: Uuid,
    pub data: serde_json::Value,
}
