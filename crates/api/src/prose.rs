//! What people write as Markdown, as HTML that can do no harm: rendered, then cleaned. One rule for the server's pages and
//! for what the API hands to the app.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_could_act_or_break_the_page_is_left_out() {
        let html =
            markdown("# Hi\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) **bold** <img src=x onerror=alert(1)> <p style=\"a\">");
        assert!(html.contains("<strong>bold</strong>"), "{html}");
        for bad in ["<script", "javascript:", "<img", "onerror", "<h1", "style="] {
            assert!(!html.contains(bad), "{html}");
        }
    }
}
