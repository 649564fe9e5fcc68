//! Accounts and sessions as they cross the wire.

use super::{MemberRole, StaffRole};
use crate::Instant;
use crate::codes::{Language, OrganisationKind};
use crate::ids::{OrganisationId, PersonId};
use serde::{Deserialize, Serialize};

/// The one form of an e-mail address by which an account is found.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Somebody signs up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRegistration {
    #[cfg_attr(feature = "validate", validate(email, length(max = 254)))]
    pub email: String,
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 120), custom(function = "crate::plain::plain")))]
    pub name: String,
    /// Long beats complicated: at least ten characters of any kind.
    #[cfg_attr(feature = "validate", validate(length(min = 10, max = 256)))]
    pub password: String,
    /// Language of e-mails to this person.
    pub language: Language,
}

/// Whatever the address, the same answer: look into your mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailOnItsWay {
    /// Where the mail went, if there is anything to send.
    pub email: String,
}

/// The token out of a link that we mailed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MailedToken {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 200)))]
    pub token: String,
}

/// Somebody signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 254)))]
    pub email: String,
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 256)))]
    pub password: String,
    /// True (the default) puts the refresh token into a cookie that no script can read; false, for
    /// programs other than browsers, into the answer.
    #[serde(default = "yes")]
    pub cookie: bool,
}
fn yes() -> bool {
    true
}

/// A refresh token from the body; browsers send the cookie instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 200)))]
    pub refresh_token: String,
}

/// What a session gives to call the API with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTokens {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Seconds until the access token expires.
    pub expires_in: u32,
    /// Single use: each refresh gives a new one. Null when it is in the cookie.
    pub refresh_token: Option<String>,
}

/// Somebody forgot the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPasswordReset {
    #[cfg_attr(feature = "validate", validate(email, length(max = 254)))]
    pub email: String,
}

/// A new password, with the token from the mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompletePasswordReset {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 200)))]
    pub token: String,
    #[cfg_attr(feature = "validate", validate(length(min = 10, max = 256)))]
    pub password: String,
}

/// The signed-in person's own account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyAccount {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    /// The e-mail address was confirmed.
    pub confirmed: bool,
    pub language: Language,
    pub staff: Option<StaffRole>,
    pub memberships: Vec<Membership>,
    pub created_at: Instant,
    /// For If-Match.
    pub version: i32,
}

/// One organisation that a person may act for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Membership {
    pub organisation: OrganisationId,
    pub slug: String,
    pub name: String,
    pub kinds: Vec<OrganisationKind>,
    pub role: MemberRole,
    pub since: Instant,
}

/// What a person may change of the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountEdit {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 120), custom(function = "crate::plain::plain")))]
    pub name: String,
    pub language: Language,
}
