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

/// What a file shows of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Content<'a> {
    /// The media type that its first bytes show; absent for text.
    pub media_type: Option<&'a str>,
    /// All of it is UTF-8 without control characters.
    pub text: bool,
    /// Which office document a zip archive is.
    pub document: Option<FileKind>,
}

/// The kind of an upload: its name and its content have to agree.
pub fn kind_of(name: &str, content: Content) -> Result<FileKind, Refusal> {
    let refused = |why: String| Refusal::new(Code::UnsupportedMediaType, why);
    let kind = FileKind::of_name(name)
        .ok_or_else(|| refused("Attach a file whose name ends in .pdf, .png, .jpg, .docx, .xlsx, .odt, .csv or .txt.".into()))?;
    let agrees = match content.media_type {
        None => kind.is_text() && content.text,
        Some(_) if kind.is_archive() => content.document == Some(kind),
        Some(media_type) => !kind.is_text() && media_type == kind.media_type(),
    };
    if agrees { Ok(kind) } else { Err(refused(format!("The content of the file is not what its name says ({kind})."))) }
}

/// How many of the last bytes of a zip archive `document_in` should see: they hold the list of what is in it.
pub const TAIL: usize = 256 * 1024;

/// Which office document a zip archive is, by the mark of its container: OpenDocument says it in its first entry,
/// the others by their main part, which the list at the archive's end names. `None` for any other archive, and for
/// one with macros, which is a document of another kind.
pub fn document_in(head: &[u8], tail: &[u8]) -> Option<FileKind> {
    const OPEN_TEXT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let first = head.get(30..).unwrap_or_default();
    if first.starts_with(OPEN_TEXT) && first[OPEN_TEXT.len()..].starts_with(b"PK") {
        return Some(FileKind::Odt);
    }
    let mut found = None;
    for name in names_in(tail) {
        let main = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| rest.ends_with(".xml"));
        if name.to_ascii_lowercase().ends_with("vbaproject.bin") {
            return None;
        } else if main("word/document") {
            found = Some(FileKind::Docx);
        } else if main("xl/workbook") {
            found = Some(FileKind::Xlsx);
        }
    }
    found
}

/// The names in the central directory of a zip archive, as far as it lies in these last bytes.
fn names_in(tail: &[u8]) -> impl Iterator<Item = &str> {
    const HEADER: usize = 46;
    tail.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").filter_map(|(at, _)| {
        let length = usize::from(u16::from_le_bytes(tail.get(at + 28..at + 30)?.try_into().ok()?));
        std::str::from_utf8(tail.get(at + HEADER..at + HEADER + length)?).ok()
    })
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
        let shows = |media_type, text| Content { media_type, text, document: None };
        assert_eq!(kind_of("Offer.PDF", shows(Some("application/pdf"), false)), Ok(FileKind::Pdf));
        assert_eq!(kind_of("prices.csv", shows(None, true)), Ok(FileKind::Csv));
        let sheet = Content { document: Some(FileKind::Xlsx), ..shows(Some("application/zip"), false) };
        assert_eq!(kind_of("prices.xlsx", sheet), Ok(FileKind::Xlsx));
        assert!(kind_of("letter.docx", sheet).is_err());
        for (name, found, text) in [
            ("page.html", None, true),
            ("photo.png", Some("application/pdf"), false),
            ("notes.txt", Some("application/pdf"), false),
            ("notes.txt", None, false),
            ("report.pdf", Some("application/zip"), false),
            ("report.docx", Some("application/zip"), false),
            ("report.odt", Some("application/vnd.oasis.opendocument.text"), false),
            ("report.pdf", None, true),
            ("noending", None, true),
        ] {
            assert_eq!(kind_of(name, shows(found, text)).unwrap_err().code, Code::UnsupportedMediaType, "{name}");
        }
    }

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        for name in names {
            let mut header = [0; 46];
            header[..4].copy_from_slice(b"PK\x01\x02");
            header[28] = name.len() as u8;
            bytes.extend(header);
            bytes.extend(name.as_bytes());
        }
        bytes
    }

    #[test]
    fn a_document_bears_the_mark_of_its_container() {
        let kind = |names: &[&str]| document_in(&archive(names), &archive(names));
        assert_eq!(kind(&["[Content_Types].xml", "word/document.xml"]), Some(FileKind::Docx));
        assert_eq!(kind(&["xl/workbook.xml", "xl/worksheets/sheet1.xml"]), Some(FileKind::Xlsx));
        assert_eq!(kind(&["word/document.xml", "word/vbaProject.bin"]), None, "a document with macros");
        assert_eq!(kind(&["run.exe", "readme/word/document.xml"]), None);
        assert_eq!(document_in(b"word/document.xml", b""), None);
        let mut text = b"PK\x03\x04".to_vec();
        text.resize(30, 0);
        text.extend(b"mimetypeapplication/vnd.oasis.opendocument.text");
        assert_eq!(document_in(&text, &[]), None);
        text.extend(b"PK");
        assert_eq!(document_in(&text, &[]), Some(FileKind::Odt));
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
