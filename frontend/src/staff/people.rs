//! Who is on the staff and as what; admins find people and give or take a role.

use super::home::{above, for_staff};
use crate::i18n::{code, k, t, tf};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Form, FormFailure, Page, Pages, TextField, pages, toasts};
use kazi_core::identity::{MyAccount, StaffPerson, StaffRole};
use leptos::prelude::*;

#[component]
pub fn PeoplePage() -> impl IntoView {
    for_staff(&[], |account| view! { <People account/> })
}

#[component]
fn People(account: MyAccount) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let people = pages(move |after| async move {
        let words = words.get_untracked().trim().to_owned();
        kazi().staff().people((!words.is_empty()).then_some(words.as_str()), after.as_deref()).await
    });
    let me = account.id;
    let list = move |items: Vec<StaffPerson>| {
        let rows = items.into_iter().map(|person| view! { <Row people mine={person.id == me} person/> }).collect_view();
        view! { <ul class="lines">{rows}</ul> }
    };
    let search = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        people.reload();
    };
    view! {
        <Page title=t(k::staff::PEOPLE) lead=t(k::staff::PEOPLE_TEXT) above=above()>
            <form role="search" on:submit=search>
                <TextField label=t(k::staff::FIND_PERSON) hint=t(k::staff::FIND_PERSON_HINT) kind="search" value=words optional=true/>
                <p class="actions"><button type="submit" class="button">{t(k::staff::FIND)}</button></p>
            </form>
            {people.view(list, || view! { <EmptyState title=t(k::staff::NOBODY) text=t(k::staff::NOBODY_TEXT)/> })}
        </Page>
    }
}

#[component]
fn Row(people: Pages<StaffPerson>, mine: bool, person: StaffPerson) -> impl IntoView {
    let form = Form::new();
    let toasts = toasts();
    let (id, has) = (person.id, person.staff);
    let change = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        let role = ev.target().value().parse::<StaffRole>().ok();
        form.clear();
        form.send(async move { kazi().staff().set_role(id, role).await }, move |_| {
            toasts.say(t(k::staff::ROLE_CHANGED));
            people.reload();
        });
    };
    let label = tf(k::staff::ROLE_OF, &[("name", &person.name)]);
    let options = StaffRole::ALL
        .iter()
        .map(|r| view! { <option value=r.as_str() selected=Some(*r) == has>{code("staff_role", r.as_str())}</option> })
        .collect_view();
    view! {
        <li class="line">
            <div><strong>{person.name}</strong><br/><span class="quiet small">{person.email}</span></div>
            {(!person.confirmed).then(|| view! { <Badge text=t(k::account::UNCONFIRMED) tone="warn"/> })}
            {if mine {
                view! { <Badge text=has.map(|r| code("staff_role", r.as_str())).unwrap_or_default() tone="brand"/> }.into_any()
            } else {
                view! { <select class="role-select" aria-label=label on:change:target=change><option value="" selected=has.is_none()>{t(k::staff::NO_ROLE)}</option>{options}</select> }.into_any()
            }}
            <FormFailure form/>
        </li>
    }
}
