//! Identities of things: newtypes over UUIDv7, so that a person's id can't be passed for an
//! organisation's. Core never makes one up: `From<Uuid>` takes what the caller generated.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "uuid"))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name { fn from(id: Uuid) -> Self { Self(id) } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    )*};
}

ids! {
    /// A person with an account.
    PersonId
    /// An organisation, claimed or listed.
    OrganisationId
    /// A partner system's API key.
    ApiKeyId
    /// An invitation to become a member.
    InvitationId
    /// A place where work is done.
    SiteId
    /// One service line that an organisation offers.
    OfferId
    /// A claim on an unclaimed listing.
    ClaimId
    /// One run of an import.
    ImportId
    /// A buyer's need.
    NeedId
    /// An inquiry sent to one or several providers.
    InquiryId
    /// One provider's thread within an inquiry.
    ThreadId
    /// A message in a thread.
    MessageId
    /// Something that the sender of an inquiry tells all its providers.
    ClarificationId
    /// An uploaded file.
    AttachmentId
    /// One figure that an organisation reported.
    ReadingId
    /// A family of refresh tokens: one sign-in on one device.
    SessionId
    /// A proposal to change the standard.
    ProposalId
    /// What somebody said about a proposal's draft.
    CommentId
}
