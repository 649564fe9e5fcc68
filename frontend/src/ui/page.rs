//! A page's frame: its title (in the tab, as the one h1, and said to a screen reader), breadcrumbs.

use crate::i18n::{k, t, tf};
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;

thread_local! { static FIRST: Cell<bool> = const { Cell::new(true) } }

/// The page begins anew in the visitor's eyes (another language): the focus stays where it was.
pub fn keep_focus_once() {
    FIRST.set(true);
}

#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// A line under the title.
    #[prop(optional, into)]
    lead: Option<String>,
    /// (address, name) of the pages above.
    #[prop(optional)]
    above: Vec<(String, String)>,
    /// Buttons beside the title.
    #[prop(optional)]
    actions: Option<AnyView>,
    #[prop(optional)] wide: bool,
    /// The title is the page's opening.
    #[prop(optional)]
    hero: bool,
    children: Children,
) -> impl IntoView {
    document().set_title(&tf(k::ui::PAGE_TITLE, &[("title", &title)]));
    let heading = NodeRef::<html::H1>::new();
    // On the first page the browser has put the focus where it belongs.
    if !FIRST.replace(false) {
        heading.on_load(|heading| {
            request_animation_frame(move || {
                let _ = heading.focus();
                window().scroll_to_with_x_and_y(0.0, 0.0);
            });
        });
    }
    let crumbs = (!above.is_empty()).then(|| {
        let links = above.into_iter().map(|(href, name)| view! { <li><a href=href>{name}</a></li> }).collect_view();
        view! { <nav class="crumbs" aria-label=t(k::ui::BREADCRUMBS)><ol>{links}</ol></nav> }
    });
    view! {
        <div class="page" class:wide=wide class:hero=hero>
            {crumbs}
            <div class="page-head">
                <div><h1 node_ref=heading tabindex="-1">{title}</h1>{lead.map(|lead| view! { <p class="lead">{lead}</p> })}</div>
                {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
            </div>
            {children()}
        </div>
    }
}
