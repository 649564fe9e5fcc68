//! The questions of an inquiry while they are written: added, removed, moved up and down.

use crate::i18n::{code, k, t, tf};
use crate::ui::{Checkbox, Form, Icon, SelectField, TextArea};
use kazi_core::inquiries::{Question, QuestionKind};
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;

/// One question being written.
#[derive(Clone, Copy)]
pub struct Draft {
    id: u32,
    text: RwSignal<String>,
    kind: RwSignal<String>,
    /// One a line.
    options: RwSignal<String>,
    required: RwSignal<bool>,
}

impl Draft {
    pub fn new(text: &str, kind: QuestionKind) -> Self {
        thread_local! { static LAST: Cell<u32> = const { Cell::new(0) } }
        LAST.set(LAST.get() + 1);
        Self {
            id: LAST.get(),
            text: RwSignal::new(text.to_owned()),
            kind: RwSignal::new(kind.to_string()),
            options: RwSignal::new(String::new()),
            required: RwSignal::new(true),
        }
    }

    pub fn read(self) -> Question {
        let kind = self.kind.with_untracked(|k| k.parse()).unwrap_or(QuestionKind::Text);
        let options = match kind {
            QuestionKind::Choice => {
                self.options.with_untracked(|o| o.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
            }
            _ => vec![],
        };
        Question { text: self.text.with_untracked(|x| x.trim().to_owned()), kind, options, required: self.required.get_untracked() }
    }

    pub fn is_empty(self) -> bool {
        self.text.with_untracked(|x| x.trim().is_empty())
    }
}

const SUGGESTIONS: [(crate::i18n::Key, QuestionKind); 4] = [
    (k::inquiries::SUGGEST_PRICE, QuestionKind::Number),
    (k::inquiries::SUGGEST_START, QuestionKind::Text),
    (k::inquiries::SUGGEST_REFERENCES, QuestionKind::Text),
    (k::inquiries::SUGGEST_PILOT, QuestionKind::YesNo),
];

#[component]
pub fn Questions(form: Form, drafts: RwSignal<Vec<Draft>>) -> impl IntoView {
    let add = move |draft: Draft| {
        drafts.update(|all| all.push(draft));
        focus(format!("question-{}", draft.id));
    };
    let rows = move || {
        let all = drafts.get();
        let count = all.len();
        all.into_iter().enumerate().map(|(at, draft)| view! { <Row form drafts draft at count/> }).collect_view()
    };
    let suggestions = SUGGESTIONS.map(|(text, kind)| {
        view! { <li><button type="button" class="button small" on:click=move |_| add(Draft::new(t(text), kind))><Icon name="plus"/>{t(text)}</button></li> }
    });
    view! {
        <fieldset class="questions">
            <legend><h2>{t(k::inquiries::QUESTIONS)}</h2></legend>
            <p class="hint">{t(k::inquiries::QUESTIONS_HINT)}</p>
            <ol class="stack">{rows}</ol>
            <p class="actions"><button type="button" class="button" on:click=move |_| add(Draft::new("", QuestionKind::Text))><Icon name="plus"/>{t(k::inquiries::ADD_QUESTION)}</button></p>
            <p class="hint">{t(k::inquiries::SUGGESTIONS)}</p>
            <ul class="suggestions">{suggestions}</ul>
        </fieldset>
    }
}

#[component]
fn Row(form: Form, drafts: RwSignal<Vec<Draft>>, draft: Draft, at: usize, count: usize) -> impl IntoView {
    let n = (at + 1).to_string();
    let label = tf(k::inquiries::QUESTION_N, &[("n", &n)]);
    let kinds = QuestionKind::ALL.iter().map(|kind| (kind.to_string(), code("question_kind", kind.as_str()))).collect::<Vec<_>>();
    let move_to = move |to: usize, button: &'static str| {
        form.clear();
        drafts.update(|all| all.swap(at, to));
        focus(format!("question-{}-{button}", draft.id));
    };
    let remove = move |_| {
        form.clear();
        drafts.update(|all| all.retain(|d| d.id != draft.id));
        let near = drafts.with_untracked(|all| all.get(at.min(all.len().saturating_sub(1))).map(|d| d.id));
        if let Some(near) = near {
            focus(format!("question-{near}"));
        }
    };
    view! {
        <li class="card question" id=format!("question-{}", draft.id)>
            <TextArea label value=draft.text rows=2 form pointer=format!("/questions/{at}/text") maxlength=1000/>
            <div class="field-row">
                <SelectField label=t(k::inquiries::ANSWER_KIND) value=draft.kind choices=kinds form pointer=format!("/questions/{at}/kind")/>
                <Checkbox label=t(k::inquiries::MUST_ANSWER) value=draft.required/>
            </div>
            {move || draft.kind.with(|kind| kind == QuestionKind::Choice.as_str()).then(|| view! {
                <TextArea label=t(k::inquiries::OPTIONS) hint=t(k::inquiries::OPTIONS_HINT) value=draft.options rows=3 form pointer=format!("/questions/{at}/options")/>
            })}
            <p class="actions">
                <button type="button" class="button small" id=format!("question-{}-up", draft.id) disabled=at == 0
                    aria-label=tf(k::inquiries::MOVE_UP_N, &[("n", &n)]) on:click=move |_| move_to(at - 1, "up")>{t(k::inquiries::MOVE_UP)}</button>
                <button type="button" class="button small" id=format!("question-{}-down", draft.id) disabled=at + 1 == count
                    aria-label=tf(k::inquiries::MOVE_DOWN_N, &[("n", &n)]) on:click=move |_| move_to(at + 1, "down")>{t(k::inquiries::MOVE_DOWN)}</button>
                <button type="button" class="button small" aria-label=tf(k::inquiries::REMOVE_N, &[("n", &n)]) on:click=remove>{t(k::inquiries::REMOVE)}</button>
            </p>
        </li>
    }
}

/// To the control with this id, else to the first text in it, else to a button beside it that can still be used.
fn focus(id: String) {
    request_animation_frame(move || {
        let Some(element) = document().get_element_by_id(&id) else { return };
        let usable = if element.tag_name() == "LI" || element.has_attribute("disabled") {
            element.closest("li").ok().flatten().and_then(|row| row.query_selector("textarea").ok().flatten())
        } else {
            Some(element)
        };
        if let Some(element) = usable.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
