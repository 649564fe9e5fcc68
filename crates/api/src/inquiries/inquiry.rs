//! Inquiries: send, list, read, compare what came back, clarify, close.

use crate::http::{Answer, Body, Fail, Once, PageWords, Reply, Words};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_web::{get, post, web};
use kazi_core::identity::Scope;
use kazi_core::ids::{InquiryId, NeedId, OrganisationId, ThreadId};
use kazi_core::inquiries::{Clarification, Comparison, Inquiry, InquiryEntry, InquiryState, Mailbox, NewClarification, NewInquiry, Thread};
use kazi_core::page::Page;
use kazi_core::policy::{self, Standing, inquiries as may, matching::stands_for};
use kazi_core::problem::{Code, Refusal};
use kazi_store::Db;
use kazi_store::inquiries::{self, InquiryFilter};
use serde::Deserialize;

/// Send an inquiry
///
/// From a buyer, funder, BPO or government to one provider or several; each gets a thread of its own and learns
/// nothing of the others. An unclaimed listing is refused by name, because nobody would read the inquiry. A need
/// that goes with it has to be open. There are at least 48 hours to reply.
#[utoipa::path(
    tag = "inquiries", operation_id = "create_inquiry", security(("bearer" = [])),
    request_body(content = NewInquiry, example = json!({
        "organisation": "01930000-0000-7000-8000-000000000001", "subject": "Labels for street scenes",
        "body": "We look for a team from March.",
        "questions": [
            {"text": "How many people could start in March?", "kind": "number", "required": true},
            {"text": "Which shifts do you work?", "kind": "choice", "options": ["day", "night", "both"]}
        ],
        "providers": ["01930000-0000-7000-8000-000000000002"], "reply_by": "2027-01-15T17:00:00Z"
    })),
    responses((status = 201, body = Inquiry, description = "As its sender sees it.", headers(("Location" = String))))
)]
#[post("/inquiries")]
pub async fn create_inquiry(state: web::Data<State>, who: Who, once: Once, body: Body<NewInquiry>) -> Answer<Reply> {
    may::create_inquiry(&who.0, body.value.organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    let act = move |db: &mut Db| {
        let id: InquiryId = new_id();
        inquiries::create(db, now, actor, id, &body.value)?;
        Ok(Reply::created(format!("/api/v1/inquiries/{id}"), &inquiries::get(db, now, id, None)?))
    };
    once.write(&state, &who.0, &body.fingerprint, act).await
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InquiryWords {
    /// Whose box.
    organisation: OrganisationId,
    /// What it sent or what it received.
    #[serde(rename = "box")]
    #[param(inline)]
    mailbox: Mailbox,
    /// Only those in this state.
    #[param(inline)]
    state: Option<InquiryState>,
    /// true: only those with something that the organisation has not read.
    unread: Option<bool>,
    /// Only those about this need.
    need: Option<NeedId>,
    /// `next` of the page before.
    after: Option<InquiryId>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List an organisation's inquiries
///
/// One of its two boxes, newest first.
#[utoipa::path(
    tag = "inquiries", operation_id = "list_inquiries", security(("bearer" = [])), params(InquiryWords),
    responses((status = 200, body = Page<InquiryEntry>, description = "A page of the box."))
)]
#[get("/inquiries")]
pub async fn list_inquiries(state: web::Data<State>, who: Who, words: Words<InquiryWords>) -> Answer<Reply> {
    let InquiryWords { organisation, mailbox, state: is, unread, need, after, limit } = words.0;
    may::list_inquiries(&who.0, organisation)?;
    let (limit, now) = (PageWords { after: None, limit }.limit()?, state.now());
    let filter = InquiryFilter { organisation, mailbox, state: is, unread: unread.unwrap_or(false), need };
    Ok(Reply::page(&state.store.read(move |db| inquiries::list(db, now, &filter, after, limit)).await?))
}

/// Read an inquiry
///
/// To its sender with the state of its threads; to a provider that was asked with its own thread only.
#[utoipa::path(
    tag = "inquiries", operation_id = "get_inquiry", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry.")),
    responses((status = 200, body = Inquiry, description = "As the caller's side sees it."))
)]
#[get("/inquiries/{id}")]
pub async fn get_inquiry(state: web::Data<State>, who: Who, id: web::Path<InquiryId>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        let sender = inquiries::sender(db, id)?;
        match may::as_sender(&who.0, sender, Standing::Read) {
            Ok(()) => Ok::<_, Fail>(inquiries::get(db, now, id, None)?),
            Err(refused) if refused.code != Code::NotFound => Err(refused.into()),
            Err(_) => {
                let own = inquiries::own_thread(db, id, &stands_for(&who.0, Scope::InquiriesRead))?;
                let (thread, _) = own.ok_or_else(|| Refusal::not_found("inquiry"))?;
                Ok(inquiries::get(db, now, id, Some(thread))?)
            }
        }
    };
    Ok(Reply::ok(&state.store.read(act).await?))
}

/// Works with an inquiry that the caller's side sent.
fn sent(db: &mut Db, who: &Who, id: InquiryId, standing: Standing) -> Answer<OrganisationId> {
    let sender = inquiries::sender(db, id)?;
    may::as_sender(&who.0, sender, standing)?;
    Ok(sender)
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ThreadWords {
    /// `next` of the page before.
    after: Option<ThreadId>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List an inquiry's threads
///
/// For the sender only, in the order in which the providers were named.
#[utoipa::path(
    tag = "inquiries", operation_id = "list_threads", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry."), ThreadWords),
    responses((status = 200, body = Page<Thread>, description = "A page of threads."))
)]
#[get("/inquiries/{id}/threads")]
pub async fn list_threads(state: web::Data<State>, who: Who, id: web::Path<InquiryId>, words: Words<ThreadWords>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now, after) = (id.into_inner(), state.now(), words.0.after);
    let limit = PageWords { after: None, limit: words.0.limit }.limit()? as usize;
    let act = move |db: &mut Db| {
        sent(db, &who, id, Standing::Read)?;
        Ok::<_, Fail>(inquiries::threads(db, now, id)?)
    };
    let mut items = state.store.read(act).await?;
    items.retain(|t| after.is_none_or(|after| t.id > after));
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|t| t.id.to_string());
    Ok(Reply::page(&Page { items, next }))
}

/// Compare the answers
///
/// Side by side: a column a provider, a row a question. For the sender only.
#[utoipa::path(
    tag = "inquiries", operation_id = "compare_answers", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry.")),
    responses((status = 200, body = Comparison, description = "The answers in the questions' order."))
)]
#[get("/inquiries/{id}/comparison")]
pub async fn compare_answers(state: web::Data<State>, who: Who, id: web::Path<InquiryId>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        sent(db, &who, id, Standing::Read)?;
        Ok::<_, Fail>(inquiries::comparison(db, now, id)?)
    };
    Ok(Reply::ok(&state.store.read(act).await?))
}

/// Clarify something for all
///
/// Every provider that was asked reads it; who had asked is not told. For the sender's editors.
#[utoipa::path(
    tag = "inquiries", operation_id = "create_clarification", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry.")),
    request_body(content = NewClarification, example = json!({"question": "Is night work needed?", "text": "No, office hours in Berlin."})),
    responses((status = 201, body = Clarification, description = "What all read now.", headers(("Location" = String))))
)]
#[post("/inquiries/{id}/clarifications")]
pub async fn create_clarification(
    state: web::Data<State>,
    who: Who,
    id: web::Path<InquiryId>,
    once: Once,
    body: Body<NewClarification>,
) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now, caller) = (id.into_inner(), state.now(), who.0.clone());
    let act = move |db: &mut Db| {
        let sender = sent(db, &who, id, Standing::Edit)?;
        let said = inquiries::create_clarification(db, now, who.0.id(), id, sender, &body.value)?;
        Ok(Reply::created(format!("/api/v1/inquiries/{id}"), &said))
    };
    once.write(&state, &caller, &body.fingerprint, act).await
}

/// Close an inquiry
///
/// Nothing more is answered, written or attached. A provider that had time left is not counted as overdue.
#[utoipa::path(
    tag = "inquiries", operation_id = "close_inquiry", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry.")),
    responses((status = 200, body = Inquiry, description = "As it stands now."))
)]
#[post("/inquiries/{id}/close")]
pub async fn close_inquiry(state: web::Data<State>, who: Who, once: Once, id: web::Path<InquiryId>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let caller = who.0.clone();
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        let sender = sent(db, &who, id, Standing::Edit)?;
        inquiries::close(db, now, who.0.id(), id, sender)?;
        Ok(Reply::ok(&inquiries::get(db, now, id, None)?))
    };
    once.write(&state, &caller, "", act).await
}
