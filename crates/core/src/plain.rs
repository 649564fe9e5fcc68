//! Names that we put into letters. Whoever chooses one must not be able to write a letter of his own with it.

/// One line without control characters, characters that turn the writing round, or what reads as a link.
pub fn is_plain(name: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !name.contains("://") && !name.chars().any(odd)
}

#[cfg(feature = "validate")]
pub(crate) fn plain(name: &str) -> Result<(), validator::ValidationError> {
    let message = "Must be one line without control characters and without “://”.";
    if is_plain(name) { Ok(()) } else { Err(validator::ValidationError::new("plain").with_message(message.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_no_letter() {
        for name in ["Ada", "Émile Zolá-Ndiaye", "Müller & Söhne: IT/BPO", "Ⅳ 数据 a/b"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["Ada\nYou won", "Ada\r", "see https://evil.example", "a\u{202e}b", "a\0", "a\u{2028}b"] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
