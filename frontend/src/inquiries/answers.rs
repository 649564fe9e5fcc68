//! Answering, a field a question of its kind.

use crate::i18n::{k, t};
use crate::ui::{Form, SelectField, TextArea, TextField};
use kazi_core::inquiries::{Answer, MOST_TEXT, Question, QuestionKind};
use leptos::prelude::*;

/// What is typed for one question; yes and no are "yes" and "no".
#[derive(Clone)]
pub struct Typed {
    question: Question,
    value: RwSignal<String>,
}

/// The fields' values as they were answered before.
pub fn typed(questions: &[Question], answers: &[Answer]) -> Vec<Typed> {
    let before = |at: usize, kind: QuestionKind| {
        let answer = answers.iter().find(|a| a.question as usize == at)?;
        match kind {
            QuestionKind::Text | QuestionKind::Choice => answer.text.clone(),
            QuestionKind::Number => answer.number.map(|n| n.to_string()),
            QuestionKind::YesNo => answer.yes.map(|yes| if yes { "yes" } else { "no" }.to_owned()),
        }
    };
    let one = |(at, question): (usize, &Question)| Typed {
        question: question.clone(),
        value: RwSignal::new(before(at, question.kind).unwrap_or_default()),
    };
    questions.iter().enumerate().map(one).collect()
}

/// The answers as typed; what is missing or no number is said at its field.
pub fn read(form: Form, typed: &[Typed]) -> Vec<Answer> {
    let mut answers = vec![];
    for (at, Typed { question, value }) in typed.iter().enumerate() {
        let text = value.with_untracked(|v| v.trim().to_owned());
        let pointer = pointer(at);
        if text.is_empty() {
            if question.required {
                form.refuse(&pointer, t(k::ui::REQUIRED));
            }
            continue;
        }
        let mut answer = Answer { question: at as u32, text: None, number: None, yes: None };
        match question.kind {
            QuestionKind::Text | QuestionKind::Choice => answer.text = Some(text),
            QuestionKind::YesNo => answer.yes = Some(text == "yes"),
            QuestionKind::Number => match text.replace(',', ".").parse() {
                Ok(number) => answer.number = Some(number),
                Err(_) => form.refuse(&pointer, t(k::ui::NUMBER_WANTED)),
            },
        }
        answers.push(answer);
    }
    answers
}

fn pointer(at: usize) -> String {
    format!("/questions/{at}")
}

#[component]
pub fn AnswerFields(form: Form, typed: Vec<Typed>) -> impl IntoView {
    let field = |(at, Typed { question, value }): (usize, Typed)| {
        let (label, pointer, optional) = (format!("{}. {}", at + 1, question.text), pointer(at), !question.required);
        match question.kind {
            QuestionKind::Text => view! { <TextArea label value rows=4 form pointer optional maxlength=MOST_TEXT as u32/> }.into_any(),
            QuestionKind::Number => view! { <TextField label value form pointer optional maxlength=20/> }.into_any(),
            QuestionKind::YesNo => {
                let choices = vec![("yes".to_owned(), t(k::ui::YES).to_owned()), ("no".to_owned(), t(k::ui::NO).to_owned())];
                view! { <SelectField label value choices none=t(k::inquiries::CHOOSE) form pointer optional/> }.into_any()
            }
            QuestionKind::Choice => {
                let choices = question.options.into_iter().map(|o| (o.clone(), o)).collect::<Vec<_>>();
                view! { <SelectField label value choices none=t(k::inquiries::CHOOSE) form pointer optional/> }.into_any()
            }
        }
    };
    typed.into_iter().enumerate().map(field).collect_view()
}
