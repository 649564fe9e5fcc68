//! Sends e-mails off the request's way: one thread, a bounded queue, a few attempts each. Without SMTP they go to
//! DATA_DIR/outbox as .eml files. What the letters say is in `texts`; who gets one is the rooms' affair.

mod texts;

pub use texts::{Letter, Text};

use crate::settings::Settings;
use lettre::message::{Mailbox, SinglePart};
use lettre::{FileTransport, Message, SmtpTransport, Transport};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// Letters that wait at most; a flood beyond is dropped and logged.
const QUEUE: usize = 10_000;
const ATTEMPTS: u32 = 4;

/// Takes letters; clones share one thread, which ends, its queue done, with the last of them.
#[derive(Clone)]
pub struct Mailer {
    shared: Arc<Shared>,
}

struct Shared {
    queue: Option<SyncSender<Letter>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

enum Way {
    Smtp(SmtpTransport),
    Outbox(PathBuf, FileTransport),
}

impl Mailer {
    pub fn open(settings: &Settings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let from: Mailbox = settings.mail_from.parse().map_err(|e| format!("the sender of e-mails is not an address: {e}"))?;
        let way = match &settings.smtp_url {
            Some(url) => Way::Smtp(SmtpTransport::from_url(url)?.timeout(Some(Duration::from_secs(20))).build()),
            None => {
                let folder = settings.place.data_dir.join("outbox");
                std::fs::create_dir_all(&folder)?;
                tracing::info!(folder = %folder.display(), "no SMTP is set: e-mails are put into the outbox");
                Way::Outbox(folder.clone(), FileTransport::new(folder))
            }
        };
        let (queue, letters) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("kazi-mail".into()).spawn(move || work(&letters, &way, &from))?;
        Ok(Self { shared: Arc::new(Shared { queue: Some(queue), thread: Some(thread) }) })
    }

    /// Puts a letter into the queue and comes back at once.
    pub fn send(&self, letter: Letter) {
        if let Some(queue) = &self.shared.queue
            && queue.try_send(letter).is_err()
        {
            tracing::error!("the mail queue is full; a letter was dropped");
        }
    }
}

fn work(letters: &Receiver<Letter>, way: &Way, from: &Mailbox) {
    while let Ok(letter) = letters.recv() {
        let message = match message(&letter, from) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a letter could not be written");
                continue;
            }
        };
        for attempt in 1..=ATTEMPTS {
            match deliver(way, &message) {
                Ok(()) => break,
                Err(error) if attempt == ATTEMPTS => tracing::error!(%error, "a letter was given up"),
                Err(error) => {
                    tracing::warn!(%error, attempt, "a letter did not go out; trying again");
                    std::thread::sleep(Duration::from_secs(2u64.pow(attempt)));
                }
            }
        }
    }
}

fn message(letter: &Letter, from: &Mailbox) -> Result<Message, Box<dyn std::error::Error>> {
    let to = Mailbox::new(None, letter.to.parse()?);
    Ok(Message::builder().from(from.clone()).to(to).subject(&letter.subject).singlepart(SinglePart::plain(letter.text.clone()))?)
}

fn deliver(way: &Way, message: &Message) -> Result<(), String> {
    match way {
        Way::Smtp(smtp) => smtp.send(message).map(drop).map_err(|e| e.to_string()),
        Way::Outbox(folder, files) => {
            let id = files.send(message).map_err(|e| e.to_string())?;
            tracing::info!(file = %folder.join(format!("{id}.eml")).display(), "a letter was put into the outbox");
            Ok(())
        }
    }
}
