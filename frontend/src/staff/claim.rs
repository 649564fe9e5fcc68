//! Somebody says that a listing is her organisation's, and how staff can check it.

use crate::account::signed_in;
use crate::i18n::{code, date, k, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Form, FormFailure, Page, Submit, TextArea, TextField, load, once_key};
use kazi_core::directory::{CLAIM_DUE_DAYS, Claim, ClaimState, NewClaim, Organisation};
use kazi_core::identity::MyAccount;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ClaimPage() -> impl IntoView {
    let params = use_params_map();
    signed_in(move |account| {
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let both = load(move || {
            let slug = slug.get();
            async move {
                let kazi = kazi();
                let organisation = kazi.organisations().read_by_slug(&slug).await?;
                let own = kazi.claims().list(None, None).await?.items;
                Ok((organisation, own))
            }
        });
        both.view(move |(organisation, claims)| {
            let mine = claims.into_iter().find(|c| c.organisation == organisation.id && c.person == account.id);
            view! { <Claiming organisation mine account=account.clone()/> }
        })
    })
}

#[component]
fn Claiming(organisation: Organisation, mine: Option<Claim>, account: MyAccount) -> impl IntoView {
    let name = organisation.profile.name.clone();
    let page = StoredValue::new(format!("/providers/{}", organisation.slug));
    let above = vec![("/providers".to_owned(), t(k::directory::TITLE).to_owned()), (page.get_value(), name.clone())];
    let open = mine.as_ref().is_some_and(|c| c.state == ClaimState::Open);
    let sent = RwSignal::new(mine);
    let taken = organisation.claimed && !open;
    let organisation = StoredValue::new(organisation);
    let email = StoredValue::new(account.email);
    let body = move || match sent.get() {
        Some(claim) if claim.state != ClaimState::Rejected => view! { <Standing claim/> }.into_any(),
        _ if taken => view! {
            <EmptyState title=t(k::staff::ALREADY_CLAIMED) text=t(k::staff::ALREADY_CLAIMED_TEXT)>
                <a class="button primary" href=page.get_value()>{t(k::staff::BACK_TO_LISTING)}</a>
            </EmptyState>
        }
        .into_any(),
        rejected => view! {
            {rejected.map(|claim| view! { <Standing claim/> })}
            <ClaimForm organisation=organisation.get_value() sent email=email.get_value()/>
        }
        .into_any(),
    };
    view! { <Page title=tf(k::staff::CLAIM_NAMED, &[("name", &name)]) lead=t(k::staff::CLAIM_LEAD) above=above>{body}</Page> }
}

/// How the claim stands.
#[component]
fn Standing(claim: Claim) -> impl IntoView {
    let (tone, text) = match claim.state {
        ClaimState::Open => ("warn", tf(k::staff::CLAIM_OPEN, &[("date", &date(&claim.due_at.to_string()))])),
        ClaimState::Approved => ("good", t(k::staff::CLAIM_APPROVED).to_owned()),
        ClaimState::Rejected => ("bad", t(k::staff::CLAIM_REJECTED).to_owned()),
    };
    let edit = (claim.state == ClaimState::Approved)
        .then(|| view! { <p class="actions"><a class="button primary" href=format!("/organisations/{}/edit", claim.organisation)>{t(k::matching::COMPLETE_PROFILE)}</a></p> });
    view! {
        <div class="notice" role="status">
            <p><Badge text=code("claim_state", claim.state.as_str()) tone=tone/></p>
            <p>{text}</p>
            {claim.reason.map(|reason| view! { <p class="plain-text">{reason}</p> })}
            {edit}
        </div>
    }
}

#[component]
fn ClaimForm(organisation: Organisation, sent: RwSignal<Option<Claim>>, email: String) -> impl IntoView {
    let form = Form::new();
    let evidence = RwSignal::new(String::new());
    let work_email = RwSignal::new(email);
    let link = RwSignal::new(String::new());
    let once = StoredValue::new(once_key());
    let id = organisation.id;
    let email_hint = organisation.profile.website.as_ref().map(|site| tf(k::staff::WORK_EMAIL_HINT, &[("site", site)])).unwrap_or_default();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        form.require("/evidence", &evidence.get_untracked());
        form.require("/work_email", &work_email.get_untracked());
        let page = link.get_untracked().trim().to_owned();
        let new = NewClaim {
            evidence: evidence.get_untracked().trim().to_owned(),
            work_email: work_email.get_untracked().trim().to_owned(),
            link: (!page.is_empty()).then_some(page),
        };
        form.send(async move { kazi().organisations().claim(id, &new, Some(&once.get_value())).await }, move |claim| sent.set(Some(claim)));
    };
    view! {
        <form class="form" novalidate on:submit=send>
            <FormFailure form/>
            <TextField label=t(k::staff::WORK_EMAIL) hint=email_hint kind="email" autocomplete="email" value=work_email form pointer="/work_email" maxlength=254/>
            <TextArea label=t(k::staff::EVIDENCE) hint=t(k::staff::EVIDENCE_HINT) value=evidence form pointer="/evidence" maxlength=4000/>
            <TextField label=t(k::staff::LINK) hint=t(k::staff::LINK_HINT) kind="url" value=link form pointer="/link" optional=true maxlength=300/>
            <p class="hint">{tf(k::staff::DUE_DAYS, &[("n", &CLAIM_DUE_DAYS.to_string())])}</p>
            <Submit form label=t(k::staff::SEND_CLAIM)/>
        </form>
    }
}
