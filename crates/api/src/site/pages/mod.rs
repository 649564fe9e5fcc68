//! The public pages of the directory as the server writes them: readable and linked without the app,
//! which takes over at the same address. In English or French, as the address or the browser asks. Also what search
//! engines ask for first.

mod crawlers;
mod html;
mod list;
mod one;

pub use crawlers::{robots, sitemap, sitemap_part};
pub use list::providers;
pub use one::provider;

use crate::state::State;
use crate::texts::{Lang, text};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use html::escaped;
use serde_json::Value;

/// In which language a page is written, and whether its address says so.
#[derive(Clone, Copy)]
struct Spoken {
    lang: Lang,
    asked: bool,
}

impl Spoken {
    /// The query's word `lang`, else what the browser likes best.
    fn of(req: &HttpRequest) -> Self {
        let words = web::Query::<Vec<(String, String)>>::from_query(req.query_string()).map(web::Query::into_inner).unwrap_or_default();
        match words.iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Lang::of(tag)) {
            Some(lang) => Self { lang, asked: true },
            None => {
                let accepted = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
                Self { lang: Lang::accepted(accepted), asked: false }
            }
        }
    }

    /// An address of ours, in this language where it was asked for by the address.
    fn link(self, address: &str) -> String {
        if self.asked { with_lang(address, self.lang) } else { address.to_owned() }
    }
}

fn with_lang(address: &str, lang: Lang) -> String {
    format!("{address}{}lang={}", if address.contains('?') { '&' } else { '?' }, lang.code())
}

/// A page before it is put into the app's own.
struct Page {
    spoken: Spoken,
    title: String,
    description: String,
    /// Path and query, without the language.
    address: String,
    /// Search engines are to leave it out.
    hidden: bool,
    /// schema.org.
    data: Option<Value>,
    body: String,
}

const TITLE: &str = "<title>Kazi</title>";
const PLACE: &str = "<kazi-page></kazi-page>";

impl Page {
    /// In the app's page where it is built, otherwise in a plain one.
    fn respond(self, state: &State) -> HttpResponse {
        let lang = self.spoken.lang;
        let head = self.head(&state.settings.public_url());
        let body = format!("{}{}", self.body, self.other_languages());
        let page = match super::spa::index() {
            Some(app) if app.contains(TITLE) && app.contains(PLACE) => {
                let body = format!("<kazi-page lang=\"{}\">{body}</kazi-page>", lang.code());
                speaking(&app, lang).replacen(TITLE, &head, 1).replacen(PLACE, &body, 1)
            }
            _ => format!(
                "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">{head}\
                 <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body>{body}</body></html>",
                lang.code()
            ),
        };
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, lang.code()))
            .insert_header((header::VARY, "Accept-Language, Accept-Encoding"))
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .body(page)
    }

    fn head(&self, origin: &str) -> String {
        let at = |address: &str| escaped(&format!("{origin}{address}"));
        let address = at(&self.spoken.link(&self.address));
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        let mut head = format!(
            "<title>{title}</title><meta name=\"description\" content=\"{description}\"><link rel=\"canonical\" href=\"{address}\">\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{description}\">"
        );
        for lang in Lang::ALL {
            let other = at(&with_lang(&self.address, lang));
            head.push_str(&format!("<link rel=\"alternate\" hreflang=\"{}\" href=\"{other}\">", lang.code()));
        }
        head.push_str(&format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">", at(&self.address)));
        if self.hidden {
            head.push_str("<meta name=\"robots\" content=\"noindex\">");
        }
        if let Some(data) = &self.data {
            // Within a script element only "<" could end it; JSON can spell that otherwise.
            let json = data.to_string().replace('<', "\\u003c");
            head.push_str(&format!("<script type=\"application/ld+json\">{json}</script>"));
        }
        head
    }

    /// The same page in the other language.
    fn other_languages(&self) -> String {
        let others = Lang::ALL.into_iter().filter(|l| *l != self.spoken.lang);
        let link = |lang: Lang| {
            let (code, address) = (lang.code(), escaped(&with_lang(&self.address, lang)));
            let name = text(self.spoken.lang, "in_other_language");
            format!("<p><a href=\"{address}\" hreflang=\"{code}\" lang=\"{code}\">{name}</a></p>")
        };
        others.map(link).collect()
    }
}

/// The app's page, said to be in that language.
fn speaking(app: &str, lang: Lang) -> String {
    let Some((before, rest)) = app.split_once("<html lang=") else { return app.to_owned() };
    let Some((_, after)) = rest.split_once('>') else { return app.to_owned() };
    format!("{before}<html lang=\"{}\">{after}", lang.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_whole_page_is_said_however_the_minifier_wrote_it() {
        for app in ["<!DOCTYPE html><html lang=en><head>", "<!DOCTYPE html><html lang=\"en\"><head>"] {
            assert_eq!(speaking(app, Lang::Fr), "<!DOCTYPE html><html lang=\"fr\"><head>");
        }
        assert_eq!(with_lang("/providers?q=a", Lang::Fr), "/providers?q=a&lang=fr");
    }
}
