//! From an error inside to a problem document outside. What is internal is logged with the request
//! id and answered with a fixed sentence.

use super::request_id;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use kazi_core::problem::{Code, FieldError, Problem, Refusal};
use kazi_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum Fail {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The organisation is listed already, with that slug.
    #[error("listed as {slug}")]
    Listed { slug: String, refusal: Refusal },
    /// Too many; seconds to wait.
    #[error("too many requests")]
    TooMany(u64),
    /// Too much to do at the moment; seconds to wait.
    #[error("busy")]
    Busy(u64),
    #[error("{0}")]
    Inside(String),
}

impl Fail {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self::Refused(Refusal::new(code, detail))
    }
    pub fn inside(error: impl std::fmt::Display) -> Self {
        Self::Inside(error.to_string())
    }
    fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) | Self::Listed { refusal, .. } => refusal.clone(),
            Self::TooMany(seconds) => Refusal::new(Code::TooManyRequests, format!("Wait {seconds} seconds.")),
            Self::Busy(seconds) => Refusal::new(Code::Unavailable, format!("Too many at once; try again in {seconds} seconds.")),
            Self::Inside(_) => Refusal::new(Code::Internal, ""),
        }
    }
}

impl From<StoreError> for Fail {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            StoreError::Pool(_) | StoreError::Stopped => {
                tracing::error!(%error, "the database can't be reached");
                Self::new(Code::Unavailable, "Try again in a moment.")
            }
            other => Self::Inside(other.to_string()),
        }
    }
}

impl From<validator::ValidationErrors> for Fail {
    fn from(errors: validator::ValidationErrors) -> Self {
        Self::Refused(Refusal::fields(fields(&errors)))
    }
}

/// What is wrong with each field, in the order of their pointers.
pub fn fields(errors: &validator::ValidationErrors) -> Vec<FieldError> {
    let mut list = Vec::new();
    collect("", errors, &mut list);
    list.sort_by(|a, b| a.pointer.cmp(&b.pointer).then_with(|| a.code.cmp(&b.code)));
    list
}

fn collect(at: &str, errors: &validator::ValidationErrors, list: &mut Vec<FieldError>) {
    use validator::ValidationErrorsKind::*;
    for (field, kind) in errors.errors() {
        match kind {
            Struct(inner) => collect(&format!("{at}/{field}"), inner, list),
            List(entries) => entries.iter().for_each(|(i, inner)| collect(&format!("{at}/{field}/{i}"), inner, list)),
            Field(found) => list.extend(found.iter().map(|e| FieldError {
                pointer: format!("{at}/{field}"),
                code: e.code.to_string(),
                message: sentence(e),
            })),
        }
    }
}

fn sentence(error: &validator::ValidationError) -> String {
    if let Some(message) = &error.message {
        return message.to_string();
    }
    let bound = |name: &str| error.params.get(name).map(ToString::to_string);
    match (error.code.as_ref(), bound("min"), bound("max")) {
        ("length", Some(min), Some(max)) => format!("Must be {min} to {max} long."),
        ("length", Some(min), None) => format!("Must be at least {min} long."),
        ("length", None, Some(max)) => format!("Must be at most {max} long."),
        ("range", Some(min), Some(max)) => format!("Must be from {min} to {max}."),
        ("range", Some(min), None) => format!("Must be at least {min}."),
        ("range", None, Some(max)) => format!("Must be at most {max}."),
        ("url", ..) => "Must be a full web address such as https://example.org.".into(),
        ("email", ..) => "Must be an e-mail address such as name@example.org.".into(),
        _ => "Is not allowed.".into(),
    }
}

impl ResponseError for Fail {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.refusal().code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    fn error_response(&self) -> HttpResponse {
        if let Self::Inside(error) = self {
            tracing::error!(error, "internal error");
        }
        let mut problem = Problem::of(self.refusal(), request_id::current());
        if let Self::Listed { slug, .. } = self {
            problem.listed = Some(slug.clone());
        }
        let mut response = HttpResponse::build(self.status_code());
        if let Self::TooMany(seconds) | Self::Busy(seconds) = self {
            response.insert_header(("Retry-After", seconds.to_string()));
        }
        if problem.status == 401 {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.content_type("application/problem+json").body(serde_json::to_string(&problem).unwrap_or_default())
    }
}
