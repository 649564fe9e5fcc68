//! Puts the rooms together into one application.

use crate::http::{Fail, gate, request_id};
use crate::openapi::Document;
use crate::state::State;
use crate::{directory, identity, inquiries, matching, metrics, openapi, rating, site, standard};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, NormalizePath, TrailingSlash, from_fn};
use actix_web::{App, Error, web};
use kazi_core::problem::Code;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

fn rooms(cfg: &mut ServiceConfig) {
    cfg.service(
        utoipa_actix_web::scope::scope("/api/v1")
            .configure(identity::routes)
            .configure(directory::routes)
            .configure(matching::routes)
            .configure(inquiries::routes)
            .configure(standard::routes)
            .configure(metrics::routes)
            .configure(rating::routes),
    );
}

/// What the rooms' handlers state of themselves; `openapi::document` adds what all share.
pub fn stated() -> utoipa::openapi::OpenApi {
    App::new().into_utoipa_app().openapi(Document::openapi()).configure(rooms).split_for_parts().1
}

/// The application of one worker.
pub fn app(
    state: State,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = Error, InitError = ()>> {
    let (app, _) = App::new().into_utoipa_app().openapi(Document::openapi()).configure(rooms).split_for_parts();
    app.app_data(web::Data::new(state))
        .app_data(web::PathConfig::default().error_handler(|e, _| Fail::new(Code::InvalidPath, e.to_string()).into()))
        .configure(openapi::pages)
        .configure(site::routes)
        .wrap(from_fn(gate::keep))
        .wrap(Compress::default())
        .wrap(NormalizePath::new(TrailingSlash::MergeOnly))
        .wrap(from_fn(request_id::name_it))
}
