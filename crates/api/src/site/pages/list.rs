//! `/providers`: the directory with its filters as links.

use super::Page;
use super::html::{escaped, line, words};
use crate::directory::search::SearchWords;
use crate::http::{Answer, Fail, Words};
use crate::state::State;
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::codes::Country;
use kazi_core::directory::{FacetCount, OrganisationSummary, SearchResult};
use serde_json::json;

/// Values of one facet that are shown.
const VALUES: usize = 12;

#[get("/providers")]
pub async fn providers(state: web::Data<State>, req: HttpRequest) -> Answer<HttpResponse> {
    let words = known_words(req.query_string());
    let search = Words::<SearchWords>::read(&query(&words)).and_then(|w| w.0.checked()).unwrap_or_default();
    let index = state.directory.index.clone();
    let found = web::block(move || index.search(&search)).await.map_err(Fail::inside)??;
    let description = format!("{} organisations of Impact Sourcing, with what is known of each and who said it.", found.total);
    let address = if words.is_empty() { "/providers".to_owned() } else { format!("/providers?{}", query(&words)) };
    let title = match words.iter().find(|(name, _)| name == "q") {
        Some((_, q)) => format!("{q} – Providers of Impact Sourcing – Kazi"),
        None => "Providers of Impact Sourcing – Kazi".into(),
    };
    let page = Page { title, description, address, data: Some(data(&state, &found)), body: body(&words, &found) };
    Ok(page.respond(&state))
}

type Pairs = Vec<(String, String)>;

/// The query's words that this page knows; links from elsewhere may bring others.
fn known_words(query: &str) -> Pairs {
    const KNOWN: [&str; 12] = [
        "q",
        "kind",
        "country",
        "region",
        "service",
        "language",
        "target_group",
        "certificate",
        "claimed",
        "has_capacity",
        "sort",
        "after",
    ];
    let pairs = web::Query::<Pairs>::from_query(query).map(web::Query::into_inner).unwrap_or_default();
    pairs.into_iter().filter(|(name, value)| KNOWN.contains(&name.as_str()) && !value.is_empty()).collect()
}

fn query(words: &[(String, String)]) -> String {
    let encode = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b',' | b'~' => out.push(char::from(byte)),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    };
    words.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The address of the first page with that word set, or with it taken off.
fn link(words: &Pairs, name: &str, value: Option<&str>) -> String {
    let mut words: Pairs = words.iter().filter(|(n, _)| n != name && n != "after").cloned().collect();
    words.extend(value.map(|v| (name.to_owned(), v.to_owned())));
    if words.is_empty() { "/providers".into() } else { escaped(&format!("/providers?{}", query(&words))) }
}

fn data(state: &State, found: &SearchResult) -> serde_json::Value {
    let origin = state.settings.public_url();
    let items: Vec<_> = found
        .items
        .iter()
        .enumerate()
        .map(|(i, o)| json!({"@type": "ListItem", "position": i + 1, "url": format!("{origin}/providers/{}", o.slug), "name": o.name}))
        .collect();
    json!({"@context": "https://schema.org", "@type": "ItemList", "numberOfItems": found.total, "itemListElement": items})
}

fn body(words: &Pairs, found: &SearchResult) -> String {
    let value_of = |name: &str| words.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let mut html = String::from("<main><h1>Providers of Impact Sourcing</h1>");
    html.push_str("<form action=\"/providers\" role=\"search\">");
    for (name, value) in words.iter().filter(|(n, _)| n != "q" && n != "after") {
        html.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)));
    }
    let q = escaped(value_of("q").unwrap_or_default());
    html.push_str(&format!(
        "<label for=\"page-q\">Search</label> <input id=\"page-q\" type=\"search\" name=\"q\" value=\"{q}\" maxlength=\"300\"> \
         <button>Search</button></form>"
    ));
    html.push_str(&format!("<p>{} found.</p>", found.total));
    html.push_str("<nav aria-label=\"Filters\">");
    let facets = &found.facets;
    for (name, title, counts) in [
        ("kind", "Kind", &facets.kind),
        ("region", "Region", &facets.region),
        ("country", "Country", &facets.country),
        ("service", "Service", &facets.service),
        ("language", "Language", &facets.language),
        ("target_group", "Target group", &facets.target_group),
        ("certificate", "Certificate", &facets.certificate),
    ] {
        html.push_str(&facet(words, name, title, counts, value_of(name)));
    }
    html.push_str("</nav>");
    if found.items.is_empty() {
        html.push_str("<p>Nothing fits all of that. <a href=\"/providers\">Show everything</a>.</p>");
    }
    html.push_str("<ul>");
    found.items.iter().for_each(|o| html.push_str(&item(o)));
    html.push_str("</ul>");
    if let Some(next) = &found.next {
        html.push_str(&format!("<p><a rel=\"next\" href=\"{}\">Next page</a></p>", link(words, "after", Some(next))));
    }
    html.push_str("</main>");
    html
}

fn facet(words: &Pairs, name: &str, title: &str, counts: &[FacetCount], chosen: Option<&str>) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let mut html = format!("<h2>{title}</h2><ul>");
    if let Some(chosen) = chosen {
        let off = link(words, name, None);
        html.push_str(&format!("<li><a href=\"{off}\">All</a> (now: {})</li>", escaped(&shown(name, chosen))));
    }
    for count in counts.iter().filter(|c| c.count > 0).take(VALUES) {
        let on = link(words, name, Some(&count.value));
        html.push_str(&format!("<li><a href=\"{on}\">{}</a> ({})</li>", escaped(&shown(name, &count.value)), count.count));
    }
    html.push_str("</ul>");
    html
}

fn shown(name: &str, value: &str) -> String {
    match name {
        "country" => value.parse::<Country>().map_or_else(|_| value.to_owned(), |c| c.name().to_owned()),
        "language" => super::one::language_name(value),
        _ => words(value),
    }
}

fn item(o: &OrganisationSummary) -> String {
    let mut html = format!("<li><h2><a href=\"/providers/{}\">{}</a></h2>", escaped(&o.slug), escaped(&o.name));
    let place = [o.city.clone(), o.country.map(|c| c.name().to_owned())].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let services = o.services.iter().map(|s| words(s.as_str())).collect::<Vec<_>>().join(", ");
    let parts: Vec<_> = [place, services].into_iter().filter(|p| !p.is_empty()).collect();
    if !parts.is_empty() {
        html.push_str(&format!("<p>{}</p>", escaped(&parts.join(" · "))));
    }
    if let Some(summary) = &o.summary {
        html.push_str(&format!("<p>{}</p>", escaped(&line(summary, 240))));
    }
    html.push_str("</li>");
    html
}
