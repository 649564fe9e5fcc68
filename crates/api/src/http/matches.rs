//! Versions: `ETag: "v7"` on what can be edited, `If-Match` on the edit. What also shows something that is not edited but
//! measured names that after a dot, `"v7.12-9"`: a copy that is kept grows old with it, and an edit doesn't mind it.

use super::Fail;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kazi_core::problem::{Code, Refusal};
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
    let tag = tag.trim().trim_start_matches("W/").trim_matches('"').strip_prefix('v')?;
    tag.split('.').next()?.parse().ok()
}

pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}

/// The tag of what shows something `measured` beside what is edited.
pub fn etag_with(version: i32, measured: &str) -> String {
    format!("\"v{version}.{measured}\"")
}

impl IfMatch {
    /// Refuses when what stands is of another version.
    pub fn check(self, current: i32) -> Result<(), Fail> {
        if self.0 == current { Ok(()) } else { Err(Refusal::changed_meanwhile().into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_meant_for_a_version_whatever_was_measured() {
        for tag in ["\"v7\"", "W/\"v7\"", "v7", &etag(7), &etag_with(7, "12-9-h4.5")] {
            assert_eq!(version(tag), Some(7), "{tag}");
        }
        for tag in ["", "7", "\"v\"", "\"v.7\"", "*"] {
            assert_eq!(version(tag), None, "{tag}");
        }
    }
}
