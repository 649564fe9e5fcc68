//! What search engines ask for first. Fictional organisations are not offered to them.

use crate::http::Answer;
use crate::state::State;
use actix_web::{HttpResponse, get, web};
use kazi_store::directory;

/// Addresses in one file; the protocol allows 50,000.
const MOST: i64 = 40_000;

#[get("/robots.txt")]
pub async fn robots(state: web::Data<State>) -> HttpResponse {
    let origin = state.settings.public_url();
    let text = format!("User-agent: *\nDisallow: /api/\nSitemap: {origin}/sitemap.xml\n");
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

/// The one file, or the list of files where one is not enough.
#[get("/sitemap.xml")]
pub async fn sitemap(state: web::Data<State>) -> Answer<HttpResponse> {
    let count = state.store.read(directory::count_real).await?;
    if count <= MOST {
        return part(&state, 0).await;
    }
    let origin = state.settings.public_url();
    let parts: String = (0..(count + MOST - 1) / MOST).map(|n| format!("<sitemap><loc>{origin}/sitemap/{n}.xml</loc></sitemap>")).collect();
    Ok(xml(format!("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{parts}</sitemapindex>")))
}

#[get("/sitemap/{part}.xml")]
pub async fn sitemap_part(state: web::Data<State>, number: web::Path<u32>) -> Answer<HttpResponse> {
    part(&state, i64::from(number.into_inner())).await
}

async fn part(state: &State, number: i64) -> Answer<HttpResponse> {
    let list = state.store.read(move |db| directory::real_slugs(db, number * MOST, MOST)).await?;
    let origin = state.settings.public_url();
    let mut urls = String::new();
    if number == 0 {
        urls.push_str(&format!("<url><loc>{origin}/</loc></url><url><loc>{origin}/providers</loc></url>"));
    }
    for (slug, updated) in list {
        urls.push_str(&format!("<url><loc>{origin}/providers/{slug}</loc><lastmod>{}</lastmod></url>", updated.day()));
    }
    Ok(xml(format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>")))
}

fn xml(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type("application/xml; charset=utf-8").body(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}"))
}
