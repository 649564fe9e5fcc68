//! The API's document: what every room's handlers say, and what all operations share.

use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(title = "Kazi", description = "The open platform for Impact Sourcing.", license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")),
    components(schemas(kazi_core::problem::Problem)),
    tags(
        (name = "identity", description = "People, sessions, members, API keys."),
        (name = "directory", description = "Organisations and what is known of them."),
        (name = "matching", description = "Needs and who fits them."),
        (name = "inquiries", description = "Questions to providers and their answers."),
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
