//! What the document says of an address is what it does: another method is a 405 that names those
//! there are, an unknown query parameter a 400 that names those it knows.

use super::Fail;
use crate::openapi::Routes;
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, header};
use actix_web::{HttpResponse, ResponseError};
use kazi_core::problem::{Code, FieldError, Refusal};

/// The answer to a request that the document rules out.
pub fn refuse(req: &ServiceRequest) -> Option<HttpResponse> {
    if !req.path().starts_with("/api/v1/") {
        return None;
    }
    let known = Routes::ours().at(req.path())?;
    let Some(operation) = known.get(req.method().as_str()) else {
        let methods = known.keys().map(String::as_str).chain(known.contains_key("GET").then_some("HEAD")).chain(["OPTIONS"]);
        let allow = methods.collect::<Vec<_>>().join(", ");
        let mut answer = if req.method() == Method::OPTIONS {
            HttpResponse::NoContent().finish()
        } else {
            Fail::new(Code::MethodNotAllowed, format!("This address takes {allow}.")).error_response()
        };
        answer.headers_mut().insert(header::ALLOW, allow.parse().ok()?);
        return Some(answer);
    };
    let names = req.query_string().split('&').filter(|part| !part.is_empty()).map(|part| part.split('=').next().unwrap_or_default());
    let unknown: Vec<&str> = names.filter(|name| !operation.query.iter().any(|known| known == name)).collect();
    if unknown.is_empty() {
        return None;
    }
    let takes = if operation.query.is_empty() { "It takes none.".into() } else { format!("It takes {}.", operation.query.join(", ")) };
    let error = |name: &&str| FieldError { pointer: (*name).into(), code: "unknown".into(), message: takes.clone() };
    let errors = unknown.iter().map(error).collect();
    let detail = format!("The operation does not know the query parameter {}. {takes}", unknown.join(", "));
    Some(Fail::from(Refusal { code: Code::InvalidQuery, detail, errors }).error_response())
}
