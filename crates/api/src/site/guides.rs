//! The guides of `docs/` as plain pages: an error's `type` leads here.

use crate::http::Fail;
use actix_web::{HttpResponse, ResponseError, get, web};
use kazi_core::problem::Refusal;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../docs"]
struct Guides;

#[get("/docs/style.css")]
pub async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css").body(include_str!("guides.css"))
}

#[get("/docs/{name}")]
pub async fn guide(name: web::Path<String>) -> HttpResponse {
    let Some(file) = Guides::get(&format!("{name}.md")) else {
        return Fail::from(Refusal::not_found("guide")).error_response();
    };
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page(&String::from_utf8_lossy(&file.data)))
}

fn page(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.header_id_prefix = Some(String::new());
    let title = text.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Kazi</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/docs/style.css\"></head>\
         <body><main>{}</main></body></html>",
        comrak::markdown_to_html(text, &options)
    )
}
