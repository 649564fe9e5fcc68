//! The public pages of the directory as the server writes them: readable and linked without the app,
//! which takes over at the same address. Also what search engines ask for first.

mod crawlers;
mod html;
mod list;
mod one;

pub use crawlers::{robots, sitemap, sitemap_part};
pub use list::providers;
pub use one::provider;

use crate::state::State;
use actix_web::HttpResponse;
use html::escaped;
use serde_json::Value;

/// A page before it is put into the app's own.
struct Page {
    title: String,
    description: String,
    /// Path and query.
    address: String,
    /// schema.org.
    data: Option<Value>,
    body: String,
}

const TITLE: &str = "<title>Kazi</title>";
const PLACE: &str = "<kazi-page></kazi-page>";

impl Page {
    /// In the app's page where it is built, otherwise in a plain one.
    fn respond(self, state: &State) -> HttpResponse {
        let head = self.head(&state.settings.public_url());
        let page = match super::spa::index() {
            Some(app) if app.contains(TITLE) && app.contains(PLACE) => {
                let body = format!("<kazi-page>{}</kazi-page>", self.body);
                app.replacen(TITLE, &head, 1).replacen(PLACE, &body, 1)
            }
            _ => format!(
                "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">{head}\
                 <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body>{}</body></html>",
                self.body
            ),
        };
        HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(("Cache-Control", "no-cache")).body(page)
    }

    fn head(&self, origin: &str) -> String {
        let address = escaped(&format!("{origin}{}", self.address));
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        let mut head = format!(
            "<title>{title}</title><meta name=\"description\" content=\"{description}\"><link rel=\"canonical\" href=\"{address}\">\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{description}\">"
        );
        if let Some(data) = &self.data {
            // Within a script element only "<" could end it; JSON can spell that otherwise.
            let json = data.to_string().replace('<', "\\u003c");
            head.push_str(&format!("<script type=\"application/ld+json\">{json}</script>"));
        }
        head
    }
}
