//! A need as a provider that it is open to reads it: what is wanted, term by term.

use crate::account::signed_in;
use crate::directory::price;
use crate::i18n::{code, country_name, date, k, language_name, number, percent, t, tf};
use crate::session::kazi;
use crate::ui::{Page, load};
use kazi_core::codes::Country;
use kazi_core::directory::LanguageSkill;
use kazi_core::ids::NeedId;
use kazi_core::matching::{Need, Overlap, Wanted};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ReadNeedPage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |_| {
        let id =
            Memo::new(move |_| params.with(|p| p.get("id").and_then(|id| id.parse::<NeedId>().ok()).unwrap_or(uuid::Uuid::nil().into())));
        let need = load(move || {
            let id = id.get();
            async move { kazi().needs().read(id).await }
        });
        need.view(|need| view! { <Terms need/> })
    })
}

#[component]
fn Terms(need: Need) -> impl IntoView {
    let w = need.wanted;
    let above = vec![("/needs/fitting".to_owned(), t(k::matching::FITTING).to_owned())];
    let rows = terms(&w)
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| view! { <div class="fact"><dt>{label}</dt><dd>{value}</dd></div> }))
        .collect_view();
    view! {
        <Page title=w.title.clone() lead=code("service_line", w.service_line.as_str()) above=above>
            {w.description.clone().map(|text| view! { <p class="plain-text">{text}</p> })}
            <dl class="facts">{rows}</dl>
            <p class="quiet">{tf(k::matching::AS_OF, &[("date", &date(&need.updated_at.to_string()))])}</p>
        </Page>
    }
}

fn terms(w: &Wanted) -> Vec<(&'static str, Option<String>)> {
    let list = |all: Vec<String>| (!all.is_empty()).then(|| all.join(", "));
    let countries = |all: &[Country]| list(all.iter().map(|c| country_name(c.alpha2())).collect());
    let team = match (w.fte_from, w.fte_to) {
        (Some(from), Some(to)) if from != to => Some(format!("{} – {}", number(from), number(to))),
        (Some(n), _) | (None, Some(n)) => Some(number(n)),
        (None, None) => None,
    };
    vec![
        (t(k::matching::TEAM_FTE), team),
        (t(k::matching::START_BY), w.start_by.map(|d| date(&d.to_string()))),
        (t(k::matching::DURATION), w.duration_months.map(|n| format!("{} {}", number(f64::from(n)), t(k::matching::MONTHS)))),
        (t(k::matching::LANGUAGES), list(w.languages.iter().map(language).collect())),
        (t(k::matching::SKILLS_REQUIRED), list(w.skills_required.clone())),
        (t(k::matching::SKILLS_WISHED), list(w.skills_wished.clone())),
        (t(k::matching::OVERLAP), w.overlap.as_ref().map(overlap)),
        (t(k::matching::BUDGET), w.budget_per_hour.map(price)),
        (t(k::matching::COUNTRIES_ALLOWED), countries(&w.countries_allowed)),
        (t(k::matching::COUNTRIES_EXCLUDED), countries(&w.countries_excluded)),
        (t(k::matching::CERTIFICATES), list(w.certificates_required.iter().map(|c| code("certificate", c.as_str())).collect())),
        (t(k::matching::TARGET_GROUPS), list(w.target_groups.iter().map(|g| code("target_group", g.as_str())).collect())),
        (t(k::matching::MINIMUM_SHARE), w.minimum_impact_share.map(percent)),
    ]
}

fn language(l: &LanguageSkill) -> String {
    let name = language_name(l.language.as_str());
    l.level.map_or(name.clone(), |level| format!("{name} ({})", code("level", level.as_str())))
}

fn overlap(o: &Overlap) -> String {
    let clock = |m: i32| format!("{:02}:{:02}", m / 60, m % 60);
    let values = [
        ("n", &*number(o.hours)),
        ("from", &clock(o.from_minute)),
        ("until", &clock(o.until_minute)),
        ("zone", &o.time_zone.to_string().replace('_', " ")),
    ];
    tf(k::matching::OVERLAP_IS, &values)
}
