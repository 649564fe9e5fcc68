//! What can go wrong, as everybody sees it: one table code → status → title. An error's inside text
//! (SQL, paths) never gets here.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $status:literal $title:literal;)*) => {
        /// Stable code of a problem; `docs/errors.md` has a section for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $code)] $variant),* }
        crate::codes::word_schema!(Code);
        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $code),* } }
            pub const fn status(self) -> u16 { match self { $(Self::$variant => $status),* } }
            pub const fn title(self) -> &'static str { match self { $(Self::$variant => $title),* } }
        }
    };
}

codes! {
    MalformedBody = "malformed_body" 400 "The body is not valid JSON of the documented shape";
    UnknownField = "unknown_field" 400 "The body has a field that this operation does not know";
    InvalidQuery = "invalid_query" 400 "A query parameter is unknown or has a value that is not allowed";
    InvalidPath = "invalid_path" 400 "A part of the address is not of the documented form";
    InvalidHeader = "invalid_header" 400 "A header is not of the documented form";
    SignInRequired = "sign_in_required" 401 "This needs a signed-in person or an API key";
    TokenExpired = "token_expired" 401 "The access token has expired; refresh it";
    BadCredentials = "bad_credentials" 401 "The e-mail address and password do not belong together";
    SessionEnded = "session_ended" 401 "The session has ended; sign in again";
    NotAllowed = "not_allowed" 403 "You may not do this";
    CsrfFailed = "csrf_failed" 403 "The request did not come from the app";
    NotFound = "not_found" 404 "There is no such thing, or it is not yours to see";
    MethodNotAllowed = "method_not_allowed" 405 "This address does not know that method";
    Conflict = "conflict" 409 "This contradicts the present state";
    AlreadyExists = "already_exists" 409 "There is one already";
    IdempotencyKeyReused = "idempotency_key_reused" 409 "The idempotency key was used for another request";
    VersionMismatch = "version_mismatch" 412 "It was changed in the meantime; read it again";
    TooLarge = "too_large" 413 "The body is larger than allowed";
    UnsupportedMediaType = "unsupported_media_type" 415 "The body is of a type that this operation does not take";
    Invalid = "invalid" 422 "Some values are not allowed; see errors";
    VersionRequired = "version_required" 428 "Send If-Match with the ETag of what you read";
    TooManyRequests = "too_many_requests" 429 "Too many requests; wait as Retry-After says";
    Internal = "internal" 500 "Something went wrong on our side; tell us the request id";
    Unavailable = "unavailable" 503 "The service is not ready; try again";
}

/// RFC 9457 problem document, `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Address of the code's explanation.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub code: Code,
    /// What happened here and what to do.
    pub detail: Option<String>,
    /// One entry a field, where fields are at fault.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// Quote it when you ask for help.
    pub request_id: Option<String>,
    /// Slug of the organisation that is listed already, where that is what stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer into the body (`/offers/0/price_per_hour`) or the name of a query parameter.
    pub pointer: String,
    /// Stable word: `required`, `length`, `range`, `format`, `unknown`, `conflict`.
    pub code: String,
    pub message: String,
}

/// What core and store say when a rule forbids something.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}: {detail}", code.as_str())]
pub struct Refusal {
    pub code: Code,
    pub detail: String,
    pub errors: Vec<FieldError>,
}

impl Refusal {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: vec![] }
    }
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("No {what} with that id that you may see."))
    }
    /// Somebody else was faster.
    pub fn changed_meanwhile() -> Self {
        Self::new(Code::VersionMismatch, "Somebody changed it since you read it. Read it again, then repeat your change.")
    }
    /// Several fields at once.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { code: Code::Invalid, detail: "Correct the fields named in errors.".into(), errors }
    }
    pub fn field(pointer: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            code: Code::Invalid,
            detail: message.clone(),
            errors: vec![FieldError { pointer: pointer.into(), code: code.into(), message }],
        }
    }
}

impl Problem {
    pub fn of(refusal: Refusal, request_id: Option<String>) -> Self {
        let Refusal { code, detail, errors } = refusal;
        Self {
            r#type: format!("/docs/errors#{}", code.as_str()),
            title: code.title().into(),
            status: code.status(),
            code,
            detail: (!detail.is_empty()).then_some(detail),
            errors,
            request_id,
            listed: None,
        }
    }
}
