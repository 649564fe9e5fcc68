//! Starts the app and says which address shows which page.

use crate::i18n::{self, Lang};
use crate::landing::Landing;
use crate::parts::{self, directory, identity, inquiries, matches, metrics, needs, page, profile, provider, staff};
use crate::session::{Session, pause};
use crate::shell::{Footer, Header, NotFound};
use crate::ui::{ToastRegion, Toasts};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

pub async fn start() {
    let Ok(language) = i18n::start().await else {
        // boot.js says in both languages that the app can't be loaded
        let _ = web_sys::Event::new("kazi-missing").and_then(|event| window().dispatch_event(&event));
        return;
    };
    let [page, wait] = ["kazi-page", "#kazi-wait"].map(|served| document().query_selector(served).ok().flatten());
    // What the server rendered stays until the app can show the same: only the directory is rendered there.
    if page.as_ref().is_some_and(|page| page.child_element_count() > 0) {
        parts::fetch_served(&window().location().pathname().unwrap_or_default()).await;
    }
    // Who types into it goes on in it: it works by itself, and her words would be lost.
    while page.as_ref().is_some_and(is_typed_into) {
        pause(300).await;
    }
    for served in [page, wait].into_iter().flatten() {
        served.remove();
    }
    mount_to_body(move || view! { <App language/> });
}

fn is_typed_into(page: &web_sys::Element) -> bool {
    document().active_element().is_some_and(|at| at.tag_name() == "INPUT" && page.contains(Some(&at)))
}

#[component]
fn App(language: RwSignal<Lang>) -> impl IntoView {
    Session::provide();
    Toasts::provide();
    // Another language builds everything anew, so that no text need be reactive.
    move || {
        language.track();
        view! {
            <Router>
                <Header language/>
                <main id="main" tabindex="-1">
                    <Routes fallback=NotFound>
                        <Route path=path!("/") view=Landing/>
                        <Route path=path!("/providers") view=page(directory::list)/>
                        <Route path=path!("/providers/:slug") view=page(provider::page)/>
                        <Route path=path!("/sign-in") view=page(identity::sign_in)/>
                        <Route path=path!("/sign-up") view=page(identity::sign_up)/>
                        <Route path=path!("/confirm") view=page(identity::confirm)/>
                        <Route path=path!("/forgot") view=page(identity::forgotten)/>
                        <Route path=path!("/reset") view=page(identity::reset)/>
                        <Route path=path!("/organisations/new") view=page(identity::new_organisation)/>
                        <Route path=path!("/organisations/:id/edit") view=page(profile::edit)/>
                        <Route path=path!("/needs") view=page(needs::list)/>
                        <Route path=path!("/needs/new") view=page(needs::create)/>
                        <Route path=path!("/needs/fitting") view=page(needs::fitting)/>
                        <Route path=path!("/needs/:id/read") view=page(needs::read)/>
                        <Route path=path!("/needs/:id") view=page(matches::ranking)/>
                        <Route path=path!("/needs/:id/edit") view=page(needs::edit)/>
                        <Route path=path!("/standard") view=page(metrics::standard)/>
                        <Route path=path!("/figures") view=page(metrics::figures)/>
                        <Route path=path!("/figures/compare") view=page(metrics::compare)/>
                        <Route path=path!("/organisations/:id/rating") view=page(metrics::rating)/>
                        <Route path=path!("/inquiries") view=page(inquiries::inbox)/>
                        <Route path=path!("/inquiries/new") view=page(inquiries::compose)/>
                        <Route path=path!("/inquiries/:id") view=page(inquiries::inquiry)/>
                        <Route path=path!("/inquiries/:id/compare") view=page(inquiries::compare)/>
                        <Route path=path!("/inquiries/:id/threads/:thread") view=page(inquiries::thread)/>
                        <Route path=path!("/providers/:slug/claim") view=page(staff::claim)/>
                        <Route path=path!("/staff") view=page(staff::home)/>
                        <Route path=path!("/staff/claims") view=page(staff::claims)/>
                        <Route path=path!("/staff/imports") view=page(staff::imports)/>
                        <Route path=path!("/staff/imports/:id") view=page(staff::import)/>
                        <Route path=path!("/staff/people") view=page(staff::people)/>
                        <Route path=path!("/invitation") view=page(identity::invitation)/>
                        <Route path=path!("/organisations/:id/settings") view=page(identity::settings)/>
                        <Route path=path!("/staff/duplicates") view=page(staff::duplicates)/>
                        <Route path=path!("/account") view=page(identity::account)/>
                    </Routes>
                </main>
                <Footer/>
                <ToastRegion/>
            </Router>
        }
    }
}
