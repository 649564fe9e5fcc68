//! The other side of matching: open needs that fit the acting organisation, and what it lacks for the others.

use super::words;
use crate::account::acting;
use crate::i18n::{code, k, number, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Page, load};
use kazi_core::identity::Membership;
use kazi_core::matching::{Constraint, Criterion, FittingNeed, FittingNeeds, HiddenNeed};
use leptos::prelude::*;

#[component]
pub fn FittingPage() -> impl IntoView {
    acting(|organisation| view! { <Fitting organisation/> })
}

#[component]
fn Fitting(organisation: Membership) -> impl IntoView {
    let id = organisation.organisation;
    let editor = format!("/organisations/{id}/edit");
    let edit = StoredValue::new(editor.clone());
    let fits = load(move || async move { kazi().needs().fitting(id).await });
    let list = fits.view(move |FittingNeeds { needs, total, hidden, .. }| {
        if needs.is_empty() && hidden.is_empty() {
            return view! {
                <EmptyState title=t(k::matching::NO_OPEN_NEEDS) text=t(k::matching::NO_OPEN_NEEDS_TEXT)>
                    <a class="button primary" href=edit.get_value()>{t(k::matching::COMPLETE_PROFILE)}</a>
                </EmptyState>
            }
            .into_any();
        }
        let shown = needs.len() as u32;
        let (good, rest): (Vec<_>, Vec<_>) = needs.into_iter().partition(|f| f.fit.fits);
        view! {
            <section><h2>{t(k::matching::NEEDS_THAT_FIT)}</h2>
                {good.is_empty().then(|| view! { <p class="quiet">{t(k::matching::NONE_FITS_YET)}</p> })}
                <ul class="mails">{good.into_iter().map(|fit| view! { <Fit fit editor=edit.get_value()/> }).collect_view()}</ul></section>
            {(!rest.is_empty()).then(|| view! {
                <section><h2>{t(k::matching::ALMOST_FIT)}</h2><p>{t(k::matching::ALMOST_FIT_TEXT)}</p>
                    <ul class="mails">{rest.into_iter().map(|fit| view! { <Fit fit editor=edit.get_value()/> }).collect_view()}</ul></section>
            })}
            {(!hidden.is_empty()).then(|| view! {
                <section><h2>{t(k::matching::HIDDEN_NEEDS)}</h2><p>{t(k::matching::HIDDEN_NEEDS_TEXT)}</p>
                    <ul class="mails">{hidden.into_iter().map(|need| view! { <Hidden need editor=edit.get_value()/> }).collect_view()}</ul></section>
            })}
            {(total > shown).then(|| view! { <p class="quiet">{tf(k::matching::SHOWN_OF, &[("n", &number(f64::from(shown))), ("of", &number(f64::from(total)))])}</p> })}
        }
        .into_any()
    });
    let actions = view! { <a class="button" href=editor>{t(k::matching::COMPLETE_PROFILE)}</a> }.into_any();
    view! { <Page title=t(k::matching::FITTING) lead=tf(k::matching::FITTING_LEAD, &[("name", &organisation.name)]) actions=actions>{list}</Page> }
}

#[component]
fn Fit(fit: FittingNeed, editor: String) -> impl IntoView {
    let FittingNeed { need, fit } = fit;
    let currency = need.wanted.budget_per_hour.map(|b| b.currency);
    let score = number(f64::from(fit.score.round()));
    let says = match fit.ceiling - fit.score {
        gap if gap >= 0.5 => tf(k::matching::SCORE_UP_TO, &[("n", &score), ("ceiling", &number(f64::from(fit.ceiling.round())))]),
        _ => tf(k::matching::POINTS_N, &[("n", &score)]),
    };
    let link = |section: &str, text: String| view! { <li><a href=format!("{editor}#{section}")>{text}</a></li> };
    let lacks: Vec<_> = fit.shortfalls.iter().map(|s| link(section_of(s.constraint), words::shortfall(s, currency))).collect();
    let open: Vec<_> = fit.unconfirmed.iter().map(|c| link(section_of(*c), words::constraint(*c))).collect();
    let raise: Vec<_> = fit.lifts.iter().map(|l| link(section_raising(l.criterion), words::lift(l, currency))).collect();
    view! {
        <li class="mail" class:unread=fit.fits>
            <h3><a href=format!("/needs/{}/read", need.id)>{need.wanted.title.clone()}</a></h3>
            <ul class="badges">
                <li><Badge text=says tone=if fit.fits { "good" } else { "quiet" }/></li>
                <li>{code("service_line", need.wanted.service_line.as_str())}</li>
            </ul>
            {(!lacks.is_empty()).then(|| view! { <h4>{t(k::matching::YOU_LACK)}</h4><ul>{lacks}</ul> })}
            {(!open.is_empty()).then(|| view! { <h4>{t(k::matching::NOT_STATED_BY_YOU)}</h4><ul>{open}</ul> })}
            {(!raise.is_empty()).then(|| view! { <details class="more-form"><summary>{t(k::matching::LIFT)}</summary><ul>{raise}</ul></details> })}
        </li>
    }
}

/// A need that opens once more is stated: nothing but its line and the missing facts is known here.
#[component]
fn Hidden(need: HiddenNeed, editor: String) -> impl IntoView {
    let facts =
        need.unconfirmed.iter().map(|c| view! { <li><a href=format!("{editor}#{}", section_of(*c))>{words::constraint(*c)}</a></li> });
    view! {
        <li class="mail"><h3>{code("service_line", need.service_line.as_str())}</h3><h4>{t(k::matching::NOT_STATED_BY_YOU)}</h4><ul>{facts.collect_view()}</ul></li>
    }
}

/// The editor's section where that can be changed.
fn section_of(constraint: Constraint) -> &'static str {
    match constraint {
        Constraint::Certificates => "certificates",
        Constraint::Country => "sites",
        Constraint::ImpactShare => "workforce",
        _ => "offers",
    }
}

fn section_raising(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Certificates => "certificates",
        Criterion::ImpactShare | Criterion::TargetGroup => "workforce",
        Criterion::Evidence | Criterion::Responsiveness => "about",
        _ => "offers",
    }
}
