//! How a letter leaves: by SMTP, or as a file in the outbox folder.

use super::Letter;
use crate::settings::{Settings, private_folder};
use lettre::message::{Mailbox, SinglePart};
use lettre::{Message, SmtpTransport, Transport};
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

pub(super) struct Way {
    from: Mailbox,
    by: By,
}

enum By {
    Smtp(Box<SmtpTransport>),
    Folder(PathBuf),
}

/// Why a letter did not go. Never names the recipient.
#[derive(Debug)]
pub(super) struct Undelivered {
    /// Another try would fail as well.
    pub for_good: bool,
    why: String,
}

impl Undelivered {
    pub fn too_old() -> Self {
        Self { for_good: true, why: "it is too old".into() }
    }
}

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl Way {
    pub fn open(settings: &Settings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let from: Mailbox = settings.mail_from.parse().map_err(|e| format!("the sender of e-mails is not an address: {e}"))?;
        let by = match &settings.smtp_url {
            Some(url) => By::Smtp(Box::new(SmtpTransport::from_url(url)?.timeout(Some(Duration::from_secs(20))).build())),
            None => {
                let folder = settings.place.data_dir.join("outbox");
                private_folder(&folder)?;
                tracing::info!(folder = %folder.display(), "no SMTP is set: e-mails are put into the outbox");
                By::Folder(folder)
            }
        };
        Ok(Self { from, by })
    }

    /// Twice with one id is one letter: the file has the same name, and mail servers know the message by its id.
    pub fn deliver(&self, id: Uuid, to: &str, letter: &Letter) -> Result<(), Undelivered> {
        let message = self.message(id, to, letter).map_err(|e| Undelivered { for_good: true, why: e.to_string() })?;
        match &self.by {
            By::Smtp(smtp) => smtp.send(&message).map(drop).map_err(|e| Undelivered { for_good: false, why: e.to_string() }),
            By::Folder(folder) => {
                let file = folder.join(format!("{id}.eml"));
                write(&file, &message.formatted()).map_err(|e| Undelivered { for_good: false, why: e.to_string() })?;
                tracing::info!(file = %file.display(), "a letter was put into the outbox");
                Ok(())
            }
        }
    }

    fn message(&self, id: Uuid, to: &str, letter: &Letter) -> Result<Message, Box<dyn std::error::Error>> {
        let message_id = format!("<{id}@{}>", self.from.email.domain());
        Ok(Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(&letter.subject)
            .message_id(Some(message_id))
            .singlepart(SinglePart::plain(letter.text.clone()))?)
    }
}

/// For the owner's eyes only, and on the disk before it counts as sent.
fn write(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}
