//! One thread: read it, mark it read, answer, decline, write.

use super::attach::ActingWords;
use crate::http::{Answer, Body, Fail, IfMatch, Once, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, post, put, web};
use kazi_core::Instant;
use kazi_core::identity::Caller;
use kazi_core::ids::{OrganisationId, ThreadId};
use kazi_core::inquiries::{Answers, Decline, Message, NewMessage, Side, Thread, ThreadDetail};
use kazi_core::policy::{self, Standing, inquiries as may};
use kazi_store::Db;
use kazi_store::inquiries::{self, ThreadParties};
use serde::Deserialize;

/// Read a thread
///
/// For its two sides. Reading marks nothing as read; mark_thread_read does.
#[utoipa::path(
    tag = "inquiries", operation_id = "get_thread", security(("bearer" = [])),
    params(("id" = ThreadId, Path, description = "The thread."), ActingWords),
    responses(
        (status = 422, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The caller does not take part for that organisation."),
        (status = 200, body = ThreadDetail, headers(("ETag" = String)), description = "With its messages and attachments, oldest first. The ETag is of the answers: send it as If-Match.")
    )
)]
#[get("/threads/{id}")]
pub async fn get_thread(state: web::Data<State>, who: Who, id: web::Path<ThreadId>, words: Words<ActingWords>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        let parties = inquiries::parties(db, id)?;
        let side = may::as_side(&who.0, parties.sender, parties.provider, words.0.organisation, Standing::Read)?;
        Ok::<_, Fail>(inquiries::thread(db, now, &parties, side)?)
    };
    let detail = state.store.read(act).await?;
    Ok(Reply::ok(&detail).version_to_edit(detail.thread.answers_version))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadWords {
    /// For which organisation the caller acts; only needed by somebody who belongs to both sides.
    organisation: Option<OrganisationId>,
    /// `updated_at` of the thread as it was shown: what came later stays unread. Now when not said.
    until: Option<Instant>,
}

/// Mark a thread as read
///
/// For the caller's organisation. A provider's first time tells the sender that it was read. Reading is enough to
/// mark as read.
#[utoipa::path(
    tag = "inquiries", operation_id = "mark_thread_read", security(("bearer" = [])),
    params(("id" = ThreadId, Path, description = "The thread."), ReadWords),
    responses((status = 204, description = "Everything until that moment is read."))
)]
#[post("/threads/{id}/read")]
pub async fn mark_thread_read(state: web::Data<State>, who: Who, id: web::Path<ThreadId>, words: Words<ReadWords>) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let until = words.0.until.map_or(now, |until| until.min(now));
    let act = move |db: &mut Db| {
        let parties = inquiries::parties(db, id)?;
        let side = may::as_side(&who.0, parties.sender, parties.provider, words.0.organisation, Standing::Read)?;
        Ok::<_, Fail>(inquiries::mark_read(db, now, who.0.id(), &parties, side, until)?)
    };
    state.store.write(act).await?;
    Ok(Reply::nothing())
}

/// The thread, to the editors of the provider that was asked. To the sender, who sees it, it is not theirs to answer.
fn asked(db: &mut Db, who: &Who, id: ThreadId) -> Answer<ThreadParties> {
    let parties = inquiries::parties(db, id)?;
    may::as_provider(&who.0, parties.provider, Standing::Edit)?;
    Ok(parties)
}

/// The thread after the provider's reply, with the ETag for the next one.
fn stands(db: &mut Db, now: Instant, parties: &ThreadParties) -> Answer<Reply> {
    let thread = inquiries::thread(db, now, parties, Side::Provider)?.thread;
    Ok(Reply::ok(&thread).version_to_edit(thread.answers_version))
}

/// Answer an inquiry
///
/// All answers at once, in place of those given before. They can be revised until the reply-by moment; a
/// late first answer is taken too, and counts as late.
#[utoipa::path(
    tag = "inquiries", operation_id = "answer_thread", security(("bearer" = [])),
    params(
        ("id" = ThreadId, Path, description = "The thread."),
        ("If-Match" = String, Header, description = "The thread's answers_version, as \"v0\" for the first answer.", example = "\"v0\"")
    ),
    request_body(content = Answers, example = json!({"answers": [{"question": 0, "number": 25.0}, {"question": 1, "text": "day"}]})),
    responses((status = 200, body = Thread, description = "As it stands now.", headers(("ETag" = String))))
)]
#[put("/threads/{id}/answers")]
pub async fn answer_thread(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ThreadId>,
    version: IfMatch,
    body: Body<Answers>,
) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        let parties = asked(db, &who, id)?;
        inquiries::answer(db, now, who.0.id(), &parties, version.0, &body.value.answers)?;
        stands(db, now, &parties)
    };
    state.store.write(act).await
}

/// Decline an inquiry
///
/// With a reason. It counts as a reply; answers given before are withdrawn.
#[utoipa::path(
    tag = "inquiries", operation_id = "decline_thread", security(("bearer" = [])),
    params(
        ("id" = ThreadId, Path, description = "The thread."),
        ("If-Match" = String, Header, description = "The thread's answers_version, as \"v0\" before the first answer.", example = "\"v0\"")
    ),
    request_body(content = Decline, example = json!({"reason": "no_capacity", "text": "Ask us again in June."})),
    responses((status = 200, body = Thread, description = "As it stands now.", headers(("ETag" = String))))
)]
#[put("/threads/{id}/decline")]
pub async fn decline_thread(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ThreadId>,
    version: IfMatch,
    body: Body<Decline>,
) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now) = (id.into_inner(), state.now());
    let act = move |db: &mut Db| {
        let parties = asked(db, &who, id)?;
        inquiries::decline(db, now, who.0.id(), &parties, version.0, &body.value)?;
        stands(db, now, &parties)
    };
    state.store.write(act).await
}

/// Write a message
///
/// Into the thread; the other side reads it and nobody else. For editors of either side, while the inquiry is open.
#[utoipa::path(
    tag = "inquiries", operation_id = "create_message", security(("bearer" = [])),
    params(("id" = ThreadId, Path, description = "The thread.")),
    request_body(content = NewMessage, example = json!({"text": "Is night work needed?"})),
    responses((status = 201, body = Message, description = "What was written.", headers(("Location" = String))))
)]
#[post("/threads/{id}/messages")]
pub async fn create_message(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ThreadId>,
    once: Once,
    body: Body<NewMessage>,
) -> Answer<Reply> {
    policy::somebody(&who.0)?;
    let (id, now, caller) = (id.into_inner(), state.now(), who.0.clone());
    let act = move |db: &mut Db| {
        let parties = inquiries::parties(db, id)?;
        let side = may::as_side(&who.0, parties.sender, parties.provider, body.value.organisation, Standing::Edit)?;
        let author = match &who.0 {
            Caller::Person(person) => Some(person.id.0),
            _ => None,
        };
        let message = inquiries::create_message(db, now, who.0.id(), author, &parties, side, &body.value.text)?;
        Ok(Reply::created(format!("/api/v1/threads/{id}"), &message))
    };
    once.write(&state, &caller, &body.fingerprint, act).await
}
