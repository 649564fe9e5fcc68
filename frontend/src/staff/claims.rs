//! Claims to decide: the oldest due first, each with its evidence and the clock.

use super::home::{above, for_staff};
use crate::i18n::{code, date, k, t, tf, tn};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Form, FormFailure, Page, Pages, Tabs, TextArea, pages, toasts};
use kazi_core::directory::{Claim, ClaimDecision, ClaimState};
use kazi_core::identity::StaffRole;
use leptos::prelude::*;

const STATES: [ClaimState; 3] = [ClaimState::Open, ClaimState::Approved, ClaimState::Rejected];

#[component]
pub fn ClaimsPage() -> impl IntoView {
    for_staff(&[StaffRole::Steward], |_| {
        let chosen = RwSignal::new(0);
        let names = STATES.map(|state| code("claim_state", state.as_str())).to_vec();
        view! {
            <Page title=t(k::staff::CLAIMS) lead=t(k::staff::CLAIMS_TEXT) above=above()>
                <Tabs label=t(k::staff::CLAIMS) names chosen show=move |at| view! { <Queue state=STATES[at.min(2)]/> }.into_any()/>
            </Page>
        }
    })
}

#[component]
fn Queue(state: ClaimState) -> impl IntoView {
    let claims = pages(move |after| async move { kazi().claims().list(Some(state), after.as_deref()).await });
    let list = move |items: Vec<Claim>| {
        let rows = items.into_iter().map(|claim| view! { <Row claims claim/> }).collect_view();
        view! { <ul class="mails">{rows}</ul> }
    };
    claims.view(list, || view! { <EmptyState title=t(k::staff::NO_CLAIMS) text=t(k::staff::NO_CLAIMS_TEXT)/> })
}

/// "2 days left", in red once the time is over.
fn clock(claim: &Claim) -> impl IntoView + use<> {
    let left = (claim.due_at.micros() as f64 / 1000.0 - js_sys::Date::now()) / 86_400_000.0;
    let text = match left {
        _ if claim.overdue => tf(k::staff::WAS_DUE, &[("date", &date(&claim.due_at.to_string()))]),
        days => tn(k::staff::DAYS_LEFT, days.max(0.0).ceil() as u64),
    };
    view! { <li><Badge text tone=if claim.overdue { "bad" } else { "warn" }/></li> }
}

#[component]
fn Row(claims: Pages<Claim>, claim: Claim) -> impl IntoView {
    let (open, overdue) = (claim.state == ClaimState::Open, claim.overdue);
    let link = claim.link.clone().map(|link| {
        // Only web addresses become links: anything else would run in our page.
        if link.starts_with("https://") || link.starts_with("http://") {
            let name = link.clone();
            view! { <dd><a href=link rel="external noopener nofollow">{name}</a></dd> }.into_any()
        } else {
            view! { <dd>{link}</dd> }.into_any()
        }
    });
    let confirmed = claim.confirmed_email.clone().unwrap_or_else(|| t(k::staff::NO_CONFIRMED_EMAIL).to_owned());
    let same = claim.confirmed_email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&claim.work_email));
    let typed = if same { k::staff::TYPED_AND_CONFIRMED } else { k::staff::TYPED_EMAIL };
    let matches = if claim.email_matches_website { (k::staff::EMAIL_MATCHES, "good") } else { (k::staff::EMAIL_DIFFERS, "warn") };
    view! {
        <li class="mail" class:unread=overdue>
            <h2><a href=format!("/providers/{}", claim.organisation_slug)>{claim.organisation_name.clone()}</a></h2>
            <ul class="badges">{open.then(|| clock(&claim))}<li><Badge text=t(matches.0) tone=matches.1/></li></ul>
            <p class="plain-text">{claim.evidence.clone()}</p>
            <dl class="facts">
                <div class="fact"><dt>{t(k::staff::CONFIRMED_EMAIL)}</dt><dd>{confirmed}</dd></div>
                <div class="fact"><dt>{t(typed)}</dt><dd>{claim.work_email.clone()}</dd></div>
                {link.map(|link| view! { <div class="fact"><dt>{t(k::staff::LINK)}</dt>{link}</div> })}
                <div class="fact"><dt>{t(k::staff::CLAIMED_ON)}</dt><dd>{date(&claim.created_at.to_string())}</dd></div>
            </dl>
            {claim.reason.clone().map(|reason| view! { <p class="plain-text"><strong>{reason}</strong></p> })}
            {open.then(|| view! { <Decide claims claim/> })}
        </li>
    }
}

#[component]
fn Decide(claims: Pages<Claim>, claim: Claim) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let reason = RwSignal::new(String::new());
    let id = claim.id;
    let decide = move |approve: bool| {
        form.clear();
        form.require("/reason", &reason.get_untracked());
        let decision = ClaimDecision { approve, reason: reason.get_untracked().trim().to_owned() };
        form.send(async move { kazi().claims().decide(id, &decision).await }, move |_| {
            toasts.say(t(if approve { k::staff::APPROVED } else { k::staff::REJECTED }));
            claims.items.update(|all| {
                if let Some(all) = all {
                    all.retain(|c| c.id != id)
                }
            });
        });
    };
    let busy = move || form.busy.get().then_some("true");
    let name = claim.organisation_name;
    view! {
        <form novalidate on:submit=move |ev| ev.prevent_default()>
            <FormFailure form/>
            <TextArea label=tf(k::staff::REASON_FOR, &[("name", &name)]) hint=t(k::staff::REASON_HINT) value=reason rows=2 form pointer="/reason" maxlength=2000/>
            <p class="actions">
                <button type="button" class="button primary" aria-disabled=busy on:click=move |_| decide(true)>{t(k::staff::APPROVE)}</button>
                <button type="button" class="button danger" aria-disabled=busy on:click=move |_| decide(false)>{t(k::staff::REJECT)}</button>
            </p>
        </form>
    }
}
