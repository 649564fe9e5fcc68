//! An organisation's rating: the whole, each pillar with its band, and the tree down to each figure; to whom it is shown.

mod display;
mod tree;

use crate::i18n::{code, k, number, percent, t, tf};
use crate::session::{kazi, session};
use crate::standard::said;
use crate::ui::{Badge, Page, SelectField, load};
use display::Display;
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::ReportingPeriod;
use kazi_core::rating::{Band, MetricLift, PillarScore, RatingDetail};
use kazi_core::standard::{Metric, Standard};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tree::Tree;

#[component]
pub fn RatingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|p| p.get("id").and_then(|id| id.parse::<OrganisationId>().ok())).unwrap_or(uuid::Uuid::nil().into())
    });
    let year_to = RwSignal::new(String::new());
    let found = load(move || {
        let (id, year_to) = (id.get(), year_to.get().parse::<ReportingPeriod>().ok());
        // What an organisation shows to partners needs the visitor's token, which comes first.
        let _ = session().visitor.get();
        async move {
            let (organisation, standard) = (kazi().organisations().read(id).await?, kazi().standards().current().await?);
            let rating = kazi().ratings().read(id, year_to).await?;
            Ok((organisation.profile.name, organisation.slug, standard, rating))
        }
    });
    found.view(move |(name, slug, standard, detail)| {
        let above = vec![("/providers".to_owned(), t(k::shell::NAV_PROVIDERS).to_owned()), (format!("/providers/{slug}"), name.clone())];
        view! {
            <Page title=tf(k::rating::TITLE, &[("name", &name)]) lead=t(k::rating::LEAD) above=above>
                <Whole name standard detail year_to reload=Callback::new(move |()| found.reload())/>
            </Page>
        }
    })
}

#[component]
fn Whole(name: String, standard: Standard, detail: RatingDetail, year_to: RwSignal<String>, reload: Callback<()>) -> impl IntoView {
    let RatingDetail { organisation, rating, reply, lifts, shown, quarters } = detail;
    let own = shown.is_some();
    let chosen = RwSignal::new(rating.year_to.to_string());
    Effect::new(move |before: Option<()>| {
        let quarter = chosen.get();
        if before.is_some() {
            year_to.set(quarter);
        }
    });
    let choose = (quarters.len() > 1).then(|| {
        let choices = quarters.iter().map(|q| (q.to_string(), q.to_string())).collect::<Vec<_>>();
        view! { <div class="form"><SelectField label=t(k::rating::YEAR_TO) value=chosen choices/></div> }
    });
    let level = match (rating.level, rating.band) {
        (Some(level), _) => view! { <Badge text=code("rating_level", level.as_str()) tone="good"/> }.into_any(),
        (None, Some(_)) => view! { <Badge text=t(k::rating::BELOW)/> }.into_any(),
        (None, None) => view! { <Badge text=t(k::rating::NOT_RATED)/> }.into_any(),
    };
    let missing = rating
        .missing
        .iter()
        .map(|m| view! { <li>{code("pillar", m.pillar.as_str())}": "{code("not_rated", m.why.as_str())}</li> })
        .collect_view();
    let missing = (!rating.missing.is_empty()).then(|| view! { <section><h2>{t(k::rating::MISSING)}</h2><ul>{missing}</ul></section> });
    let lifts = (!lifts.is_empty()).then(|| {
        let list = lifts.iter().filter_map(|l| Some(lift(standard.metric(&l.metric)?, l))).collect_view();
        view! { <section><h2>{t(k::rating::LIFTS)}</h2><ul>{list}</ul></section> }
    });
    let says = tf(k::rating::METHOD, &[("version", &rating.method.version.to_string()), ("standard", &rating.standard.to_string())]);
    let reply = reply
        .map(|reply| view! { <section><h2>{tf(k::rating::REPLY, &[("name", &name)])}</h2><p class="plain-text">{reply}</p></section> });
    let standard = StoredValue::new(standard);
    let pillars = rating.pillars.into_iter().map(|pillar| view! { <Pillar pillar standard own/> }).collect_view();
    view! {
        {choose}
        <section class="card"><h2>{tf(k::rating::YEAR_TO, &[])}" "{rating.year_to.to_string()}" "{level}</h2>
            {rating.band.map(band)}<p class="quiet small">{says}</p></section>
        {reply}{missing}{lifts}
        {pillars}
        {shown.filter(|_| session().may_edit(organisation)).map(|shown| view! { <Display organisation shown reload/> })}
        {(session().acting_id() == Some(organisation)).then(|| view! { <p class="actions"><a class="button" href=format!("/figures?period={}", rating.year_to)>{t(k::rating::FIGURES)}</a></p> })}
    }
}

/// The points with their band, drawn and said.
fn band(band: Band) -> impl IntoView {
    let whole = |n: f64| number(n.round());
    let points = tf(k::rating::POINTS, &[("n", &whole(band.score))]);
    let range = tf(k::rating::BAND, &[("low", &whole(band.low)), ("high", &whole(band.high))]);
    view! {
        <p><strong>{points}</strong>" ("{range}")"</p>
        <crate::charts::BandBar low=band.low score=band.score high=band.high/>
    }
}

fn lift(metric: &Metric, lift: &MetricLift) -> impl IntoView + use<> {
    let key = if lift.unknown { k::rating::LIFT_SAY } else { k::rating::LIFT_REACH };
    let says = tf(key, &[("metric", said(&metric.name))]);
    let gain = if lift.rates { t(k::rating::LIFT_RATES).to_owned() } else { tf(k::rating::LIFT_POINTS, &[("n", &number(lift.points))]) };
    view! { <li>{says}" ("{gain}")"</li> }
}

#[component]
fn Pillar(pillar: PillarScore, standard: StoredValue<Standard>, own: bool) -> impl IntoView {
    let known = tf(k::rating::PILLAR_KNOWN, &[("share", &percent(pillar.known))]);
    let missing = (pillar.basics_hold == Some(false)).then(|| view! { <p class="notice warn">{t(k::rating::BASICS_MISSING)}</p> });
    let not_rated = pillar.band.is_none().then(|| view! { <p><Badge text=t(k::rating::NOT_RATED)/></p> });
    view! {
        <section id=pillar.pillar.to_string()><h2>{code("pillar", pillar.pillar.as_str())}</h2>
            {not_rated}{pillar.band.map(band)}<p class="quiet small">{known}</p>{missing}
            <Tree metrics=pillar.metrics standard own/>
        </section>
    }
}
