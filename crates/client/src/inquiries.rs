//! Inquiries' calls.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::Instant;
use kazi_core::ids::*;
use kazi_core::inquiries::*;
use kazi_core::page::Page;

pub struct Inquiries<'a, T>(&'a Kazi<T>);

/// Which inquiries of one of an organisation's two boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct InquiryFilter {
    pub organisation: OrganisationId,
    pub mailbox: Mailbox,
    pub state: Option<InquiryState>,
    /// `Some(true)`: only those with something that the organisation has not read.
    pub unread: Option<bool>,
    /// Only those about this need.
    pub need: Option<NeedId>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 100; 20 when not said.
    pub limit: Option<u32>,
}

impl InquiryFilter {
    /// The whole box.
    pub fn of(organisation: OrganisationId, mailbox: Mailbox) -> Self {
        Self { organisation, mailbox, state: None, unread: None, need: None, after: None, limit: None }
    }
}

impl<T: Transport> Kazi<T> {
    pub fn inquiries(&self) -> Inquiries<'_, T> {
        Inquiries(self)
    }
}

impl<T: Transport> Inquiries<'_, T> {
    pub async fn find(&self, which: &InquiryFilter) -> Result<Page<InquiryEntry>> {
        self.0
            .call(Method::Get, "inquiries")
            .query("organisation", Some(which.organisation))
            .query("box", Some(which.mailbox))
            .query("state", which.state)
            .query("unread", which.unread)
            .query("need", which.need)
            .query("after", which.after.as_ref())
            .query("limit", which.limit)
            .receive()
            .await
    }
    pub async fn list(&self, organisation: OrganisationId, mailbox: Mailbox, after: Option<&str>) -> Result<Page<InquiryEntry>> {
        self.find(&InquiryFilter { after: after.map(str::to_owned), ..InquiryFilter::of(organisation, mailbox) }).await
    }
    pub async fn create(&self, new: &NewInquiry, once: Option<&str>) -> Result<Inquiry> {
        self.0.call(Method::Post, "inquiries").once(once).json(new).receive().await
    }
    pub async fn read(&self, id: InquiryId) -> Result<Inquiry> {
        self.0.call(Method::Get, format!("inquiries/{id}")).receive().await
    }
    pub async fn threads(&self, id: InquiryId, after: Option<&str>) -> Result<Page<Thread>> {
        self.0.call(Method::Get, format!("inquiries/{id}/threads")).query("after", after).receive().await
    }
    pub async fn compare(&self, id: InquiryId) -> Result<Comparison> {
        self.0.call(Method::Get, format!("inquiries/{id}/comparison")).receive().await
    }
    pub async fn close(&self, id: InquiryId) -> Result<Inquiry> {
        self.0.call(Method::Post, format!("inquiries/{id}/close")).receive().await
    }
    pub async fn clarify(&self, id: InquiryId, new: &NewClarification) -> Result<Clarification> {
        self.0.call(Method::Post, format!("inquiries/{id}/clarifications")).json(new).receive().await
    }
    /// As one of its sides, which only somebody who belongs to both need name.
    pub async fn thread(&self, id: ThreadId, organisation: Option<OrganisationId>) -> Result<ThreadDetail> {
        self.0.call(Method::Get, format!("threads/{id}")).query("organisation", organisation).receive().await
    }
    pub async fn answer(&self, id: ThreadId, version: i32, answers: &Answers) -> Result<Thread> {
        self.0.call(Method::Put, format!("threads/{id}/answers")).if_version(version).json(answers).receive().await
    }
    pub async fn decline(&self, id: ThreadId, version: i32, decline: &Decline) -> Result<Thread> {
        self.0.call(Method::Put, format!("threads/{id}/decline")).if_version(version).json(decline).receive().await
    }
    pub async fn write(&self, id: ThreadId, new: &NewMessage, once: Option<&str>) -> Result<Message> {
        self.0.call(Method::Post, format!("threads/{id}/messages")).once(once).json(new).receive().await
    }
    pub async fn attach(
        &self,
        inquiry: InquiryId,
        thread: Option<ThreadId>,
        organisation: OrganisationId,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Attachment> {
        let path = match thread {
            Some(thread) => format!("threads/{thread}/attachments"),
            None => format!("inquiries/{inquiry}/attachments"),
        };
        let acting = thread.map(|_| organisation);
        let (media_type, form) = form(name, &bytes);
        self.0.call(Method::Post, path).query("organisation", acting).bytes(&media_type, form).receive().await
    }
    pub async fn attachment(&self, id: AttachmentId) -> Result<Vec<u8>> {
        Ok(self.0.call(Method::Get, format!("attachments/{id}")).response().await?.body)
    }
    /// Everything in the thread until that moment is read, as far as the caller's organisation goes: give the
    /// `updated_at` of what was shown.
    pub async fn mark_read(&self, id: ThreadId, organisation: OrganisationId, until: Instant) -> Result<NoBody> {
        let call = self.0.call(Method::Post, format!("threads/{id}/read"));
        call.query("organisation", Some(organisation)).query("until", Some(until)).done().await
    }
}

/// A form with one file (RFC 7578), and its content type.
fn form(name: &str, content: &[u8]) -> (String, Vec<u8>) {
    let found = |boundary: &str| content.windows(boundary.len()).any(|w| w == boundary.as_bytes());
    let mut boundary = String::from("kazi-file");
    while found(&boundary) {
        boundary.push_str("-7f3a");
    }
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.replace('\\', "_").replace('"', "%22");
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), content, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    (format!("multipart/form-data; boundary={boundary}"), body)
}
