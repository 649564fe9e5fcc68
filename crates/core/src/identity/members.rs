//! Members, invitations, API keys and staff as they cross the wire.

use super::{MemberRole, Scope, StaffRole};
use crate::Instant;
use crate::codes::Language;
use crate::ids::{ApiKeyId, InvitationId, PersonId};
use serde::{Deserialize, Serialize};

/// Somebody who may act for an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub role: MemberRole,
    pub since: Instant,
    /// For If-Match.
    pub version: i32,
}

/// What can be changed of a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberEdit {
    pub role: MemberRole,
}

/// An owner asks somebody to join.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    #[cfg_attr(feature = "validate", validate(email, length(max = 254)))]
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
    pub role: MemberRole,
    /// Language of the mail.
    pub language: Language,
}

/// An invitation that waits for its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: MemberRole,
    pub invited_by: Option<PersonId>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// A key for a partner system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for, such as "CRM sync".
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 120)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
    pub name: String,
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 20)))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 20))]
    pub scopes: Vec<Scope>,
    /// Null or absent: until it is revoked.
    #[serde(default)]
    pub expires_at: Option<Instant>,
}

/// A key without its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// How the key begins, to tell it from others.
    pub prefix: String,
    pub scopes: Vec<Scope>,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    /// To within a few minutes.
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// A key just made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyMade {
    pub key: ApiKey,
    /// The whole key, to be sent as Bearer. It is shown this once; null when the request was a repetition.
    pub secret: Option<String>,
}

/// A person as the platform's admins see her.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffPerson {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub confirmed: bool,
    pub staff: Option<StaffRole>,
    pub created_at: Instant,
}

/// What a person is to the platform's staff from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffRoleEdit {
    /// Null takes the role away.
    pub role: Option<StaffRole>,
}
