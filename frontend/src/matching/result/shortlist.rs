//! Whom the buyer keeps in view: the need's shortlist as the server keeps it, with notes; up to four of it side by
//! side, and the way to write to them.

use super::compare::Table;
use super::entry::OrganisationLink;
use super::state::Match;
use crate::i18n::{k, t, tf, tn};
use crate::session::kazi;
use crate::ui::{Dialog, ErrorState, Form, FormFailure, Icon, Submit, TextArea, toasts};
use kazi_client::Error;
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::inquiries::MOST_PROVIDERS;
use kazi_core::matching::ShortlistEntry;
use leptos::prelude::*;

/// At most so many are compared side by side.
pub const COMPARED: usize = 4;

#[derive(Clone, Copy)]
pub struct Shortlist {
    need: StoredValue<NeedId>,
    pub entries: RwSignal<Vec<ShortlistEntry>>,
    /// Those of it that are compared.
    pub compared: RwSignal<Vec<OrganisationId>>,
    failure: RwSignal<Option<Error>>,
}

impl Shortlist {
    pub fn new(need: NeedId, entries: Vec<ShortlistEntry>) -> Self {
        let compared = entries.iter().take(COMPARED).map(|entry| entry.organisation.id).collect();
        Self {
            need: StoredValue::new(need),
            entries: RwSignal::new(entries),
            compared: RwSignal::new(compared),
            failure: RwSignal::new(None),
        }
    }
    pub fn has(self, id: OrganisationId) -> bool {
        self.entries.with(|all| all.iter().any(|entry| entry.organisation.id == id))
    }
    /// On it, or off it.
    pub fn toggle(self, id: OrganisationId) {
        let (need, listed) = (self.need.get_value(), untrack(|| self.has(id)));
        leptos::task::spawn_local(async move {
            let result = match listed {
                true => kazi().needs().take_off_shortlist(need, id).await.map(|_| None),
                false => kazi().needs().put_on_shortlist(need, id, None).await.map(Some),
            };
            match result {
                Ok(entry) => self.keep(id, entry),
                Err(error) => _ = self.failure.try_set(Some(error)),
            }
        });
    }
    fn keep(self, id: OrganisationId, entry: Option<ShortlistEntry>) {
        self.failure.try_set(None);
        let room = self.compared.try_with_untracked(Vec::len).is_some_and(|n| n < COMPARED);
        let more = entry.is_some() && room;
        self.compared.try_update(|all| {
            all.retain(|other| *other != id);
            all.extend(more.then_some(id));
        });
        self.entries.try_update(|all| match (all.iter_mut().find(|known| known.organisation.id == id), entry) {
            (Some(known), Some(entry)) => *known = entry,
            (None, Some(entry)) => all.push(entry),
            (_, None) => all.retain(|known| known.organisation.id != id),
        });
    }
}

#[component]
pub fn ShortlistPanel(state: Match) -> impl IntoView {
    let list = state.shortlist;
    let open = RwSignal::new(false);
    let count = move || list.entries.with(Vec::len);
    // What is open below stays open while the list grows.
    let any = Memo::new(move |_| count() > 0);
    let compare = move || list.compared.with(|all| all.len() < 2);
    // An unclaimed listing can't be written to.
    let to = move || list.entries.with(|all| all.iter().filter(|e| e.organisation.claimed).map(|e| e.organisation.id).collect::<Vec<_>>());
    let write = move || {
        let to: Vec<_> = to().iter().take(MOST_PROVIDERS).map(ToString::to_string).collect();
        format!("/inquiries/new?need={}&to={}", state.need_id(), to.join(","))
    };
    let figures = move || {
        let ids = list.compared.with(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
        format!("/figures/compare?organisations={ids}")
    };
    view! {
        {move || list.failure.get().map(|error| view! { <ErrorState error/> })}
        {move || any.get().then(|| view! {
            <section class="shortlist" aria-label=t(k::matching::SHORTLISTED)>
                <span>{move || tn(k::matching::CHOSEN, count() as u64)}</span>
                <span class="actions">
                    <button type="button" class="button small" disabled=compare on:click=move |_| open.set(true)>{t(k::matching::COMPARE)}</button>
                    {move || (!compare()).then(|| view! { <a class="button small" href=figures>{t(k::matching::COMPARE_FIGURES)}</a> })}
                    {move || (!to().is_empty()).then(|| view! { <a class="button small primary" href=write>{t(k::matching::WRITE)}</a> })}
                </span>
            </section>
            <details class="more-form">
                <summary>{t(k::matching::SHORTLIST_NOTES)}</summary>
                <p class="hint">{tf(k::matching::SHORTLIST_TEXT, &[("n", &COMPARED.to_string())])}</p>
                <ul class="cards"><For each=move || list.entries.get() key=|entry| entry.organisation.id let(entry)><Listed state entry/></For></ul>
            </details>
        })}
        <Dialog title=t(k::matching::COMPARE_TITLE) open>
            <div class="scroll" tabindex="0" role="region" aria-label=t(k::matching::COMPARE_TITLE)><Table state/></div>
        </Dialog>
    }
}

#[component]
fn Listed(state: Match, entry: ShortlistEntry) -> impl IntoView {
    let (list, id, name) = (state.shortlist, entry.organisation.id, entry.organisation.name.clone());
    let form = Form::new();
    let toasts = toasts();
    let note = RwSignal::new(entry.note.unwrap_or_default());
    let need = state.need_id();
    let save = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        form.clear();
        let text = note.get_untracked().trim().to_owned();
        form.send(
            async move { kazi().needs().put_on_shortlist(need, id, (!text.is_empty()).then_some(text.as_str())).await },
            move |entry| {
                list.keep_note(entry);
                toasts.say(t(k::ui::SAVED));
            },
        );
    };
    let mine = move || list.compared.with(|all| all.contains(&id));
    let full = move || !mine() && list.compared.with(Vec::len) >= COMPARED;
    let field = format!("compare-{id}");
    let change = move |_| {
        list.compared.update(|all| match all.iter().position(|other| *other == id) {
            Some(at) => _ = all.remove(at),
            None => all.push(id),
        });
    };
    view! {
        <li class="card">
            <div class="entry-head"><h3><OrganisationLink state id/></h3>
                <button type="button" class="button plain" aria-label=tf(k::ui::REMOVE_NAMED, &[("name", &name)]) on:click=move |_| list.toggle(id)><Icon name="cross"/></button></div>
            <div class="tick choose">
                <input id=field.clone() type="checkbox" prop:checked=mine disabled=full on:change=change/>
                <label for=field>{t(k::matching::COMPARE_THIS)}</label>
            </div>
            <form novalidate on:submit=save>
                <FormFailure form/>
                <TextArea label=t(k::matching::NOTE) hint=t(k::matching::NOTE_HINT) value=note rows=2 form pointer="/note" optional=true maxlength=2000/>
                <Submit form label=t(k::ui::SAVE)/>
            </form>
        </li>
    }
}

impl Shortlist {
    /// The note as it was saved; what is compared stays.
    fn keep_note(self, entry: ShortlistEntry) {
        self.entries.try_update(|all| {
            if let Some(known) = all.iter_mut().find(|known| known.organisation.id == entry.organisation.id) {
                *known = entry;
            }
        });
    }
}
