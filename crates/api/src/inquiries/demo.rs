//! An inquiry for trying the platform out: made up, and said to be so.

use crate::state::new_id;
use chrono::Duration;
use kazi_core::Instant;
use kazi_core::ids::{InquiryId, NeedId, OrganisationId};
use kazi_core::inquiries::{Answer, Decline, DeclineReason, NewClarification, NewInquiry, Question, QuestionKind, Side};
use kazi_store::inquiries::{self, parties};
use kazi_store::{Db, StoreResult};

fn question(text: &str, kind: QuestionKind, options: &[&str], required: bool) -> Question {
    Question { text: text.into(), kind, options: options.iter().map(ToString::to_string).collect(), required }
}

fn answers(people: f64, shift: &str, iso: bool, start: &str) -> Vec<Answer> {
    let empty = |question| Answer { question, text: None, number: None, yes: None };
    vec![
        Answer { number: Some(people), ..empty(0) },
        Answer { text: Some(shift.into()), ..empty(1) },
        Answer { yes: Some(iso), ..empty(2) },
        Answer { text: Some(start.into()), ..empty(3) },
    ]
}

/// Sends an inquiry from a buyer to claimed providers, as it would stand after two days: the first
/// has answered, the second too, the third has declined, a fourth has asked something.
pub fn create_inquiry(
    db: &mut Db,
    now: Instant,
    buyer: OrganisationId,
    need: Option<NeedId>,
    providers: &[OrganisationId],
) -> StoreResult<InquiryId> {
    let (id, sent): (InquiryId, Instant) = (new_id(), now.plus(-Duration::days(2)));
    let new = NewInquiry {
        organisation: buyer,
        subject: "Street scenes labelled for a driving assistant (fictional)".into(),
        body: Some("We are choosing whom to invite to a pilot of four weeks. Short answers will do.".into()),
        questions: vec![
            question("How many people could start in March?", QuestionKind::Number, &[], true),
            question("Which shifts could you cover?", QuestionKind::Choice, &["day", "night", "both"], true),
            question("Is the site certified to ISO 27001?", QuestionKind::YesNo, &[], false),
            question("How do you bring new people up to speed?", QuestionKind::Text, &[], false),
        ],
        providers: providers.to_vec(),
        need,
        reply_by: now.plus(Duration::days(12)),
    };
    let threads = inquiries::create(db, sent, None, id, &new)?;
    for (n, thread) in threads.into_iter().enumerate() {
        let (who, at) = (parties(db, thread)?, sent.plus(Duration::hours(5 + 7 * n as i64)));
        inquiries::mark_read(db, at, None, &who, Side::Provider, at)?;
        match n {
            0 => inquiries::answer(
                db,
                at,
                None,
                &who,
                0,
                &answers(25.0, "both", true, "Two weeks of training, then four of work beside an expert."),
            )?,
            1 => {
                inquiries::answer(db, at, None, &who, 0, &answers(12.0, "day", false, "A week in class and a test before the first task."))?
            }
            2 => {
                let decline =
                    Decline { reason: DeclineReason::NoCapacity, text: Some("Our teams are full until June; ask us again.".into()) };
                inquiries::decline(db, at, None, &who, 0, &decline)?;
            }
            3 => {
                inquiries::create_message(db, at, None, None, &who, Side::Provider, "Are the images already cleared of faces?")?;
            }
            _ => {}
        }
    }
    let said = NewClarification { question: Some("Are the images cleared of faces?".into()), text: "Yes, before you get them.".into() };
    inquiries::create_clarification(db, now.plus(-Duration::hours(2)), None, id, buyer, &said)?;
    Ok(id)
}
