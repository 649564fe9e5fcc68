//! A provider's page: everything that is known of it, each fact with who said it; what is not stated says so.

use super::facts::{Source, fact, names};
use super::steward::{StewardTools, is_steward};
use super::summary::Summary;
use crate::codes;
use crate::i18n::{code, country_name, date, k, language_name, money, number, percent, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Badge, Icon, Page, load};
use kazi_core::directory::{Certificate, HoursCovered, LanguageSkill, Offer, Organisation, Site};
use kazi_core::money::{Money, MoneyRange};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ProviderPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let organisation = load(move || {
        let slug = slug.get();
        async move { kazi().organisations().read_by_slug(&slug).await }
    });
    organisation.view(move |o| view! { <Provider organisation=o changed=Callback::new(move |()| organisation.reload())/> })
}

#[component]
fn Provider(organisation: Organisation, changed: Callback<()>) -> impl IntoView {
    let o = &organisation;
    let place =
        [o.profile.city.clone(), o.profile.country.map(|c| country_name(c.alpha2()))].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let above = vec![("/providers".to_owned(), t(k::directory::TITLE).to_owned())];
    let offers = (!o.profile.offers.is_empty()).then(|| {
        let list = o.profile.offers.iter().map(|offer| offer_card(o, offer)).collect_view();
        view! { <section><h2>{t(k::directory::OFFERS)}</h2><div class="stack">{list}</div></section> }
    });
    let sites = (!o.profile.sites.is_empty()).then(|| {
        let list = o.profile.sites.iter().map(|site| site_card(o, site)).collect_view();
        view! { <section><h2>{t(k::directory::SITES)}</h2><div class="cards">{list}</div></section> }
    });
    let body = view! {
            <ul class="badges">{badges(o)}</ul>
            {unclaimed(o)}
            {o.profile.summary.clone().map(|text| view! { <Summary text html=o.summary_html.clone()/> })}
            <section><h2>{t(k::directory::ABOUT)}</h2>{about(o)}</section>
            {offers}
            {sites}
            <section><h2>{t(k::directory::WORKFORCE)}</h2>{workforce(o)}</section>
            <section><h2>{t(k::directory::CERTIFICATES)}</h2>{certificates(o)}</section>
            <section><h2>{t(k::directory::RESPONSIVENESS)}</h2><p>{responsiveness(o)}</p></section>
    }
    .into_any();
    let (id, provider, edit) = (o.id, o.profile.is_provider(), format!("/organisations/{}/edit", o.id));
    let session = session();
    let kept = StoredValue::new(organisation.clone());
    let actions = move || {
        let steward = (is_steward() && !session.may_edit(id)).then(|| view! { <StewardTools organisation=kept.get_value() changed/> });
        let others = if session.may_edit(id) {
            view! { <a class="button primary" href=edit.clone()>{t(k::directory::EDIT)}</a> }.into_any()
        } else if provider {
            view! { <a class="button primary" href=format!("/inquiries/new?to={id}")>{t(k::directory::WRITE)}</a> }.into_any()
        } else {
            ().into_any()
        };
        view! { {others}{steward} }
    };
    view! { <Page title=o.profile.name.clone() lead=place above=above actions=actions.into_any()>{body}</Page> }
}

fn badges(o: &Organisation) -> impl IntoView + use<> {
    let kinds = o
        .profile
        .kinds
        .iter()
        .map(|kind| view! { <li><Badge text=code("organisation_kind", kind.as_str()) tone="brand"/></li> })
        .collect_view();
    view! {
        {kinds}
        <li>{if o.claimed { view! { <Badge text=t(k::directory::CLAIMED) tone="good"/> } } else { view! { <Badge text=t(k::directory::UNCLAIMED)/> } }}</li>
        {o.fictional.then(|| view! { <li><Badge text=t(k::directory::FICTIONAL) tone="warn"/></li> })}
    }
}

fn unclaimed(o: &Organisation) -> impl IntoView + use<> {
    let href = format!("/providers/{}/claim", o.slug);
    (!o.claimed).then(|| {
        view! { <div class="notice"><p>{t(k::directory::UNCLAIMED_TEXT)}</p><p><a href=href>{t(k::directory::CLAIM_IT)}</a></p></div> }
    })
}

fn website(url: String) -> AnyView {
    // Only web addresses become links: anything else would run in our page.
    if url.starts_with("https://") || url.starts_with("http://") {
        let name = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
        view! { <a href=url rel="external noopener nofollow">{name}<Icon name="external"/></a> }.into_any()
    } else {
        url.into_any()
    }
}

fn about(o: &Organisation) -> impl IntoView + use<> {
    let p = &o.profile;
    let countries: Vec<_> = p.delivery_countries.iter().map(|c| country_name(c.alpha2())).collect();
    let languages: Vec<_> = p.languages.iter().map(|l| language_name(l.as_str())).collect();
    let line = |list: Vec<String>| (!list.is_empty()).then(|| list.join(", "));
    let headcount = p.headcount.map(|n| match p.headcount_year {
        Some(year) => tf(k::directory::HEADCOUNT_OF, &[("n", &number(f64::from(n))), ("year", &year.to_string())]),
        None => number(f64::from(n)),
    });
    view! {
        <dl class="facts">
            {fact(o, t(k::directory::WEBSITE), "website", p.website.clone().map(website))}
            {fact(o, t(k::directory::OTHER_NAMES), "other_names", line(p.other_names.clone()))}
            {fact(o, t(k::directory::COUNTRIES), "delivery_countries", line(countries))}
            {fact(o, t(k::directory::LANGUAGES), "languages", line(languages))}
            {fact(o, t(k::directory::FOUNDED), "founded", p.founded.map(|y| y.to_string()))}
            {fact(o, t(k::directory::HEADCOUNT), "headcount", headcount)}
        </dl>
    }
}

pub fn price(range: MoneyRange) -> String {
    let of = |minor| money(Money { minor, currency: range.currency });
    let amount = if range.from_minor == range.to_minor {
        of(range.from_minor)
    } else {
        format!("{} – {}", of(range.from_minor), of(range.to_minor))
    };
    tf(k::directory::PER_HOUR, &[("amount", &amount)])
}

pub fn skill(l: &LanguageSkill) -> String {
    let name = language_name(l.language.as_str());
    match l.level {
        Some(level) => format!("{name} ({})", code("level", level.as_str())),
        None => name,
    }
}

pub fn hours(h: &HoursCovered) -> String {
    let clock = |m: i32| format!("{:02}:{:02}", m / 60, m % 60);
    let span = if h.from_minute == h.until_minute {
        t(k::directory::ROUND_THE_CLOCK).to_owned()
    } else {
        format!("{}–{}", clock(h.from_minute), clock(h.until_minute))
    };
    format!("{span} ({})", h.time_zone.as_str().replace('_', " "))
}

fn offer_card(o: &Organisation, offer: &Offer) -> impl IntoView + use<> {
    let path = |field: &str| format!("offers/{}/{field}", offer.id);
    let joined = |list: Vec<String>| (!list.is_empty()).then(|| list.join(", "));
    let fte = |n: Option<f64>| n.map(|n| tf(k::directory::FTE, &[("n", &number(n))]));
    let weeks = offer.ramp_up_weeks.map(|n| crate::i18n::tn(k::directory::WEEKS, n as u64));
    view! {
        <div class="card"><h3>{codes::service_line(offer.service_line)}</h3><dl class="facts">
            {fact(o, t(k::directory::SKILLS), &path("skills"), joined(offer.skills.clone()))}
            {fact(o, t(k::directory::LANGUAGES), &path("languages"), joined(offer.languages.iter().map(skill).collect()))}
            {fact(o, t(k::directory::AVAILABLE), &path("available_fte"), fte(offer.available_fte))}
            {fact(o, t(k::directory::CAPACITY), &path("capacity_fte"), fte(offer.capacity_fte))}
            {fact(o, t(k::directory::PRICE), &path("price_per_hour"), offer.price_per_hour.map(price))}
            {fact(o, t(k::directory::HOURS), &path("hours"), offer.hours.as_ref().map(hours))}
            {fact(o, t(k::directory::AVAILABLE_FROM), &path("available_from"), offer.available_from.map(|d| date(&d.to_string())))}
            {fact(o, t(k::directory::MINIMUM), &path("minimum_fte"), fte(offer.minimum_fte))}
            {fact(o, t(k::directory::RAMP_UP), &path("ramp_up_weeks"), weeks)}
        </dl></div>
    }
}

fn site_card(o: &Organisation, site: &Site) -> impl IntoView + use<> {
    let path = |field: &str| format!("sites/{}/{field}", site.id);
    let country = country_name(site.country.alpha2());
    let name = site.city.clone().map_or(country.clone(), |city| format!("{city}, {country}"));
    let yes_no = |b: Option<bool>| b.map(|b| t(if b { k::ui::YES } else { k::ui::NO }));
    view! {
        <div class="card"><h3>{name}</h3><dl class="facts narrow">
            {fact(o, t(k::directory::SEATS), &path("seats"), site.seats.map(|n| number(f64::from(n))))}
            {fact(o, t(k::directory::TIME_ZONE), &path("time_zone"), site.time_zone.as_ref().map(|z| z.as_str().replace('_', " ")))}
            {fact(o, t(k::directory::POWER_BACKUP), &path("power_backup"), yes_no(site.power_backup))}
            {fact(o, t(k::directory::LINE_BACKUP), &path("line_backup"), yes_no(site.line_backup))}
        </dl></div>
    }
}

fn workforce(o: &Organisation) -> impl IntoView + use<> {
    let w = &o.profile.workforce;
    view! {
        <dl class="facts">
            {fact(o, t(k::directory::IMPACT_SHARE), "workforce/impact_share", w.impact_share.map(percent))}
            {fact(o, t(k::directory::TARGET_GROUPS), "workforce/target_groups", names("target_group", &w.target_groups))}
            {fact(o, t(k::directory::DEFINITION), "workforce/definition", w.definition.clone())}
            {fact(o, t(k::directory::DEFINITION_SOURCE), "workforce/definition_source", w.definition_source.clone())}
        </dl>
    }
}

fn certificates(o: &Organisation) -> AnyView {
    let list = &o.profile.certificates;
    if list.is_empty() {
        return view! { <p class="quiet">{t(k::ui::NOT_STATED)}</p> }.into_any();
    }
    let today = js_sys::Date::new_0().to_iso_string().as_string().and_then(|d| d.get(..10)?.parse().ok());
    let row = |c: &Certificate| {
        let expired = today.is_some_and(|today| !c.counts_on(today));
        let until = c
            .expires_on
            .map(|d| tf(if expired { k::directory::EXPIRED_ON } else { k::directory::VALID_UNTIL }, &[("date", &date(&d.to_string()))]));
        let details: Vec<_> = [c.issuer.clone(), c.number.clone(), until].into_iter().flatten().collect();
        let provenance = o.provenance.get(&format!("certificates/{}/kind", c.kind)).cloned();
        view! {
            <li class="card"><h3>{code("certificate", c.kind.as_str())}</h3>
                {expired.then(|| view! { <p><Badge text=t(k::directory::EXPIRED) tone="bad"/></p> })}
                <p>{details.join(" · ")}</p>{provenance.map(|provenance| view! { <Source provenance/> })}
            </li>
        }
    };
    let rows = list.iter().map(row).collect_view();
    view! { <ul class="cards">{rows}</ul> }.into_any()
}

fn responsiveness(o: &Organisation) -> String {
    match o.responsiveness {
        None => t(k::directory::NOT_MEASURED).to_owned(),
        Some(r) => {
            let answered = tf(k::directory::ANSWERED, &[("answered", &r.answered.to_string()), ("received", &r.received.to_string())]);
            let median = r.median_hours.map(|h| tf(k::directory::MEDIAN_HOURS, &[("n", &number(f64::from(h)))]));
            [Some(answered), median].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}
