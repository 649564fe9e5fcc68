//! Text to HTML: what people wrote is escaped.

/// For text and for attributes in double quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = comrak::html::escape(&mut out, text);
    out
}

/// The first `most` characters of a text on one line, cut at a word.
pub fn line(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(most) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..text[..end].rfind(' ').unwrap_or(end)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_text() {
        assert_eq!(escaped("\"<b>&"), "&quot;&lt;b&gt;&amp;");
    }
}
