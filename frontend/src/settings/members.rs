//! Who acts for the organisation: roles changed, members removed, by owners. Somebody may always leave.

use super::invite::Invitations;
use crate::i18n::{code, date, k, t, tf};
use crate::session::{kazi, session};
use crate::ui::{Badge, Dialog, Form, FormFailure, Pages, pages, toasts};
use kazi_core::identity::{Member, MemberEdit, MemberRole, Membership, MyAccount};
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

#[component]
pub fn Members(membership: Membership, account: MyAccount) -> impl IntoView {
    let id = membership.organisation;
    let owner = membership.role == MemberRole::Owner;
    let members = pages(move |after| async move { kazi().members(id).list(after.as_deref()).await });
    let me = account.id;
    let list = move |items: Vec<Member>| {
        let rows =
            items.into_iter().map(|member| view! { <Row members organisation=id owner mine={member.person == me} member/> }).collect_view();
        view! { <ul class="lines">{rows}</ul> }
    };
    view! {
        <section><h2>{t(k::settings::MEMBERS)}</h2><p class="hint">{t(k::settings::ROLES_TEXT)}</p>{members.view(list, || ())}</section>
        {owner.then(|| view! { <Invitations organisation=id language=account.language/> })}
    }
}

#[component]
fn Row(members: Pages<Member>, organisation: OrganisationId, owner: bool, mine: bool, member: Member) -> impl IntoView {
    let (form, leave) = (Form::new(), Form::new());
    let (toasts, session) = (toasts(), session());
    let leaving = RwSignal::new(false);
    let (person, version, role) = (member.person, member.version, member.role);
    let change = move |ev: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        let Ok(role) = ev.target().value().parse::<MemberRole>() else { return };
        form.clear();
        form.send(async move { kazi().members(organisation).edit(person, version, &MemberEdit { role }).await }, move |_| {
            toasts.say(t(k::settings::ROLE_CHANGED));
            members.reload();
            if mine {
                leptos::task::spawn_local(session.load());
            }
        });
    };
    let remove = move |_| {
        leave.clear();
        leave.send(async move { kazi().members(organisation).remove(person).await }, move |_| {
            leaving.set(false);
            toasts.say(t(k::settings::REMOVED));
            match mine {
                true => leptos::task::spawn_local(session.load()),
                false => members.reload(),
            }
        });
    };
    let name = member.name.clone();
    let (label, button) = (
        tf(k::settings::ROLE_OF, &[("name", &name)]),
        if mine { t(k::settings::LEAVE).to_owned() } else { tf(k::settings::REMOVE_NAMED, &[("name", &name)]) },
    );
    let options = MemberRole::ALL
        .iter()
        .map(|r| view! { <option value=r.as_str() selected=*r == role>{code("role", r.as_str())}</option> })
        .collect_view();
    let title = button.clone();
    let asked =
        StoredValue::new(if mine { t(k::settings::LEAVE_TEXT).to_owned() } else { tf(k::settings::REMOVE_TEXT, &[("name", &name)]) });
    let shown_role = if owner {
        view! { <select class="role-select" aria-label=label on:change:target=change>{options}</select> }.into_any()
    } else {
        view! { <Badge text=code("role", role.as_str())/> }.into_any()
    };
    view! {
        <li class="line">
            <div><strong>{name}</strong><br/><span class="quiet small">{member.email}" · "{tf(k::settings::SINCE, &[("date", &date(&member.since.to_string()))])}</span></div>
            {shown_role}
            {(owner || mine).then(|| view! { <button type="button" class="button small" on:click=move |_| leaving.set(true)>{button}</button> })}
            <FormFailure form/>
            <Dialog title=title open=leaving>
                <p>{asked.get_value()}</p>
                <FormFailure form=leave/>
                <p class="actions">
                    <button type="button" class="button danger" aria-disabled=move || leave.busy.get().then_some("true") on:click=remove>{t(if mine { k::settings::LEAVE } else { k::settings::REMOVE })}</button>
                    <button type="button" class="button" on:click=move |_| leaving.set(false)>{t(k::ui::CANCEL)}</button>
                </p>
            </Dialog>
        </li>
    }
}
