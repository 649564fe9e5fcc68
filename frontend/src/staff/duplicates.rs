//! Listings that may be one organisation: merged into the one to keep, or the other way round.

use super::home::{above, for_staff};
use crate::i18n::{code, country_name, k, percent, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, Dialog, EmptyState, Form, FormFailure, Page, Pages, pages, toasts};
use kazi_core::directory::{Duplicate, OrganisationSummary};
use kazi_core::identity::StaffRole;
use leptos::prelude::*;

#[component]
pub fn DuplicatesPage() -> impl IntoView {
    for_staff(&[StaffRole::Steward], |_| {
        let duplicates = pages(|after| async move { kazi().organisations().duplicates(after.as_deref()).await });
        let list = move |items: Vec<Duplicate>| {
            let rows = items.into_iter().map(|pair| view! { <Pair duplicates pair/> }).collect_view();
            view! { <ul class="mails">{rows}</ul> }
        };
        view! {
            <Page title=t(k::staff::DUPLICATES) lead=t(k::staff::DUPLICATES_TEXT) above=above()>
                {duplicates.view(list, || view! { <EmptyState title=t(k::staff::NO_DUPLICATES) text=t(k::staff::NO_DUPLICATES_TEXT)/> })}
            </Page>
        }
    })
}

fn side(o: &OrganisationSummary) -> impl IntoView + use<> {
    let place = [o.city.clone(), o.country.map(|c| country_name(c.alpha2()))].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <div>
            <h2><a href=format!("/providers/{}", o.slug)>{o.name.clone()}</a></h2>
            <p class="quiet">{place}</p>
            <Badge text=if o.claimed { t(k::directory::CLAIMED) } else { t(k::directory::UNCLAIMED) } tone=if o.claimed { "good" } else { "quiet" }/>
        </div>
    }
}

#[component]
fn Pair(duplicates: Pages<Duplicate>, pair: Duplicate) -> impl IntoView {
    let Duplicate { keep, merge, score, reasons } = pair;
    let reasons = reasons.iter().map(|r| view! { <li><Badge text=code("duplicate_reason", r.as_str())/></li> }).collect_view();
    let open = RwSignal::new(None::<(OrganisationSummary, OrganisationSummary)>);
    let asking = RwSignal::new(false);
    let ask = move |from: &OrganisationSummary, into: &OrganisationSummary| {
        open.set(Some((from.clone(), into.clone())));
        asking.set(true);
    };
    let (form, toasts, one, other) = (Form::new(), toasts(), keep.id, merge.id);
    let apart = move || {
        form.clear();
        form.send(async move { kazi().organisations().keep_apart(one, other).await }, move |_| {
            toasts.say(t(k::staff::KEPT_APART));
            duplicates.items.update(|all| {
                if let Some(all) = all {
                    all.retain(|pair| (pair.keep.id, pair.merge.id) != (one, other));
                }
            });
        });
    };
    let (a, b) = (keep.clone(), merge.clone());
    let (c, d) = (keep.clone(), merge.clone());
    let into_first = tf(k::staff::MERGE_INTO, &[("name", &keep.name)]);
    let into_second = tf(k::staff::MERGE_INTO, &[("name", &merge.name)]);
    view! {
        <li class="mail">
            <div class="pair">{side(&keep)}{side(&merge)}</div>
            <ul class="badges"><li><Badge text=tf(k::staff::HOW_SURE, &[("n", &percent(score))]) tone="brand"/></li>{reasons}</ul>
            <p class="actions">
                <button type="button" class="button primary" on:click=move |_| ask(&b, &a)>{into_first}</button>
                <button type="button" class="button" on:click=move |_| ask(&c, &d)>{into_second}</button>
                <button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=move |_| apart()>{t(k::staff::KEEP_APART)}</button>
            </p>
            <FormFailure form/>
            <Dialog title=t(k::staff::MERGE) open=asking>
                {move || open.get().map(|(from, into)| view! { <Confirm duplicates from into asking/> })}
            </Dialog>
        </li>
    }
}

#[component]
fn Confirm(duplicates: Pages<Duplicate>, from: OrganisationSummary, into: OrganisationSummary, asking: RwSignal<bool>) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let (gone, kept) = (from.id, into.id);
    let text = tf(k::staff::MERGE_TEXT, &[("from", &from.name), ("into", &into.name)]);
    let merge = move |_| {
        form.clear();
        form.send(async move { kazi().organisations().merge(gone, kept).await }, move |_| {
            asking.set(false);
            toasts.say(t(k::staff::MERGED));
            duplicates.reload();
        });
    };
    view! {
        <p>{text}</p>
        <FormFailure form/>
        <p class="actions">
            <button type="button" class="button primary" aria-disabled=move || form.busy.get().then_some("true") on:click=merge>{t(k::staff::MERGE)}</button>
            <button type="button" class="button" on:click=move |_| asking.set(false)>{t(k::ui::CANCEL)}</button>
        </p>
    }
}
