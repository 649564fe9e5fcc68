//! `/providers/{slug}`: what is known of one organisation, and who said it.

use super::html::{escaped, line};
use super::{Page, Spoken};
use crate::http::{Answer, Fail};
use crate::prose::markdown;
use crate::state::State;
use crate::texts::{self, Lang, filled, text};
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::codes::{Country, ServiceLine};
use kazi_core::directory::Organisation;
use kazi_core::problem::Code;
use kazi_store::directory;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[get("/providers/{slug}")]
pub async fn provider(state: web::Data<State>, req: HttpRequest, slug: web::Path<String>) -> Answer<HttpResponse> {
    let slug = slug.into_inner();
    let spoken = Spoken::of(&req);
    match state.store.read(move |db| directory::by_slug_or_moved(db, &slug)).await.map_err(Fail::from) {
        Ok(Ok(organisation)) => Ok(page(&state, spoken, &organisation).respond(&state)),
        Ok(Err((_, slug))) => {
            let address = spoken.link(&format!("/providers/{slug}"));
            Ok(HttpResponse::MovedPermanently().insert_header(("Location", address)).finish())
        }
        Err(Fail::Refused(refusal)) if refusal.code == Code::NotFound => {
            let mut response = not_found(spoken).respond(&state);
            *response.status_mut() = actix_web::http::StatusCode::NOT_FOUND;
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

fn not_found(spoken: Spoken) -> Page {
    let (what, all) = (text(spoken.lang, "not_found"), text(spoken.lang, "all_providers"));
    Page {
        spoken,
        title: format!("{what} – Kazi"),
        description: what.into(),
        address: "/providers".into(),
        hidden: true,
        data: None,
        body: format!("<main><h1>{what}</h1><p><a href=\"{}\">{all}</a></p></main>", spoken.link("/providers")),
    }
}

fn service(lang: Lang, line: ServiceLine) -> String {
    texts::code(lang, "service_line", line.as_str())
}

fn page(state: &State, spoken: Spoken, o: &Organisation) -> Page {
    let profile = &o.profile;
    let services = profile.offers.iter().map(|s| service(spoken.lang, s.service_line)).collect::<Vec<_>>().join(", ");
    let place = place(spoken.lang, o);
    let description = match &profile.summary {
        Some(summary) => line(&summary.replace(['*', '#', '_', '`'], ""), 155),
        None => {
            let parts: Vec<_> = [services.as_str(), place.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
            let known = if parts.is_empty() { text(spoken.lang, "a_listing").to_owned() } else { parts.join(" – ") };
            line(&format!("{}: {known}", profile.name), 155)
        }
    };
    Page {
        spoken,
        title: format!("{} – Kazi", profile.name),
        description,
        address: format!("/providers/{}", o.slug),
        hidden: o.fictional,
        data: Some(data(o, &state.settings.public_url())),
        body: body(spoken, o, &place),
    }
}

fn place(lang: Lang, o: &Organisation) -> String {
    let parts = [o.profile.city.clone(), o.profile.country.map(|c| texts::country(lang, c).to_owned())];
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

fn body(spoken: Spoken, o: &Organisation, place: &str) -> String {
    let (lang, profile) = (spoken.lang, &o.profile);
    let say = |key: &str| text(lang, key);
    let all = spoken.link("/providers");
    let mut html = format!("<main><p><a href=\"{all}\">{}</a></p><h1>{}</h1>", say("all_providers"), escaped(&profile.name));
    if o.fictional {
        html.push_str(&format!("<p><strong>{}</strong></p>", say("fictional")));
    }
    html.push_str(&format!("<p>{}</p>", say(if o.claimed { "claimed" } else { "unclaimed" })));
    if let Some(summary) = &profile.summary {
        html.push_str(&markdown(summary));
    }
    let kinds: Vec<_> = profile.kinds.iter().map(|k| texts::code(lang, "organisation_kind", k.as_str())).collect();
    let countries: BTreeSet<Country> = profile.countries_of_delivery().collect();
    let countries: Vec<_> = countries.into_iter().map(|c| texts::country(lang, c)).collect();
    let languages: Vec<_> = profile.languages_worked_in().iter().map(|l| texts::language(lang, l.as_str())).collect();
    let groups: Vec<_> = profile.workforce.target_groups.iter().map(|g| texts::code(lang, "target_group", g.as_str())).collect();
    let headcount = profile.headcount.map(|n| match profile.headcount_year {
        Some(year) => format!("{n} ({year})"),
        None => n.to_string(),
    });
    let share = profile.workforce.impact_share.map(|s| format!("{:.0} %", s * 100.0));
    html.push_str(&format!("<h2>{}</h2><dl>", say("glance")));
    html.push_str(&fact(lang, "kind", &kinds.join(", ")));
    html.push_str(&fact(lang, "head_office", place));
    html.push_str(&website(lang, profile.website.as_deref()));
    html.push_str(&fact(lang, "delivers_from", &countries.join(", ")));
    html.push_str(&fact(lang, "languages", &languages.join(", ")));
    html.push_str(&fact(lang, "founded", &profile.founded.map(|y| y.to_string()).unwrap_or_default()));
    html.push_str(&fact(lang, "people", &headcount.unwrap_or_default()));
    html.push_str(&fact(lang, "target_groups", &groups.join(", ")));
    html.push_str(&fact(lang, "share", &share.unwrap_or_default()));
    html.push_str("</dl>");
    html.push_str(&offers(lang, o));
    html.push_str(&certificates(lang, o));
    html.push_str(&sources(lang, o));
    html.push_str("</main>");
    html
}

fn fact(lang: Lang, name: &str, value: &str) -> String {
    let value = if value.is_empty() { text(lang, "not_stated").into() } else { escaped(value) };
    format!("<dt>{}</dt><dd>{value}</dd>", text(lang, name))
}

fn website(lang: Lang, address: Option<&str>) -> String {
    match address.filter(|a| a.starts_with("https://") || a.starts_with("http://")) {
        Some(address) => {
            let address = escaped(address);
            let name = text(lang, "website");
            format!("<dt>{name}</dt><dd><a href=\"{address}\" rel=\"nofollow noopener noreferrer\">{address}</a></dd>")
        }
        None => fact(lang, "website", ""),
    }
}

fn offers(lang: Lang, o: &Organisation) -> String {
    let title = text(lang, "services");
    if o.profile.offers.is_empty() {
        return format!("<h2>{title}</h2><p>{}</p>", text(lang, "services_unknown"));
    }
    let mut html = format!("<h2>{title}</h2><ul>");
    for offer in &o.profile.offers {
        let mut parts = vec![service(lang, offer.service_line)];
        if !offer.skills.is_empty() {
            parts.push(offer.skills.join(", "));
        }
        parts.extend(offer.available_fte.map(|n| filled(lang, "free", &[("n", &n.to_string())])));
        parts.extend(offer.price_per_hour.map(|p| {
            let amount = |minor: i64| format!("{:.2}", minor as f64 / 10f64.powi(i32::from(p.currency.minor_digits())));
            let values = [("from", &*amount(p.from_minor)), ("to", &*amount(p.to_minor)), ("currency", &*p.currency.to_string())];
            filled(lang, "per_hour", &values)
        }));
        html.push_str(&format!("<li>{}</li>", escaped(&parts.join(" · "))));
    }
    html.push_str("</ul>");
    html
}

fn certificates(lang: Lang, o: &Organisation) -> String {
    if o.profile.certificates.is_empty() {
        return String::new();
    }
    let today = chrono::Utc::now().date_naive();
    let mut html = format!("<h2>{}</h2><ul>", text(lang, "certificates"));
    for certificate in &o.profile.certificates {
        let name = texts::code(lang, "certificate", certificate.kind.as_str());
        let until = match certificate.expires_on {
            Some(day) => {
                let key = if certificate.counts_on(today) { "until" } else { "expired" };
                filled(lang, key, &[("date", &day.to_string())])
            }
            None => text(lang, "no_expiry").into(),
        };
        html.push_str(&format!("<li>{} {until}</li>", escaped(&name)));
    }
    html.push_str("</ul>");
    html
}

/// Who said what is here, counted.
fn sources(lang: Lang, o: &Organisation) -> String {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for provenance in o.provenance.values() {
        let who = texts::code(lang, "said_by", provenance.by.as_str());
        let source = provenance.source.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
        *counts.entry((format!("{who}{source}"), provenance.at.day().to_string())).or_default() += 1;
    }
    if counts.is_empty() {
        return String::new();
    }
    let mut html = format!("<h2>{}</h2><ul>", text(lang, "who_said"));
    for ((who, date), count) in counts {
        let said = filled(lang, "facts", &[("who", &who), ("date", &date), ("n", &count.to_string())]);
        html.push_str(&format!("<li>{}</li>", escaped(&said)));
    }
    html.push_str("</ul>");
    html
}
