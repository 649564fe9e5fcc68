//! Where attached files are kept: a folder, or S3. Names there are ids; what a file is called and who
//! may read it is in the database. A file whose row never came to be is removed.

use crate::http::{Answer, Fail};
use crate::settings::Settings;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};
use kazi_core::ids::AttachmentId;
use kazi_core::inquiries::{Content, FileKind, MOST_BYTES, TAIL, document_in, kind_of};
use kazi_core::problem::Code;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// How much of a file is looked at to see what it is.
const HEAD: usize = 8192;
/// Parts written at the same time.
const PARTS: usize = 4;

#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

/// What was kept.
pub struct Kept {
    pub kind: FileKind,
    pub bytes: i64,
    pub sha256: String,
}

impl Files {
    pub fn open(settings: &Settings) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let store: Arc<dyn ObjectStore> = match &settings.attachments_url {
            Some(url) => {
                let prefix = url.strip_prefix("s3://").and_then(|rest| rest.split_once('/')).map_or("", |(_, prefix)| prefix);
                let bucket = AmazonS3Builder::from_env().with_url(url).build()?;
                Arc::new(PrefixStore::new(bucket, Path::from(prefix)))
            }
            None => {
                let folder = settings.place.data_dir.join("attachments");
                std::fs::create_dir_all(&folder)?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
            }
        };
        Ok(Self { store })
    }

    fn path(id: AttachmentId) -> Path {
        let text = id.to_string();
        // The last characters are random, so that folders stay small.
        Path::from_iter([&text[text.len() - 2..], &text])
    }

    /// Writes the file as it comes. Too long, of another kind than its name says or broken off: nothing stays.
    pub async fn keep<E: std::fmt::Display>(
        &self,
        id: AttachmentId,
        name: &str,
        content: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Answer<Kept> {
        let upload = self.store.put_multipart(&Self::path(id)).await.map_err(Fail::inside)?;
        let mut upload = WriteMultipart::new(upload);
        match receive(&mut upload, name, content).await {
            Ok(kept) => {
                upload.finish().await.map_err(Fail::inside)?;
                Ok(kept)
            }
            Err(fail) => {
                if let Err(error) = upload.abort().await {
                    tracing::warn!(%error, attachment = %id, "an upload that was refused could not be removed");
                }
                Err(fail)
            }
        }
    }

    pub async fn remove(&self, id: AttachmentId) {
        if let Err(error) = self.store.delete(&Self::path(id)).await {
            tracing::warn!(%error, attachment = %id, "a file without a row could not be removed");
        }
    }

    /// The content, as it comes.
    pub async fn read(&self, id: AttachmentId) -> Answer<impl Stream<Item = object_store::Result<Bytes>> + use<>> {
        Ok(self.store.get(&Self::path(id)).await.map_err(Fail::inside)?.into_stream())
    }
}

async fn receive<E: std::fmt::Display>(
    upload: &mut WriteMultipart,
    name: &str,
    mut content: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Answer<Kept> {
    let (mut hash, mut bytes, mut head, mut tail, mut text) = (Sha256::new(), 0u64, Vec::new(), Vec::new(), Text::default());
    while let Some(chunk) = content.next().await {
        let chunk = chunk.map_err(|e| Fail::new(Code::MalformedBody, format!("The upload broke off: {e}.")))?;
        bytes += chunk.len() as u64;
        if bytes > MOST_BYTES {
            return Err(Fail::new(Code::TooLarge, format!("An attachment has at most {} MB.", MOST_BYTES / 1024 / 1024)));
        }
        head.extend_from_slice(&chunk[..chunk.len().min(HEAD - head.len())]);
        tail.extend_from_slice(&chunk);
        tail.drain(..tail.len().saturating_sub(TAIL));
        text.take(&chunk);
        hash.update(&chunk);
        upload.wait_for_capacity(PARTS).await.map_err(Fail::inside)?;
        upload.put(chunk);
    }
    if bytes == 0 {
        return Err(Fail::new(Code::MalformedBody, "The file is empty."));
    }
    let media_type = infer::get(&head).map(|t| t.mime_type());
    let kind = kind_of(name, Content { media_type, text: text.is_text(), document: document_in(&head, &tail) })?;
    Ok(Kept { kind, bytes: bytes as i64, sha256: crate::http::hex(&hash.finalize()) })
}

/// Whether all that came is UTF-8 without control characters; a character may be cut between chunks.
#[derive(Default)]
struct Text {
    cut: Vec<u8>,
    broken: bool,
}

impl Text {
    fn take(&mut self, chunk: &[u8]) {
        if self.broken {
            return;
        }
        let joined = [self.cut.as_slice(), chunk].concat();
        let whole = match std::str::from_utf8(&joined) {
            Ok(_) => joined.len(),
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            Err(_) => {
                self.broken = true;
                return;
            }
        };
        let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
        self.broken = joined[..whole].iter().any(control);
        self.cut = joined[whole..].to_vec();
    }
    fn is_text(&self) -> bool {
        !self.broken && self.cut.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn text_may_be_cut_anywhere_and_nothing_else_passes() {
        let whole = "näive, 東京\r\n".as_bytes();
        for cut in 0..whole.len() {
            let mut text = Text::default();
            text.take(&whole[..cut]);
            text.take(&whole[cut..]);
            assert!(text.is_text(), "cut at {cut}");
        }
        for not in [&b"a\0b"[..], &[0xff, 0xfe, b'a'], &"é".as_bytes()[..1]] {
            let mut text = Text::default();
            text.take(not);
            assert!(!text.is_text(), "{not:?}");
        }
    }
}
