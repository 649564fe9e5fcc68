//! How a call can fail.

use crate::transport::Network;
use kazi_core::problem::{Code, Problem};

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The API refused, and says why.
    #[error("{}: {}", .0.code.as_str(), .0.detail.as_deref().unwrap_or(&.0.title))]
    Problem(Box<Problem>),
    #[error(transparent)]
    Network(#[from] Network),
    /// The answer is not what the API documents, as from a proxy in between.
    #[error("HTTP {status} with an unreadable body: {detail}")]
    Unreadable { status: u16, detail: String },
}

impl Error {
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Error::Problem(problem) => Some(problem),
            _ => None,
        }
    }
    pub fn code(&self) -> Option<Code> {
        self.problem().map(|p| p.code)
    }
    pub fn is(&self, code: Code) -> bool {
        self.code() == Some(code)
    }
}
