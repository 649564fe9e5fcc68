//! What stands before every handler: the limits of the caller's address, then what the document says
//! of the operation.

use super::known;
use super::limits::Standing;
use crate::state::State;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};

/// Middleware: turns back what need not reach a handler, and states the caller's limit in the answer.
pub async fn keep<B: MessageBody>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    if req.method() == Method::HEAD {
        // the connection remembers that it was a HEAD and leaves the body out
        req.head_mut().method = Method::GET;
    }
    if !matches!(req.path(), "/healthz" | "/readyz" | "/metrics")
        && let Some(state) = req.app_data::<web::Data<State>>()
        && let Err((fail, standing)) = state.limits.arrive(&req)
    {
        let mut answer = fail.error_response();
        standing.write(answer.headers_mut());
        return Ok(req.into_response(answer).map_into_right_body());
    }
    let mut response = match known::refuse(&req) {
        Some(answer) => req.into_response(answer).map_into_right_body(),
        None => next.call(req).await?.map_into_left_body(),
    };
    let standing = response.request().extensions().get::<Standing>().copied();
    if let Some(standing) = standing {
        standing.write(response.headers_mut());
    }
    Ok(response)
}
