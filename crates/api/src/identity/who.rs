//! Who sends a request, from its Authorization header.

use crate::http::Fail;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kazi_core::identity::Caller;
use kazi_core::problem::Code;
use std::future::Future;
use std::pin::Pin;

/// The caller; `Caller::Nobody` without an Authorization header, a refusal with a bad one.
pub struct Who(pub Caller);

impl FromRequest for Who {
    type Error = Fail;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fail>>>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let bearer = req.headers().contains_key("Authorization");
        Box::pin(async move {
            if bearer { Err(Fail::new(Code::SignInRequired, "The token is not one of ours.")) } else { Ok(Self(Caller::Nobody)) }
        })
    }
}
