//! What a file must be to be attached: how large, of which kind, under which name. Not where it is kept.

use crate::Instant;
use crate::ids::{AttachmentId, InquiryId, OrganisationId, ThreadId};
use crate::problem::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// The most bytes of one attachment: 20 MB.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// The most attachments of one inquiry or one thread.
pub const MOST_ATTACHMENTS: i64 = 50;

crate::codes::code_list! {
    /// The kinds of file that may be attached.
    pub enum FileKind: "a kind of file: pdf, png, jpeg, docx, xlsx, odt, csv or txt" {
        Pdf = "pdf", Png = "png", Jpeg = "jpeg", Docx = "docx", Xlsx = "xlsx", Odt = "odt", Csv = "csv", Txt = "txt",
    }
}

impl FileKind {
    /// As which the file is served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }

    /// What the file's name says that it is.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "jpg" => Some(Self::Jpeg),
            other => other.parse().ok(),
        }
    }
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::Txt)
    }
    /// Office documents are zip archives.
    pub const fn is_archive(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Odt)
    }
}

/// The kind of an upload: its name and its content have to agree. `found` is the media type that
/// the content shows (absent for text), `text` whether all of it is UTF-8 without control characters.
pub fn kind_of(name: &str, found: Option<&str>, text: bool) -> Result<FileKind, Refusal> {
    let refused = |why: String| Refusal::new(Code::UnsupportedMediaType, why);
    let kind = FileKind::of_name(name)
        .ok_or_else(|| refused("Attach a file whose name ends in .pdf, .png, .jpg, .docx, .xlsx, .odt, .csv or .txt.".into()))?;
    let agrees = match found {
        None => kind.is_text() && text,
        Some("application/zip") => kind.is_archive(),
        Some(media_type) => !kind.is_text() && media_type == kind.media_type(),
    };
    if agrees { Ok(kind) } else { Err(refused(format!("The content of the file is not what its name says ({kind})."))) }
}

/// A file name that is safe to show and to save under: the last part of a path, without control
/// characters, quotes or characters that turn the writing direction, at most 150 characters.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden =
        |c: &char| !c.is_control() && !matches!(c, '"' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(hidden).collect();
    let clean = clean.trim().trim_start_matches('.');
    let surplus = clean.chars().count().saturating_sub(150);
    clean.chars().skip(surplus).collect()
}

/// A file of an inquiry (for all its participants) or of one thread (for its two sides).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    pub id: AttachmentId,
    pub inquiry: InquiryId,
    /// Absent: it belongs to the inquiry and every participant may read it.
    pub thread: Option<ThreadId>,
    /// Who attached it.
    pub organisation: OrganisationId,
    pub name: String,
    pub kind: FileKind,
    pub bytes: i64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    pub created_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_content_have_to_agree() {
        assert_eq!(kind_of("Offer.PDF", Some("application/pdf"), false), Ok(FileKind::Pdf));
        assert_eq!(kind_of("prices.xlsx", Some("application/zip"), false), Ok(FileKind::Xlsx));
        assert_eq!(kind_of("prices.csv", None, true), Ok(FileKind::Csv));
        for (name, found, text) in [
            ("page.html", None, true),
            ("photo.png", Some("application/pdf"), false),
            ("notes.txt", Some("application/pdf"), false),
            ("notes.txt", None, false),
            ("report.pdf", Some("application/zip"), false),
            ("report.pdf", None, true),
            ("noending", None, true),
        ] {
            assert_eq!(kind_of(name, found, text).unwrap_err().code, Code::UnsupportedMediaType, "{name}");
        }
    }

    #[test]
    fn names_lose_what_misleads() {
        assert_eq!(safe_name("../../etc/passwd.txt"), "passwd.txt");
        assert_eq!(safe_name("C:\\files\\a\"b\r\n.csv"), "ab.csv");
        assert_eq!(safe_name("\u{202e}fdp.exe.txt"), "fdp.exe.txt");
        assert_eq!(safe_name(&format!("{}.pdf", "x".repeat(400))).chars().count(), 150);
        assert!(safe_name(&format!("{}.pdf", "x".repeat(400))).ends_with(".pdf"));
    }
}
