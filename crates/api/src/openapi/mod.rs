//! The API's document: what every room's handlers say (utoipa), and what all operations share
//! (`finish`). Made once from the routes themselves; needs no database.

mod example;
mod finish;
mod patches;
mod routes;
mod serve;
mod three_zero;

pub use routes::{Operation, Routes};
pub use serve::{docs, pages};

use serde_json::Value;
use std::sync::LazyLock;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kazi",
        description = "The open platform for Impact Sourcing. Everything that the app does is done over this API.\n\nErrors are \
                       `application/problem+json` with a stable `code`; [every code is explained](/docs/errors). Lists come in pages: \
                       follow `next` or the `Link` header. What can be edited bears an `ETag`; send it back as `If-Match`. A POST that \
                       creates takes an `Idempotency-Key`, so it can be repeated safely. A field or query parameter that an operation \
                       does not know is a 400 that names it. Unknown is `null`, never 0.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
        contact(name = "Kazi")
    ),
    servers((url = "/", description = "The server that gave you this document.")),
    components(schemas(kazi_core::problem::Problem, kazi_core::directory::SearchSort, kazi_core::directory::ExportFormat, kazi_core::metrics::TemplateFormat)),
    tags(
        (name = "directory", description = "Organisations and what is known of them."),
        (name = "identity", description = "People, sessions, members, API keys."),
        (name = "inquiries", description = "Questions to providers and their answers."),
        (name = "matching", description = "Needs and who fits them."),
        (name = "metrics", description = "Readings: what organisations report, with evidence."),
        (name = "rating", description = "What an organisation's figures come to, down to each reading."),
        (name = "standard", description = "What is measured, and how."),
    ),
    modifiers(&Security)
)]
pub struct Document;

struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An access token, or an organisation's API key.")).build(),
        );
        document.components.get_or_insert_default().add_security_scheme("bearer", bearer);
    }
}

static FINISHED: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(crate::app::stated()).expect("a document is JSON");
    finish::finish(&mut document);
    document
});

/// The whole document, OpenAPI 3.1.
pub fn document() -> &'static Value {
    &FINISHED
}

/// The same for tools that can't read 3.1: OpenAPI 3.0.3.
pub fn three_zero() -> Value {
    three_zero::render(document())
}
