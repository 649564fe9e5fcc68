//! Writing an inquiry: to whom, what about, which questions, by when. `?to=id,id&need=id` fills in what is known.

use super::attachments::{FilePicker, Files};
use super::questions::{Draft, Questions};
use super::recipients::{Recipients, ids_in, load_recipients};
use crate::account::acting;
use crate::i18n::{k, t, tf};
use crate::session::kazi;
use crate::ui::{EmptyState, Form, FormFailure, Page, SelectField, Submit, TextArea, TextField, load, once_key, toasts};
use kazi_client::Error;
use kazi_core::Instant;
use kazi_core::directory::Organisation;
use kazi_core::identity::Membership;
use kazi_core::ids::OrganisationId;
use kazi_core::inquiries::{LEAST_HOURS, NewInquiry, QuestionKind, may_ask};
use kazi_core::matching::{Need, NeedState};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

#[component]
pub fn ComposePage() -> impl IntoView {
    let query = use_query_map();
    acting(move |organisation| {
        let (to, need) = query.with_untracked(|q| (q.get("to").unwrap_or_default(), q.get("need").unwrap_or_default()));
        let recipients = load_recipients(ids_in(&to));
        let id = organisation.organisation;
        if !may_ask(&organisation.kinds) {
            return view! { <NoSender organisation/> }.into_any();
        }
        let needs = load(move || open_needs(id));
        recipients
            .view(move |recipients| {
                let (organisation, need) = (organisation.clone(), need.clone());
                needs.view(
                move |needs| view! { <Compose organisation=organisation.clone() recipients=recipients.clone() needs need=need.clone()/> },
            )
            })
            .into_any()
    })
}

/// All open needs of the organisation: only an open one goes with an inquiry.
async fn open_needs(organisation: OrganisationId) -> Result<Vec<Need>, Error> {
    let (mut needs, mut after) = (vec![], None::<String>);
    loop {
        let page = kazi().needs().list_in(organisation, NeedState::Open, after.as_deref()).await?;
        needs.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(needs);
        }
    }
}

/// Only those who buy, fund or pass work on send inquiries.
#[component]
fn NoSender(organisation: Membership) -> impl IntoView {
    let edit = format!("/organisations/{}/edit", organisation.organisation);
    view! {
        <Page title=t(k::inquiries::WRITE)>
            <EmptyState title=t(k::inquiries::NO_SENDER) text=tf(k::inquiries::NO_SENDER_TEXT, &[("name", &organisation.name)])>
                <a class="button" href=edit>{t(k::inquiries::TO_PROFILE)}</a>
            </EmptyState>
        </Page>
    }
}

/// The end of that day where the reader is.
fn end_of(day: &str) -> Option<Instant> {
    let ms = js_sys::Date::new(&format!("{day}T23:59:00").into()).get_time();
    (!ms.is_nan()).then(|| Instant::from_micros((ms * 1000.0) as i64))
}

/// The day after that many where the reader is, as date fields want it.
fn in_days(days: f64) -> String {
    let at = js_sys::Date::new(&(js_sys::Date::now() + days * 86_400_000.0).into());
    format!("{:04}-{:02}-{:02}", at.get_full_year(), at.get_month() + 1, at.get_date())
}

fn has_time(reply_by: Instant) -> bool {
    reply_by.micros() as f64 / 1000.0 - js_sys::Date::now() >= LEAST_HOURS as f64 * 3_600_000.0
}

/// The first day whose end leaves the time that whoever is asked has.
fn first_day() -> String {
    let days = [2.0, 3.0].map(in_days);
    days.iter().find(|day| end_of(day).is_some_and(has_time)).unwrap_or(&days[1]).clone()
}

#[component]
fn Compose(organisation: Membership, recipients: Vec<Organisation>, needs: Vec<Need>, need: String) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let navigate = use_navigate();
    let title_of = |id: &str| needs.iter().find(|n| n.id.to_string() == id).map(|n| n.wanted.title.clone());
    let chosen = RwSignal::new(recipients);
    let subject = RwSignal::new(title_of(&need).unwrap_or_default());
    let body = RwSignal::new(String::new());
    // A draft, or one that is over, can't go along: whoever is asked could not read it.
    let not_open = (!need.is_empty() && title_of(&need).is_none()).then(|| {
        let link = format!("/needs/{need}");
        view! { <div class="notice warn"><p>{t(k::inquiries::NEED_NOT_OPEN)}" "<a href=link>{t(k::inquiries::SEE_NEED)}</a></p></div> }
    });
    let need = RwSignal::new(if title_of(&need).is_some() { need } else { String::new() });
    let confidential: Vec<String> = needs.iter().filter(|n| n.wanted.confidential).map(|n| n.id.to_string()).collect();
    let discloses = move || {
        need.with(|chosen| confidential.contains(chosen))
            .then(|| view! { <div class="notice warn"><p>{t(k::inquiries::NEED_CONFIDENTIAL)}</p></div> })
    };
    let drafts = RwSignal::new(vec![Draft::new("", QuestionKind::Text)]);
    let files: Files = RwSignal::new_local(vec![]);
    let day = RwSignal::new(in_days(7.0));
    let once = StoredValue::new(once_key());
    let own_needs = needs.iter().map(|n| (n.id.to_string(), n.wanted.title.clone())).collect::<Vec<_>>();
    let sender = organisation.organisation;

    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        drafts.update(|all| {
            if all.len() > 1 {
                all.retain(|d| !d.is_empty())
            }
        });
        let questions = drafts.with_untracked(|all| all.iter().filter(|d| !d.is_empty()).map(|d| d.read()).collect::<Vec<_>>());
        let providers = chosen.with_untracked(|all| all.iter().filter(|o| o.claimed).map(|o| o.id).collect::<Vec<_>>());
        if providers.is_empty() {
            form.refuse("/providers", t(k::inquiries::NO_RECIPIENT));
        }
        form.require("/subject", &subject.get_untracked());
        let reply_by = end_of(&day.get_untracked());
        if reply_by.is_none() {
            form.refuse("/reply_by", t(k::ui::REQUIRED));
        } else if reply_by.is_some_and(|moment| !has_time(moment)) {
            form.refuse("/reply_by", t(k::inquiries::REPLY_BY_SOON));
        }
        let body = body.get_untracked().trim().to_owned();
        let new = NewInquiry {
            organisation: sender,
            subject: subject.get_untracked().trim().to_owned(),
            body: (!body.is_empty()).then_some(body),
            questions,
            providers,
            need: need.get_untracked().parse().ok(),
            reply_by: reply_by.unwrap_or(Instant::from_micros(0)),
        };
        let files = files.get_untracked();
        let navigate = navigate.clone();
        let work = async move {
            let inquiry = kazi().inquiries().create(&new, Some(&once.get_value())).await?;
            let mut failed = vec![];
            for file in files {
                let sent = match file.bytes().await {
                    Ok(bytes) => kazi().inquiries().attach(inquiry.id, None, sender, &file.name, bytes).await,
                    Err(gone) => Err(gone),
                };
                if sent.is_err() {
                    failed.push(file.name);
                }
            }
            Ok((inquiry, failed))
        };
        form.send(work, move |(inquiry, failed)| {
            toasts.say(t(k::inquiries::IS_SENT));
            if !failed.is_empty() {
                toasts.say(tf(k::inquiries::NOT_ATTACHED, &[("names", &failed.join(", "))]));
            }
            navigate(&format!("/inquiries/{}", inquiry.id), NavigateOptions { replace: true, ..Default::default() });
        });
    };
    let above = vec![("/inquiries".to_owned(), t(k::inquiries::TITLE).to_owned())];
    view! {
        <Page title=t(k::inquiries::WRITE) lead=tf(k::inquiries::IN_NAME_OF, &[("name", &organisation.name)]) above=above>
            <form class="form" novalidate on:submit=send>
                <FormFailure form/>
                <Recipients form chosen/>
                <TextField label=t(k::inquiries::SUBJECT) value=subject form pointer="/subject" maxlength=200/>
                <TextArea label=t(k::inquiries::BODY) hint=t(k::inquiries::BODY_HINT) value=body rows=6 form pointer="/body" optional=true maxlength=10_000/>
                {(!own_needs.is_empty()).then(|| view! {
                    <SelectField label=t(k::inquiries::NEED) hint=t(k::inquiries::NEED_HINT) value=need choices=own_needs none=t(k::inquiries::NO_NEED) form pointer="/need" optional=true/>
                })}
                {not_open}
                {discloses}
                <Questions form drafts/>
                <FilePicker files/>
                <TextField label=t(k::inquiries::REPLY_BY) hint=t(k::inquiries::REPLY_BY_HINT) kind="date" value=day min=first_day() max=in_days(364.0) form pointer="/reply_by"/>
                <Submit form label=t(k::inquiries::SEND)/>
            </form>
        </Page>
    }
}
