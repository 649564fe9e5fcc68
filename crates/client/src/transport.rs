//! What a transport has to do: carry one request, bring back one response. Knows nothing of the API.

use std::future::Future;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A request, ready but for the origin and the credentials that the transport adds.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    /// Path and query: `/api/v1/organisations?q=nairobi`.
    pub address: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Vec<u8>>,
}

#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// No response came: the line is down, the server is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no response: {0}")]
pub struct Network(pub String);

/// Futures are as `Send` as the transport is: reqwest's are, the browser's are not.
pub trait Transport {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, Network>>;
}
