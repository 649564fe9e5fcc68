//! Text to HTML: what people wrote is escaped, Markdown is rendered and then cleaned.

/// For text and for attributes in double quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = comrak::html::escape(&mut out, text);
    out
}

/// Markdown without raw HTML, pictures or headings that would break the page's outline.
pub fn markdown(text: &str) -> String {
    let html = comrak::markdown_to_html(text, &comrak::Options::default());
    ammonia::Builder::default()
        .rm_tags(["h1", "h2", "img", "table", "thead", "tbody", "tr", "td", "th"])
        .url_schemes(["https", "http", "mailto"].into())
        .link_rel(Some("nofollow noopener noreferrer"))
        .clean(&html)
        .to_string()
}

/// A code as words: `data_annotation` is "data annotation".
pub fn words(code: &str) -> String {
    code.replace('_', " ")
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
        let html = markdown("# Hi\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) **bold** <img src=x onerror=alert(1)>");
        assert!(html.contains("<strong>bold</strong>"), "{html}");
        for bad in ["<script", "javascript:", "<img", "onerror", "<h1"] {
            assert!(!html.contains(bad), "{html}");
        }
    }
}
