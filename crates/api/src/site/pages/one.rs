//! `/providers/{slug}`: what is known of one organisation, and who said it.

use super::Page;
use super::html::{escaped, line, markdown, words};
use crate::http::{Answer, Fail};
use crate::state::State;
use actix_web::{HttpResponse, get, web};
use kazi_core::codes::Country;
use kazi_core::directory::{Organisation, SaidBy};
use kazi_core::problem::Code;
use kazi_store::directory;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[get("/providers/{slug}")]
pub async fn provider(state: web::Data<State>, slug: web::Path<String>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    match state.store.read(move |db| directory::by_slug_or_moved(db, &slug)).await.map_err(Fail::from) {
        Ok(Ok(organisation)) => Ok(page(&state, &organisation).respond(&state)),
        Ok(Err((_, slug))) => Ok(HttpResponse::MovedPermanently().insert_header(("Location", format!("/providers/{slug}"))).finish()),
        Err(Fail::Refused(refusal)) if refusal.code == Code::NotFound => {
            let page = Page {
                title: "Not found – Kazi".into(),
                description: "There is no such provider.".into(),
                address: "/providers".into(),
                data: None,
                body: "<main><h1>There is no such provider</h1><p><a href=\"/providers\">All providers</a></p></main>".into(),
            };
            let mut response = page.respond(&state);
            *response.status_mut() = actix_web::http::StatusCode::NOT_FOUND;
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

pub fn language_name(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    let known = isolang::Language::from_639_1(primary).or_else(|| isolang::Language::from_639_3(primary));
    known.map_or_else(|| tag.to_owned(), |l| l.to_name().to_owned())
}

fn page(state: &State, o: &Organisation) -> Page {
    let profile = &o.profile;
    let services = profile.offers.iter().map(|s| words(s.service_line.as_str())).collect::<Vec<_>>().join(", ");
    let place = place(o);
    let description = match &profile.summary {
        Some(summary) => line(&summary.replace(['*', '#', '_', '`'], ""), 155),
        None => {
            let parts: Vec<_> = [services.as_str(), place.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
            line(&format!("{}: {}", profile.name, if parts.is_empty() { "a listing on Kazi".into() } else { parts.join(" – ") }), 155)
        }
    };
    Page {
        title: format!("{} – Kazi", profile.name),
        description,
        address: format!("/providers/{}", o.slug),
        data: Some(data(o, &state.settings.public_url())),
        body: body(o, &place),
    }
}

fn place(o: &Organisation) -> String {
    let parts = [o.profile.city.clone(), o.profile.country.map(|c| c.name().to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// schema.org's Organization, with only what is stated.
fn data(o: &Organisation, origin: &str) -> Value {
    let profile = &o.profile;
    let mut address = json!({"@type": "PostalAddress"});
    if let Some(country) = profile.country {
        address["addressCountry"] = json!(country.alpha2());
    }
    if let Some(city) = &profile.city {
        address["addressLocality"] = json!(city);
    }
    let stated = [
        ("alternateName", (!profile.other_names.is_empty()).then(|| json!(profile.other_names))),
        ("sameAs", profile.website.as_ref().map(|w| json!([w]))),
        ("description", profile.summary.as_ref().map(|s| json!(line(s, 500)))),
        ("address", (profile.country.is_some() || profile.city.is_some()).then_some(address)),
        ("foundingDate", profile.founded.map(|y| json!(y.to_string()))),
        ("numberOfEmployees", profile.headcount.map(|n| json!({"@type": "QuantitativeValue", "value": n}))),
        ("knowsLanguage", (!profile.languages.is_empty()).then(|| json!(profile.languages))),
        ("areaServed", (!profile.delivery_countries.is_empty()).then(|| json!(profile.delivery_countries))),
    ];
    let mut data = json!({
        "@context": "https://schema.org", "@type": "Organization",
        "@id": format!("{origin}/providers/{}", o.slug), "url": format!("{origin}/providers/{}", o.slug), "name": profile.name,
    });
    for (name, value) in stated {
        if let Some(value) = value {
            data[name] = value;
        }
    }
    data
}

fn body(o: &Organisation, place: &str) -> String {
    let profile = &o.profile;
    let mut html = format!("<main><p><a href=\"/providers\">All providers</a></p><h1>{}</h1>", escaped(&profile.name));
    if o.fictional {
        html.push_str("<p><strong>Fictional: made up for trying the platform out.</strong></p>");
    }
    html.push_str(match o.claimed {
        true => "<p>Kept by the organisation itself.</p>",
        false => "<p>Unclaimed: compiled from public lists; nobody of the organisation has confirmed it.</p>",
    });
    if let Some(summary) = &profile.summary {
        html.push_str(&markdown(summary));
    }
    let kinds: Vec<_> = profile.kinds.iter().map(|k| words(k.as_str())).collect();
    let countries: std::collections::BTreeSet<Country> = profile.countries_of_delivery().collect();
    let countries: Vec<_> = countries.into_iter().map(|c| c.name().to_owned()).collect();
    let languages: Vec<_> = profile.languages_worked_in().iter().map(|l| language_name(l.as_str())).collect();
    let groups: Vec<_> = profile.workforce.target_groups.iter().map(|g| words(g.as_str())).collect();
    let headcount = profile.headcount.map(|n| match profile.headcount_year {
        Some(year) => format!("{n} ({year})"),
        None => n.to_string(),
    });
    html.push_str("<h2>At a glance</h2><dl>");
    html.push_str(&fact("Kind", &kinds.join(", ")));
    html.push_str(&fact("Head office", place));
    html.push_str(&website(profile.website.as_deref()));
    html.push_str(&fact("Delivers from", &countries.join(", ")));
    html.push_str(&fact("Languages", &languages.join(", ")));
    html.push_str(&fact("Founded", &profile.founded.map(|y| y.to_string()).unwrap_or_default()));
    html.push_str(&fact("People", &headcount.unwrap_or_default()));
    html.push_str(&fact("Target groups", &groups.join(", ")));
    let share = profile.workforce.impact_share.map(|s| format!("{:.0} %", s * 100.0));
    html.push_str(&fact("Share of impact workers", &share.unwrap_or_default()));
    html.push_str("</dl>");
    html.push_str(&offers(o));
    html.push_str(&certificates(o));
    html.push_str(&sources(o));
    html.push_str("</main>");
    html
}

fn fact(name: &str, value: &str) -> String {
    let value = if value.is_empty() { "not stated".into() } else { escaped(value) };
    format!("<dt>{name}</dt><dd>{value}</dd>")
}

fn website(address: Option<&str>) -> String {
    match address.filter(|a| a.starts_with("https://") || a.starts_with("http://")) {
        Some(address) => {
            let address = escaped(address);
            format!("<dt>Website</dt><dd><a href=\"{address}\" rel=\"nofollow noopener noreferrer\">{address}</a></dd>")
        }
        None => fact("Website", ""),
    }
}

fn offers(o: &Organisation) -> String {
    if o.profile.offers.is_empty() {
        return "<h2>Services</h2><p>Not stated.</p>".into();
    }
    let mut html = String::from("<h2>Services</h2><ul>");
    for offer in &o.profile.offers {
        let mut parts = vec![words(offer.service_line.as_str())];
        if !offer.skills.is_empty() {
            parts.push(offer.skills.join(", "));
        }
        parts.extend(offer.available_fte.map(|n| format!("{n} people free")));
        parts.extend(offer.price_per_hour.map(|p| {
            let unit = 10f64.powi(i32::from(p.currency.minor_digits()));
            format!("{:.2} to {:.2} {} an hour", p.from_minor as f64 / unit, p.to_minor as f64 / unit, p.currency)
        }));
        html.push_str(&format!("<li>{}</li>", escaped(&parts.join(" · "))));
    }
    html.push_str("</ul>");
    html
}

fn certificates(o: &Organisation) -> String {
    if o.profile.certificates.is_empty() {
        return String::new();
    }
    let today = chrono::Utc::now().date_naive();
    let mut html = String::from("<h2>Certificates</h2><ul>");
    for certificate in &o.profile.certificates {
        let name = certificate.kind.as_str().to_uppercase().replace('_', " ");
        let until = match certificate.expires_on {
            Some(day) if certificate.counts_on(today) => format!("until {day}"),
            Some(day) => format!("expired on {day}"),
            None => "expiry not stated".into(),
        };
        html.push_str(&format!("<li>{} ({until})</li>", escaped(&name)));
    }
    html.push_str("</ul>");
    html
}

/// Who said what is here, counted.
fn sources(o: &Organisation) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for provenance in o.provenance.values() {
        let who = match provenance.by {
            SaidBy::Itself => "the organisation",
            SaidBy::List => "a list",
            SaidBy::Staff => "the platform's staff",
            SaidBy::Auditor => "an auditor",
        };
        let source = provenance.source.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
        *counts.entry(format!("{who}{source}, {}", provenance.at.day())).or_default() += 1;
    }
    if counts.is_empty() {
        return String::new();
    }
    let mut html = String::from("<h2>Who said it</h2><ul>");
    for (said, count) in counts {
        html.push_str(&format!("<li>{}: {count} facts</li>", escaped(&said)));
    }
    html.push_str("</ul>");
    html
}
