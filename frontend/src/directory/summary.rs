//! An organisation's own words: paragraphs, lists and bold of Markdown as elements of the page. Nothing in it
//! can be markup of ours; a Markdown library would cost more than the whole page.

use leptos::prelude::*;

#[component]
pub fn Summary(text: String) -> impl IntoView {
    let blocks = text.replace("\r\n", "\n");
    let blocks: Vec<_> = blocks.split("\n\n").map(str::trim).filter(|b| !b.is_empty()).map(block).collect();
    view! { <div class="prose">{blocks}</div> }
}

fn block(text: &str) -> AnyView {
    let item = |line: &str| line.trim().strip_prefix("- ").or(line.trim().strip_prefix("* ")).map(str::to_owned);
    let lines: Vec<&str> = text.lines().collect();
    if lines.iter().all(|l| item(l).is_some()) {
        let items = lines.iter().filter_map(|l| item(l)).map(|l| view! { <li>{inline(&l)}</li> }).collect_view();
        return view! { <ul>{items}</ul> }.into_any();
    }
    if let Some(heading) = text.strip_prefix('#') {
        return view! { <p><strong>{heading.trim_start_matches('#').trim().to_owned()}</strong></p> }.into_any();
    }
    view! { <p>{inline(&lines.join(" "))}</p> }.into_any()
}

/// Every second part between double stars is bold.
fn inline(text: &str) -> AnyView {
    let parts = text.split("**").enumerate().map(|(at, part)| {
        let part = part.to_owned();
        if at % 2 == 1 { view! { <strong>{part}</strong> }.into_any() } else { view! { <span>{part}</span> }.into_any() }
    });
    parts.collect_view().into_any()
}
