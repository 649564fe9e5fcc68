//! Choosing several from a long list by typing: an ARIA combobox with the chosen ones as chips before it.

use super::{Choice, Form, Frame, Icon, unique};
use crate::i18n::{k, t, tf};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

const SHOWN: usize = 60;

#[component]
pub fn MultiSelect(
    #[prop(into)] label: String,
    chosen: RwSignal<Vec<String>>,
    /// What can be chosen; words beyond it are taken when `free`.
    choices: Vec<Choice>,
    #[prop(optional)] free: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] form: Option<Form>,
    #[prop(optional, into)] pointer: Option<String>,
    #[prop(optional)] optional: bool,
    /// Only one: the next takes its place.
    #[prop(optional)]
    single: bool,
) -> impl IntoView {
    let frame = Frame::new(label, hint, form, pointer.clone(), optional);
    let (id, described, invalid) = (frame.id(), frame.described_by(), frame.invalid());
    let list = unique("list");
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let active = RwSignal::new(0usize);
    let choices = StoredValue::new(choices);

    let found = Memo::new(move |_| {
        let words = folded(&typed.get());
        let taken = chosen.get();
        choices.with_value(|all| {
            let fits = |c: &&Choice| !taken.contains(&c.code) && (folded(&c.label).contains(&words) || c.code.to_lowercase() == words);
            all.iter().filter(fits).take(SHOWN).cloned().collect::<Vec<_>>()
        })
    });
    let take = move |code: String| {
        chosen.update(|all| {
            if single {
                all.clear();
            }
            if !all.contains(&code) {
                all.push(code);
            }
        });
        typed.set(String::new());
        active.set(0);
        open.set(false);
    };
    let take_typed = move || {
        let word = typed.get_untracked().trim().to_lowercase();
        if free && !word.is_empty() {
            take(word);
        }
    };
    // What was typed and not chosen: the one choice that it can mean is taken, else it is asked about.
    let (field, at) = (id.clone(), pointer.unwrap_or_default());
    let unfinished = move |why: Option<String>| {
        if let Some(form) = form {
            form.unfinished(&field, &at, why);
        }
    };
    let (typing, gone) = (unfinished.clone(), unfinished.clone());
    on_cleanup(move || gone(None));
    let leave = move || {
        open.set(false);
        if free {
            return take_typed();
        }
        let words = typed.with_untracked(|text| folded(text));
        let same = |c: &&Choice| folded(&c.label) == words || c.code.to_lowercase() == words;
        let meant = choices.with_value(|all| all.iter().find(same).cloned());
        let meant = meant.or_else(|| found.with_untracked(|f| if let [only] = f.as_slice() { Some(only.clone()) } else { None }));
        match meant {
            _ if words.is_empty() => typed.set(String::new()),
            Some(choice) => take(choice.code),
            None => return unfinished(Some(tf(k::ui::CHOOSE_FROM_LIST, &[("text", typed.get_untracked().trim())]))),
        }
        unfinished(None);
    };
    let key = move |ev: KeyboardEvent| match ev.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            ev.prevent_default();
            let count = found.with_untracked(Vec::len).max(1);
            let step = if ev.key() == "ArrowDown" { 1 } else { count - 1 };
            active.update(|at| *at = if open.get_untracked() { (*at + step) % count } else { 0 });
            open.set(true);
        }
        "Enter" if open.get_untracked() || !typed.get_untracked().is_empty() => {
            ev.prevent_default();
            match found.with_untracked(|f| f.get(active.get_untracked()).cloned()) {
                Some(choice) if open.get_untracked() => take(choice.code),
                _ => take_typed(),
            }
        }
        "," if free => {
            ev.prevent_default();
            take_typed();
        }
        "Escape" if open.get_untracked() => {
            ev.prevent_default();
            open.set(false);
        }
        "Backspace" if typed.get_untracked().is_empty() => chosen.update(|all| {
            all.pop();
        }),
        _ => {}
    };

    let (list_id, active_id, option_id) = (list.clone(), list.clone(), list.clone());
    let chips = move || {
        let name =
            |code: &str| choices.with_value(|all| all.iter().find(|c| c.code == code).map_or_else(|| code.to_owned(), |c| c.label.clone()));
        chosen
            .get()
            .into_iter()
            .map(|code| {
                let name = name(&code);
                let remove = tf(k::ui::REMOVE_NAMED, &[("name", &name)]);
                view! {
                    <li class="chip"><span>{name}</span>
                        <button type="button" aria-label=remove on:click=move |_| chosen.update(|all| all.retain(|c| *c != code))><Icon name="cross"/></button>
                    </li>
                }
            })
            .collect_view()
    };
    let options = move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, choice)| {
                let code = choice.code.clone();
                view! {
                    <li role="option" id=format!("{option_id}-{at}") aria-selected=move || if active.get() == at { "true" } else { "false" }
                        on:mousedown=move |ev| { ev.prevent_default(); take(code.clone()); }>{choice.label}</li>
                }
            })
            .collect_view()
    };
    frame.around(view! {
        <div class="combobox">
            <ul class="chips" aria-label=t(k::ui::CHOSEN)>{chips}</ul>
            <input id=id type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-controls=list_id
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-activedescendant=move || (open.get() && found.with(|f| !f.is_empty())).then(|| format!("{active_id}-{}", active.get()))
                aria-describedby=described aria-invalid=invalid prop:value=typed
                on:input:target=move |ev| { typing(None); typed.set(ev.target().value()); active.set(0); open.set(true); }
                on:click=move |_| open.set(true) on:keydown=key
                on:blur=move |_| leave()/>
            <ul class="options" role="listbox" id=list aria-label=t(k::ui::CHOICES) class:open=move || open.get() && found.with(|f| !f.is_empty())>{options}</ul>
        </div>
    })
}

/// Without case and the commonest accents, so that "cote" finds "Côte".
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        c => c,
    };
    text.trim().to_lowercase().chars().map(plain).collect()
}
