//! An organisation's own words: Markdown that the server has rendered and sanitised, the same as on its own page. The
//! security policy lets nothing in it act either.

use leptos::prelude::*;

#[component]
pub fn Summary(text: String, html: Option<String>) -> impl IntoView {
    match html {
        Some(html) => view! { <div class="prose" inner_html=html></div> }.into_any(),
        None => view! { <p class="plain-text">{text}</p> }.into_any(),
    }
}
