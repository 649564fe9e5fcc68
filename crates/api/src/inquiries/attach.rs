//! Attachments: upload as a form with one file, download as a file and never as a page.

use super::files::Kept;
use crate::http::{Answer, Fail, Once, Reply, Words};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_multipart::{Field, Multipart};
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpResponse, get, post, web};
use futures_util::StreamExt;
use kazi_core::identity::{Caller, Scope};
use kazi_core::ids::{AttachmentId, InquiryId, OrganisationId, ThreadId};
use kazi_core::inquiries::{Attachment, Side, safe_name};
use kazi_core::policy::{self, Standing, inquiries as may, matching::stands_for};
use kazi_core::problem::{Code, Refusal};
use kazi_store::{Db, inquiries};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A form with one file.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "the form's description; its fields are read as they come")]
pub struct Upload {
    /// At most 20 MB: pdf, png, jpeg, docx, xlsx, odt, csv or txt, with a name that says which.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Where a file goes.
#[derive(Clone, Copy)]
struct Place {
    inquiry: InquiryId,
    thread: Option<inquiries::ThreadParties>,
    side: Side,
    organisation: OrganisationId,
}

/// Attach a file for all
///
/// Every participant of the inquiry may read it. For the sender's editors, while the inquiry is open.
#[utoipa::path(
    tag = "inquiries", operation_id = "create_inquiry_attachment", security(("bearer" = [])),
    params(("id" = InquiryId, Path, description = "The inquiry.")),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = Attachment, description = "What was attached.", headers(("Location" = String))))
)]
#[post("/inquiries/{id}/attachments")]
pub async fn create_inquiry_attachment(
    state: web::Data<State>,
    who: Who,
    id: web::Path<InquiryId>,
    once: Once,
    form: Multipart,
) -> Answer<Reply> {
    let inquiry = id.into_inner();
    let place = move |db: &mut Db, caller: &Caller| {
        let sender = inquiries::sender(db, inquiry)?;
        may::as_sender(caller, sender, Standing::Edit)?;
        Ok(Place { inquiry, thread: None, side: Side::Sender, organisation: sender })
    };
    attach(&state, who.0, place, once, form).await
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActingWords {
    /// For which organisation the caller acts; only needed by somebody who belongs to both sides.
    pub organisation: Option<OrganisationId>,
}

/// Attach a file to a thread
///
/// Only the two sides of the thread may read it. For editors of either, while the inquiry is open.
#[utoipa::path(
    tag = "inquiries", operation_id = "create_thread_attachment", security(("bearer" = [])),
    params(("id" = ThreadId, Path, description = "The thread."), ActingWords),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = Attachment, description = "What was attached.", headers(("Location" = String))))
)]
#[post("/threads/{id}/attachments")]
pub async fn create_thread_attachment(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ThreadId>,
    words: Words<ActingWords>,
    once: Once,
    form: Multipart,
) -> Answer<Reply> {
    let (thread, acting) = (id.into_inner(), words.0.organisation);
    let place = move |db: &mut Db, caller: &Caller| {
        let parties = inquiries::parties(db, thread)?;
        let side = may::as_side(caller, parties.sender, parties.provider, acting, Standing::Edit)?;
        let organisation = if side == Side::Sender { parties.sender } else { parties.provider };
        Ok(Place { inquiry: parties.inquiry, thread: Some(parties), side, organisation })
    };
    attach(&state, who.0, place, once, form).await
}

/// Where it may go, before a byte is read; then the file is kept, then its row. A file whose row is refused, or
/// was made by an earlier twin, goes.
async fn attach(
    state: &State,
    caller: Caller,
    place: impl FnOnce(&mut Db, &Caller) -> Answer<Place> + Send + 'static,
    once: Once,
    mut form: Multipart,
) -> Answer<Reply> {
    policy::somebody(&caller)?;
    let asking = caller.clone();
    let place = state.store.read(move |db: &mut Db| place(db, &asking)).await?;
    let (name, field) = file(&mut form).await?;
    let id: AttachmentId = new_id();
    let files = &state.inquiries.files;
    let Kept { kind, bytes, sha256 } = files.keep(id, &name, field).await?;
    let fingerprint = format!("{name} {sha256}");
    let new = Attachment {
        id,
        inquiry: place.inquiry,
        thread: place.thread.map(|p| p.thread),
        organisation: place.organisation,
        name,
        kind,
        bytes,
        sha256,
        created_at: state.now(),
    };
    let (actor, rowed) = (caller.id(), Arc::new(AtomicBool::new(false)));
    let wrote = rowed.clone();
    let act = move |db: &mut Db| {
        match &place.thread {
            None => inquiries::attach_to_inquiry(db, actor, &new)?,
            Some(parties) => inquiries::attach_to_thread(db, actor, &new, parties, place.side)?,
        }
        wrote.store(true, Ordering::Relaxed);
        Ok(Reply::created(format!("/api/v1/attachments/{id}"), &new))
    };
    let reply = once.write(state, &caller, &fingerprint, act).await;
    if reply.is_err() || !rowed.load(Ordering::Relaxed) {
        files.remove(id).await;
    }
    reply
}

/// The form's file and its name.
async fn file(form: &mut Multipart) -> Answer<(String, Field)> {
    let refused = |why: &str| Fail::new(Code::MalformedBody, why);
    let field = form.next().await.ok_or_else(|| refused("The form has no file."))?;
    let field = field.map_err(|e| refused(&format!("Send multipart/form-data with one file: {e}.")))?;
    if field.name() != Some("file") {
        return Err(refused("The form has one field, file."));
    }
    let name = field.content_disposition().and_then(|d| d.get_filename()).map(safe_name).unwrap_or_default();
    if name.is_empty() {
        return Err(refused("The file needs a name."));
    }
    Ok((name, field))
}

/// Download an attachment
///
/// For those who take part: all of the inquiry, or the two sides of the thread. Always as a file to save.
#[utoipa::path(
    tag = "inquiries", operation_id = "get_attachment", security(("bearer" = [])),
    params(("id" = AttachmentId, Path, description = "The attachment.")),
    responses((status = 200, description = "The file, of its own type; application/octet-stream stands for kinds to come.", content(
        (Vec<u8> = "application/octet-stream"),
        (Vec<u8> = "application/pdf"),
        (Vec<u8> = "application/vnd.oasis.opendocument.text"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Vec<u8> = "image/jpeg"),
        (Vec<u8> = "image/png"),
        (Vec<u8> = "text/csv"),
        (Vec<u8> = "text/plain")
    )))
)]
#[get("/attachments/{id}")]
pub async fn get_attachment(state: web::Data<State>, who: Who, id: web::Path<AttachmentId>) -> Answer<HttpResponse> {
    let (id, caller) = (id.into_inner(), who.0);
    policy::somebody(&caller)?;
    let attachment = state.store.read(move |db| readable(db, &caller, id)).await?;
    let content = state.inquiries.files.read(id).await?;
    let name = ExtendedValue { charset: Charset::Ext("UTF-8".into()), language_tag: None, value: attachment.name.into_bytes() };
    let disposition =
        ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![DispositionParam::FilenameExt(name)] };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, attachment.kind.media_type()))
        .insert_header(disposition)
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .no_chunking(attachment.bytes as u64)
        .streaming(content))
}

fn readable(db: &mut Db, caller: &Caller, id: AttachmentId) -> Answer<Attachment> {
    let attachment = inquiries::attachment(db, id)?;
    let none = || Fail::from(Refusal::not_found("attachment"));
    match attachment.thread {
        Some(thread) => {
            let parties = inquiries::parties(db, thread)?;
            may::as_side(caller, parties.sender, parties.provider, None, Standing::Read)
                .map_err(|r| if r.code == Code::NotFound { none() } else { r.into() })?;
        }
        None => {
            let sender = inquiries::sender(db, attachment.inquiry)?;
            let own = stands_for(caller, Scope::InquiriesRead);
            if !own.contains(&sender) && inquiries::own_thread(db, attachment.inquiry, &own)?.is_none() {
                return Err(none());
            }
        }
    }
    Ok(attachment)
}
