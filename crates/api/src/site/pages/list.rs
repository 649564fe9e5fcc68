//! `/providers`: the directory with its filters as links.

use super::html::{escaped, line};
use super::{Page, Spoken};
use crate::directory::search::SearchWords;
use crate::http::{Answer, Fail, Words, encoded};
use crate::state::State;
use crate::texts::{self, Lang, filled, text};
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::codes::Country;
use kazi_core::directory::{FacetCount, OrganisationSummary, SearchResult};
use serde_json::json;

/// Values of one facet that are shown.
const VALUES: usize = 12;

#[get("/providers")]
pub async fn providers(state: web::Data<State>, req: HttpRequest) -> Answer<HttpResponse> {
    let words = known_words(req.query_string());
    let spoken = Spoken::of(&req);
    let search = Words::<SearchWords>::read(&query(&words)).and_then(|w| w.0.checked()).unwrap_or_default();
    let index = state.directory.index.clone();
    let found = web::block(move || index.search(&search)).await.map_err(Fail::inside)??;
    let title = text(spoken.lang, "title");
    let page = Page {
        spoken,
        title: match words.iter().find(|(name, _)| name == "q") {
            Some((_, q)) => format!("{q} – {title} – Kazi"),
            None => format!("{title} – Kazi"),
        },
        description: filled(spoken.lang, "list_description", &[("n", &found.total.to_string())]),
        address: if words.is_empty() { "/providers".to_owned() } else { format!("/providers?{}", query(&words)) },
        hidden: false,
        data: Some(data(&state, &found)),
        body: body(spoken, &words, &found),
    };
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
    words.iter().map(|(name, value)| format!("{name}={}", encoded(value, b","))).collect::<Vec<_>>().join("&")
}

/// The address of the first page with that word set, or with it taken off.
fn link(spoken: Spoken, words: &Pairs, name: &str, value: Option<&str>) -> String {
    let mut words: Pairs = words.iter().filter(|(n, _)| n != name && n != "after").cloned().collect();
    words.extend(value.map(|v| (name.to_owned(), v.to_owned())));
    let address = if words.is_empty() { "/providers".into() } else { format!("/providers?{}", query(&words)) };
    escaped(&spoken.link(&address))
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

fn body(spoken: Spoken, words: &Pairs, found: &SearchResult) -> String {
    let say = |key: &str| text(spoken.lang, key);
    let value_of = |name: &str| words.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let mut html = format!("<main><h1>{}</h1>", say("title"));
    html.push_str("<form action=\"/providers\" role=\"search\">");
    let asked = spoken.asked.then(|| ("lang".to_owned(), spoken.lang.code().to_owned()));
    for (name, value) in words.iter().filter(|(n, _)| n != "q" && n != "after").chain(asked.as_ref()) {
        html.push_str(&format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)));
    }
    let q = escaped(value_of("q").unwrap_or_default());
    let search = say("search");
    html.push_str(&format!(
        "<label for=\"page-q\">{search}</label> <input id=\"page-q\" type=\"search\" name=\"q\" value=\"{q}\" maxlength=\"300\"> \
         <button>{search}</button></form>"
    ));
    html.push_str(&format!("<p>{}</p>", filled(spoken.lang, "found", &[("n", &found.total.to_string())])));
    html.push_str(&format!("<nav aria-label=\"{}\">", say("filters")));
    let facets = &found.facets;
    for (name, counts) in [
        ("kind", &facets.kind),
        ("region", &facets.region),
        ("country", &facets.country),
        ("service", &facets.service),
        ("language", &facets.language),
        ("target_group", &facets.target_group),
        ("certificate", &facets.certificate),
    ] {
        html.push_str(&facet(spoken, words, name, counts, value_of(name)));
    }
    html.push_str("</nav>");
    if found.items.is_empty() {
        let all = spoken.link("/providers");
        html.push_str(&format!("<p>{} <a href=\"{all}\">{}</a></p>", say("nothing"), say("everything")));
    }
    html.push_str("<ul>");
    found.items.iter().for_each(|o| html.push_str(&item(spoken, o)));
    html.push_str("</ul>");
    if let Some(next) = &found.next {
        html.push_str(&format!("<p><a rel=\"next\" href=\"{}\">{}</a></p>", link(spoken, words, "after", Some(next)), say("next")));
    }
    html.push_str("</main>");
    html
}

fn facet(spoken: Spoken, words: &Pairs, name: &str, counts: &[FacetCount], chosen: Option<&str>) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let mut html = format!("<h2>{}</h2><ul>", text(spoken.lang, name));
    if let Some(chosen) = chosen {
        let off = link(spoken, words, name, None);
        let now = filled(spoken.lang, "now", &[("value", &escaped(&shown(spoken.lang, name, chosen)))]);
        html.push_str(&format!("<li><a href=\"{off}\">{}</a> {now}</li>", text(spoken.lang, "all_values")));
    }
    for count in counts.iter().filter(|c| c.count > 0).take(VALUES) {
        let on = link(spoken, words, name, Some(&count.value));
        html.push_str(&format!("<li><a href=\"{on}\">{}</a> ({})</li>", escaped(&shown(spoken.lang, name, &count.value)), count.count));
    }
    html.push_str("</ul>");
    html
}

/// The names of a facet's values, which may be several with commas between.
fn shown(lang: Lang, name: &str, values: &str) -> String {
    let one = |value: &str| match name {
        "country" => value.parse::<Country>().map_or_else(|_| value.to_owned(), |c| texts::country(lang, c).to_owned()),
        "language" => texts::language(lang, value),
        "kind" => texts::code(lang, "organisation_kind", value),
        "service" => texts::code(lang, "service_line", value),
        list => texts::code(lang, list, value),
    };
    values.split(',').map(one).collect::<Vec<_>>().join(", ")
}

fn item(spoken: Spoken, o: &OrganisationSummary) -> String {
    let page = escaped(&spoken.link(&format!("/providers/{}", o.slug)));
    let mut html = format!("<li><h2><a href=\"{page}\">{}</a></h2>", escaped(&o.name));
    let country = o.country.map(|c| texts::country(spoken.lang, c).to_owned());
    let place = [o.city.clone(), country].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let services = o.services.iter().map(|s| texts::code(spoken.lang, "service_line", s.as_str())).collect::<Vec<_>>().join(", ");
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
