//! Languages with the level asked for or offered: a line each, added and taken away.

use super::{Choice, Icon, unique};
use crate::i18n::{k, t, tf};
use leptos::prelude::*;

/// (language tag, level or "" for any).
pub type LanguageLine = (String, String);

#[component]
pub fn LanguageRows(
    #[prop(into)] legend: String,
    lines: RwSignal<Vec<LanguageLine>>,
    languages: Vec<Choice>,
    levels: Vec<Choice>,
    /// What no level means.
    #[prop(into)]
    any_level: String,
) -> impl IntoView {
    let names = StoredValue::new(languages);
    let levels = StoredValue::new(levels);
    let any_level = StoredValue::new(any_level);
    let add_id = unique("language");
    let name_of = move |tag: &str| {
        names.with_value(|all| all.iter().find(|c| c.code == tag).map_or_else(|| crate::i18n::language_name(tag), |c| c.label.clone()))
    };
    let row = move |(tag, level): LanguageLine| {
        let name = name_of(&tag);
        let (level_label, remove) = (tf(k::ui::LEVEL_OF, &[("name", &name)]), tf(k::ui::REMOVE_NAMED, &[("name", &name)]));
        let (of_change, of_remove) = (tag.clone(), tag);
        let options = std::iter::once(Choice::new("", any_level.get_value()))
            .chain(levels.get_value())
            .map(|c| view! { <option value=c.code.clone() selected=c.code == level>{c.label}</option> })
            .collect_view();
        view! {
            <li><span>{name}</span>
                <select aria-label=level_label on:change:target=move |ev| {
                    let chosen = ev.target().value();
                    lines.update(|all| for line in all.iter_mut().filter(|l| l.0 == of_change) { line.1 = chosen.clone(); });
                }>{options}</select>
                <button type="button" class="button plain" aria-label=remove on:click=move |_| lines.update(|all| all.retain(|l| l.0 != of_remove))><Icon name="cross"/></button>
            </li>
        }
    };
    let free = move || {
        let taken = lines.get();
        let left = names.get_value().into_iter().filter(|c| !taken.iter().any(|l| l.0 == c.code));
        left.map(|c| view! { <option value=c.code>{c.label}</option> }).collect_view()
    };
    view! {
        <fieldset class="field language-rows">
            <legend>{legend}</legend>
            <ul>{move || lines.get().into_iter().map(row).collect_view()}</ul>
            <label class="hidden" for=add_id.clone()>{t(k::ui::ADD_LANGUAGE)}</label>
            <select id=add_id on:change:target=move |ev| {
                let tag = ev.target().value();
                if !tag.is_empty() {
                    lines.update(|all| all.push((tag, String::new())));
                }
                ev.target().set_value("");
            }><option value="">{t(k::ui::ADD_LANGUAGE)}</option>{free}</select>
        </fieldset>
    }
}
