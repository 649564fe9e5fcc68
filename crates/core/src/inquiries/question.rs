//! What is asked and what is answered: questions of a few kinds, so that answers can stand side by side.

use crate::problem::{FieldError, Refusal};
use serde::{Deserialize, Serialize};

crate::codes::code_list! {
    /// How a question is to be answered.
    pub enum QuestionKind: "a kind of question: text, number, yes_no or choice" {
        Text = "text", Number = "number", YesNo = "yes_no",
        /// One of its options.
        Choice = "choice",
    }
}

/// One question of an inquiry. Answers name it by its place, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Question {
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 1000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 1000))]
    pub text: String,
    pub kind: QuestionKind,
    /// The options of a choice; empty otherwise.
    #[cfg_attr(feature = "validate", validate(length(max = 20)))]
    #[serde(default)]
    pub options: Vec<String>,
    /// An answer without it is not complete and is refused.
    #[serde(default)]
    pub required: bool,
}

/// The answer to one question; one of the values, as the question's kind says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Place of the question, counted from 0.
    pub question: u32,
    /// For text, and the chosen option for a choice.
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub number: Option<f64>,
    #[serde(default)]
    pub yes: Option<bool>,
}

/// The most characters of one text answer.
pub const MOST_TEXT: usize = 10_000;

/// Whether questions make sense: choices have at least two different options, others have none.
pub fn check_questions(questions: &[Question]) -> Result<(), Refusal> {
    let mut errors = vec![];
    for (i, q) in questions.iter().enumerate() {
        let mut options: Vec<_> = q.options.iter().map(|o| o.trim()).collect();
        options.sort_unstable();
        options.dedup();
        let sound = match q.kind {
            QuestionKind::Choice => {
                options.len() >= 2 && options.len() == q.options.len() && options.iter().all(|o| (1..=200).contains(&o.chars().count()))
            }
            _ => options.is_empty(),
        };
        if !sound {
            let message = match q.kind {
                QuestionKind::Choice => "A choice needs at least two different options of 1 to 200 characters.",
                _ => "Only a choice has options.",
            };
            errors.push(FieldError { pointer: format!("/questions/{i}/options"), code: "format".into(), message: message.into() });
        }
    }
    refuse(errors)
}

/// Whether answers fit the questions: each once, of the right kind, none that is required missing.
pub fn check_answers(questions: &[Question], answers: &[Answer]) -> Result<(), Refusal> {
    let mut errors = vec![];
    let mut seen = vec![false; questions.len()];
    for (i, a) in answers.iter().enumerate() {
        let mut wrong = |code: &str, message: String| {
            errors.push(FieldError { pointer: format!("/answers/{i}"), code: code.into(), message });
        };
        let place = a.question as usize;
        let Some(q) = questions.get(place) else {
            wrong("range", format!("There is no question {place}; they are counted from 0."));
            continue;
        };
        if std::mem::replace(&mut seen[place], true) {
            wrong("conflict", format!("Question {place} is answered twice."));
        } else if let Err(message) = fits(q, a) {
            wrong("format", message);
        }
    }
    for (i, q) in questions.iter().enumerate().filter(|(i, q)| q.required && !seen[*i]) {
        let message = format!("Question {i} has to be answered: {}", q.text);
        errors.push(FieldError { pointer: "/answers".into(), code: "required".into(), message });
    }
    refuse(errors)
}

fn fits(q: &Question, a: &Answer) -> Result<(), String> {
    let given = [a.text.is_some(), a.number.is_some(), a.yes.is_some()];
    let only = |which: usize| given.iter().enumerate().all(|(i, g)| *g == (i == which));
    match q.kind {
        QuestionKind::Text if !only(0) => Err("Give text, and nothing else.".into()),
        QuestionKind::Number if !only(1) => Err("Give number, and nothing else.".into()),
        QuestionKind::YesNo if !only(2) => Err("Give yes as true or false, and nothing else.".into()),
        QuestionKind::Choice if !only(0) => Err("Give text with one of the options, and nothing else.".into()),
        QuestionKind::Choice if a.text.as_ref().is_none_or(|t| !q.options.contains(t)) => {
            Err(format!("Choose one of: {}.", q.options.join(", ")))
        }
        QuestionKind::Text if a.text.as_ref().is_none_or(|t| t.trim().is_empty()) => Err("The text is empty.".into()),
        QuestionKind::Text if a.text.as_ref().is_some_and(|t| t.chars().count() > MOST_TEXT) => {
            Err(format!("At most {MOST_TEXT} characters."))
        }
        _ => Ok(()),
    }
}

fn refuse(errors: Vec<FieldError>) -> Result<(), Refusal> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(Refusal::fields(errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind, options: &[&str], required: bool) -> Question {
        Question { text: "How many?".into(), kind, options: options.iter().map(ToString::to_string).collect(), required }
    }
    fn answer(question: u32) -> Answer {
        Answer { question, text: None, number: None, yes: None }
    }

    #[test]
    fn choices_have_options_and_nothing_else_has() {
        assert!(check_questions(&[question(QuestionKind::Choice, &["a", "b"], true), question(QuestionKind::Text, &[], false)]).is_ok());
        let refusal = check_questions(&[question(QuestionKind::Choice, &["a", "a"], true), question(QuestionKind::YesNo, &["x"], true)]);
        let pointers: Vec<_> = refusal.unwrap_err().errors.into_iter().map(|e| e.pointer).collect();
        assert_eq!(pointers, ["/questions/0/options", "/questions/1/options"]);
    }

    #[test]
    fn answers_are_of_the_questions_kind() {
        let questions = [
            question(QuestionKind::Text, &[], true),
            question(QuestionKind::Number, &[], false),
            question(QuestionKind::YesNo, &[], false),
            question(QuestionKind::Choice, &["day", "night"], false),
        ];
        let text = Answer { text: Some("Twenty".into()), ..answer(0) };
        let good = [text.clone(), Answer { number: Some(20.0), ..answer(1) }, Answer { yes: Some(false), ..answer(2) }];
        assert!(check_answers(&questions, &good).is_ok());
        assert!(check_answers(&questions, &[]).is_err(), "the first is required");
        for bad in [
            Answer { number: Some(1.0), ..answer(0) },
            Answer { text: Some("20".into()), ..answer(1) },
            Answer { text: Some("evening".into()), ..answer(3) },
            Answer { yes: Some(true), number: Some(1.0), ..answer(2) },
            answer(4),
            text.clone(),
        ] {
            assert!(check_answers(&questions, &[text.clone(), bad.clone()]).is_err(), "{bad:?}");
        }
    }
}
