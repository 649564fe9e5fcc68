//! A form's life: being sent, refused with messages at its fields, done. What was typed stays in the
//! fields' own signals, so an error loses nothing.

use crate::i18n::{Lang, k, lang, t};
use kazi_client::Error;
use kazi_core::problem::FieldError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

#[derive(Clone, Copy)]
pub struct Form {
    pub busy: RwSignal<bool>,
    pub failure: RwSignal<Option<Error>>,
    errors: RwSignal<Vec<FieldError>>,
    /// By field: what stands in it and can't be taken as it is.
    unfinished: RwSignal<Vec<(String, FieldError)>>,
}

impl Form {
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), failure: RwSignal::new(None), errors: RwSignal::new(vec![]), unfinished: RwSignal::new(vec![]) }
    }

    /// The message for the field at this JSON pointer.
    pub fn error_at(self, pointer: &str) -> Option<String> {
        let unfinished = self.unfinished.with(|all| all.iter().find(|(_, e)| e.pointer == pointer).map(|(_, e)| e.message.clone()));
        unfinished.or_else(|| self.errors.with(|all| all.iter().find(|e| e.pointer == pointer).map(said)))
    }

    /// Some message is for a field below this pointer.
    pub fn error_starting(self, pointer: &str) -> bool {
        self.errors.with(|all| all.iter().any(|e| e.pointer.starts_with(pointer)))
            || self.unfinished.with(|all| all.iter().any(|(_, e)| e.pointer.starts_with(pointer)))
    }

    /// What stands in the field can't be taken, and why; `None` once it can. It is at fault until then, whatever
    /// `clear` does: what somebody typed is not passed over.
    pub fn unfinished(self, field: &str, pointer: &str, why: Option<String>) {
        // A field says so also when it goes, perhaps with its whole page.
        let Some(known) = self.unfinished.try_with_untracked(|all| all.iter().any(|(f, _)| f == field)) else { return };
        if known || why.is_some() {
            self.unfinished.try_update(|all| {
                all.retain(|(f, _)| f != field);
                let error = |message| FieldError { pointer: pointer.into(), code: "form".into(), message };
                all.extend(why.map(|message| (field.to_owned(), error(message))));
            });
        }
    }
    pub fn is_unfinished(self) -> bool {
        self.unfinished.with_untracked(|all| !all.is_empty())
    }

    /// A check of the form's own; the server's come by themselves.
    pub fn refuse(self, pointer: &str, message: impl Into<String>) {
        let error = FieldError { pointer: pointer.into(), code: "form".into(), message: message.into() };
        self.errors.update(|all| all.push(error));
    }
    /// Says what is missing; true when nothing is.
    pub fn require(self, pointer: &str, value: &str) -> bool {
        let there = !value.trim().is_empty();
        if !there {
            self.refuse(pointer, t(k::ui::REQUIRED));
        }
        there
    }
    pub fn has_errors(self) -> bool {
        self.errors.with_untracked(|e| !e.is_empty()) || self.is_unfinished()
    }
    pub fn clear(self) {
        self.errors.set(vec![]);
        self.failure.set(None);
    }

    pub fn focus_error(self) {
        focus_first_error();
    }

    /// Sends, unless it is already being sent. Call `clear` and the checks first.
    pub fn send<A: 'static>(self, work: impl Future<Output = Result<A, Error>> + 'static, then: impl FnOnce(A) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        if self.has_errors() {
            focus_first_error();
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let result = work.await;
            if self.busy.try_set(false).is_some() {
                return; // the page is gone
            }
            match result {
                Ok(answer) => then(answer),
                Err(error) => {
                    if let Some(problem) = error.problem() {
                        self.errors.set(problem.errors.clone());
                    }
                    self.failure.set(Some(error));
                    focus_first_error();
                }
            }
        });
    }
}

/// The server's messages are English: a reader of another language is told the kind of error in her own, the rest in brackets.
fn said(error: &FieldError) -> String {
    let kind = match error.code.as_str() {
        _ if lang() == Lang::En => return error.message.clone(),
        "required" => k::ui::REQUIRED,
        "length" => k::ui::REFUSED_LENGTH,
        "range" => k::ui::REFUSED_RANGE,
        "format" => k::ui::REFUSED_FORMAT,
        "unknown" => k::ui::REFUSED_UNKNOWN,
        "conflict" => k::ui::REFUSED_CONFLICT,
        _ => return error.message.clone(),
    };
    format!("{} ({})", t(kind), error.message)
}

/// To the first field at fault, once it is marked as such.
fn focus_first_error() {
    focus_later("[aria-invalid=true], .form-failure");
}

/// Focuses what is found, once the page has been drawn anew.
pub fn focus_later(selector: &'static str) {
    request_animation_frame(move || {
        if let Ok(Some(found)) = document().query_selector(selector)
            && let Some(found) = wasm_bindgen::JsCast::dyn_ref::<web_sys::HtmlElement>(&found)
        {
            let _ = found.focus();
        }
    });
}

/// What the server said of the form as a whole.
#[component]
pub fn FormFailure(form: Form) -> impl IntoView {
    move || {
        form.failure.get().map(|error| {
            view! { <div class="form-failure notice bad" role="alert" tabindex="-1"><super::ErrorText error/></div> }
        })
    }
}

#[component]
pub fn Submit(form: Form, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <button class="button primary" type="submit" aria-disabled=move || form.busy.get().then_some("true")>
            {label}
            {move || form.busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span><span class="hidden">{t(k::ui::SENDING)}</span> })}
        </button>
    }
}
