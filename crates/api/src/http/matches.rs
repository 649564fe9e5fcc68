//! Versions: `ETag: "v7"` on what can be edited, `If-Match` on the edit.

use super::Fail;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kazi_core::problem::Code;
use std::future::{Ready, ready};

/// The version that an edit is meant for. Without the header the request is refused (428).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i32);

impl FromRequest for IfMatch {
    type Error = Fail;
    type Future = Ready<Result<Self, Fail>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = req.headers().get("If-Match").map(|v| v.to_str().unwrap_or_default());
        ready(match header {
            None => Err(Fail::new(Code::VersionRequired, "Send If-Match with the ETag that you got when you read it.")),
            Some(tag) => version(tag).map(Self).ok_or_else(|| Fail::new(Code::VersionMismatch, "Read it again and send its ETag.")),
        })
    }
}

fn version(tag: &str) -> Option<i32> {
    tag.trim().trim_start_matches("W/").trim_matches('"').strip_prefix('v')?.parse().ok()
}

pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}

impl IfMatch {
    /// Refuses when what stands is of another version.
    pub fn check(self, current: i32) -> Result<(), Fail> {
        if self.0 == current {
            Ok(())
        } else {
            Err(Fail::new(Code::VersionMismatch, "Somebody changed it since you read it. Read it again, then repeat your change."))
        }
    }
}
