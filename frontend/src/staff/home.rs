//! Where staff begin, and the gate before their pages.

use crate::account::signed_in;
use crate::i18n::{code, k, t, tn};
use crate::session::kazi;
use crate::ui::{Badge, EmptyState, Page, load};
use kazi_core::identity::{MyAccount, StaffRole};
use leptos::prelude::*;

/// The page for staff with one of these roles (admins always); the others read that it is not for them.
pub fn for_staff<V: IntoView + 'static>(
    roles: &'static [StaffRole],
    show: impl Fn(MyAccount) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView {
    signed_in(move |account| match account.staff {
        Some(role) if role == StaffRole::Admin || roles.contains(&role) => show(account).into_any(),
        _ => view! {
            <Page title=t(k::staff::TITLE)>
                <EmptyState title=t(k::staff::NOT_FOR_YOU)><a class="button primary" href="/">{t(k::shell::HOME)}</a></EmptyState>
            </Page>
        }
        .into_any(),
    })
}

/// (address, name) of the page above all staff pages.
pub fn above() -> Vec<(String, String)> {
    vec![("/staff".to_owned(), t(k::staff::TITLE).to_owned())]
}

#[component]
pub fn StaffPage() -> impl IntoView {
    for_staff(StaffRole::ALL, |account| view! { <Home account/> })
}

#[component]
fn Home(account: MyAccount) -> impl IntoView {
    let card = |href: &'static str, name, text| view! { <li class="card"><h2><a href=href>{t(name)}</a></h2><p>{t(text)}</p></li> };
    let steward = matches!(account.staff, Some(StaffRole::Steward | StaffRole::Admin));
    let role = account.staff.map(|role| code("staff_role", role.as_str())).unwrap_or_default();
    view! {
        <Page title=t(k::staff::TITLE) lead=role>
            <ul class="cards">
                <li class="card"><h2><a href="/staff/claims">{t(k::staff::CLAIMS)}</a></h2><p>{t(k::staff::CLAIMS_TEXT)}</p>{steward.then(|| view! { <Waiting/> })}</li>
                {card("/staff/imports", k::staff::IMPORTS, k::staff::IMPORTS_TEXT)}
                {card("/staff/duplicates", k::staff::DUPLICATES, k::staff::DUPLICATES_TEXT)}
                {(account.staff == Some(StaffRole::Admin)).then(|| card("/staff/people", k::staff::PEOPLE, k::staff::PEOPLE_TEXT))}
            </ul>
        </Page>
    }
}

/// How many claims wait, and how many of them too long.
#[component]
fn Waiting() -> impl IntoView {
    let counts = load(|| async move { kazi().claims().counts().await });
    counts.view(|counts| {
        let overdue = (counts.overdue > 0)
            .then(|| view! { <li><Badge text=tn(k::staff::CLAIMS_OVERDUE, u64::from(counts.overdue)) tone="bad"/></li> });
        view! { <ul class="badges"><li><Badge text=tn(k::staff::CLAIMS_OPEN, u64::from(counts.open)) tone={if counts.open > 0 { "warn" } else { "quiet" }}/></li>{overdue}</ul> }
    })
}
