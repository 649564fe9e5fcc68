//! The inquiries room over HTTP: sending, reading and answering, files, and the clock that marks
//! what is overdue.

mod attach;
mod clock;
pub mod demo;
mod files;
mod inquiry;
mod thread;

use crate::settings::Settings;
use files::Files;
use kazi_store::Store;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// What the room keeps, shared by all workers.
#[derive(Clone)]
pub struct Inquiries {
    files: Files,
    _clock: Arc<crate::corridor::clock::Clock>,
}

impl Inquiries {
    pub fn open(store: &Store, settings: &Settings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self { files: Files::open(settings)?, _clock: Arc::new(clock::start(store.clone())) })
    }
}

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(inquiry::create_inquiry)
        .service(inquiry::list_inquiries)
        .service(inquiry::get_inquiry)
        .service(inquiry::list_threads)
        .service(inquiry::compare_answers)
        .service(inquiry::create_clarification)
        .service(inquiry::close_inquiry)
        .service(thread::get_thread)
        .service(thread::mark_thread_read)
        .service(thread::answer_thread)
        .service(thread::decline_thread)
        .service(thread::create_message)
        .service(attach::create_inquiry_attachment)
        .service(attach::create_thread_attachment)
        .service(attach::get_attachment);
}
