//! Labelled fields: label, hint and error are tied to the control for screen readers.

use super::{Form, unique};
use crate::i18n::{Key, k, t};
use leptos::prelude::*;

/// What every field has.
#[derive(Clone)]
pub struct Frame {
    id: String,
    label: String,
    hint: Option<String>,
    error: Signal<Option<String>>,
    optional: bool,
}

impl Frame {
    pub fn new(label: String, hint: Option<String>, form: Option<Form>, pointer: Option<String>, optional: bool) -> Self {
        let error = Signal::derive(move || form?.error_at(pointer.as_deref()?));
        Self { id: unique("field"), label, hint, error, optional }
    }
    pub fn id(&self) -> String {
        self.id.clone()
    }
    /// For `aria-describedby`.
    pub fn described_by(&self) -> impl Fn() -> Option<String> + Clone + use<> {
        let (id, hint, error) = (self.id.clone(), self.hint.is_some(), self.error);
        move || match (hint, error.get().is_some()) {
            (false, false) => None,
            (true, false) => Some(format!("{id}-hint")),
            (false, true) => Some(format!("{id}-error")),
            (true, true) => Some(format!("{id}-hint {id}-error")),
        }
    }
    /// For `aria-invalid`.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + use<> {
        let error = self.error;
        move || error.get().is_some().then_some("true")
    }
    pub fn around(self, control: impl IntoView) -> impl IntoView {
        let Self { id, label, hint, error, optional } = self;
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        view! {
            <div class="field">
                <label for=id>{label}{optional.then(|| view! { <span class="optional">{t(k::ui::OPTIONAL)}</span> })}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {control}
                {move || error.get().map(|message| view! { <p class="error" id=error_id.clone()>{message}</p> })}
            </div>
        }
    }
}

#[component]
pub fn TextField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] form: Option<Form>,
    #[prop(optional, into)] pointer: Option<String>,
    /// The input's type: `email`, `password`, `date`, `number`, `url`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional, into)] step: Option<String>,
    #[prop(optional, into)] unit: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
) -> impl IntoView {
    let frame = Frame::new(label, hint, form, pointer.clone(), optional);
    let (id, described, invalid) = (frame.id(), frame.described_by(), frame.invalid());
    // Of half a date the browser says nothing but that it is none: without this it would be lost unseen.
    let (field, at) = (id.clone(), pointer.unwrap_or_default());
    let finished = move |input: &web_sys::HtmlInputElement, leaving: bool| {
        let Some(form) = form else { return };
        let unreadable = input.validity().bad_input();
        if leaving || !unreadable {
            form.unfinished(&field, &at, unreadable.then(|| t(wanted(kind)).to_owned()));
        }
    };
    let (typing, gone) = (finished.clone(), id.clone());
    on_cleanup(move || {
        if let Some(form) = form {
            form.unfinished(&gone, "", None);
        }
    });
    frame.around(view! {
        <span class="input-row">
            <input id=id type=kind prop:value=value on:input:target=move |ev| { typing(&ev.target(), false); value.set(ev.target().value()); }
                on:blur:target=move |ev| finished(&ev.target(), true)
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete) aria-describedby=described aria-invalid=invalid
                aria-required=(!optional).then_some("true") min=min max=max step=step maxlength=maxlength.map(|m| m.to_string())/>
            {unit.map(|unit| view! { <span class="unit">{unit}</span> })}
        </span>
    })
}

/// What a field of that type wants, when what is in it can't be read.
fn wanted(kind: &str) -> Key {
    match kind {
        "date" => k::ui::DATE_WANTED,
        "time" => k::ui::TIME_WANTED,
        _ => k::ui::NUMBER_WANTED,
    }
}

#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] form: Option<Form>,
    #[prop(optional, into)] pointer: Option<String>,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] optional: bool,
    #[prop(optional)] maxlength: Option<u32>,
) -> impl IntoView {
    let frame = Frame::new(label, hint, form, pointer, optional);
    let (id, described, invalid) = (frame.id(), frame.described_by(), frame.invalid());
    frame.around(view! {
        <textarea id=id rows=rows.to_string() prop:value=value on:input:target=move |ev| value.set(ev.target().value())
            aria-describedby=described aria-invalid=invalid aria-required=(!optional).then_some("true")
            maxlength=maxlength.map(|m| m.to_string())></textarea>
    })
}

/// One of a few; `choices` are (value, label).
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    choices: Vec<(String, String)>,
    /// The label of "nothing chosen"; without it one has to be chosen.
    #[prop(optional, into)]
    none: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] form: Option<Form>,
    #[prop(optional, into)] pointer: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let frame = Frame::new(label, hint, form, pointer, optional);
    let (id, described, invalid) = (frame.id(), frame.described_by(), frame.invalid());
    let choices = none.into_iter().map(|label| (String::new(), label)).chain(choices);
    let options = choices
        .map(|(code, label)| {
            let same = code.clone();
            view! { <option value=code selected=move || value.with(|v| *v == same)>{label}</option> }
        })
        .collect_view();
    frame.around(view! {
        <select id=id on:change:target=move |ev| value.set(ev.target().value()) aria-describedby=described aria-invalid=invalid>
            {options}
        </select>
    })
}
