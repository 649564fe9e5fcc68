//! Starts the app and says which address shows which page.

use crate::i18n::{self, Lang};
use crate::landing::Landing;
use crate::parts::{self, directory, identity, inquiries, matching, profile, staff};
use crate::session::Session;
use crate::shell::{Footer, Header, NotFound};
use crate::ui::{ToastRegion, Toasts};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

pub async fn start() {
    let language = i18n::start();
    let [page, wait] = ["kazi-page", "#kazi-wait"].map(|served| document().query_selector(served).ok().flatten());
    // What the server rendered stays until the app can show the same: only the directory is rendered there.
    if page.as_ref().is_some_and(|page| page.child_element_count() > 0) {
        parts::fetch_directory().await;
    }
    for served in [page, wait].into_iter().flatten() {
        served.remove();
    }
    mount_to_body(move || view! { <App language/> });
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
                        <Route path=path!("/providers") view=directory::list/>
                        <Route path=path!("/providers/:slug") view=directory::provider/>
                        <Route path=path!("/sign-in") view=identity::sign_in/>
                        <Route path=path!("/sign-up") view=identity::sign_up/>
                        <Route path=path!("/confirm") view=identity::confirm/>
                        <Route path=path!("/forgot") view=identity::forgotten/>
                        <Route path=path!("/reset") view=identity::reset/>
                        <Route path=path!("/organisations/new") view=identity::new_organisation/>
                        <Route path=path!("/organisations/:id/edit") view=profile::edit/>
                        <Route path=path!("/needs") view=matching::needs/>
                        <Route path=path!("/needs/new") view=matching::new_need/>
                        <Route path=path!("/needs/fitting") view=matching::fitting/>
                        <Route path=path!("/needs/:id/read") view=matching::read_need/>
                        <Route path=path!("/needs/:id") view=matching::matches/>
                        <Route path=path!("/needs/:id/edit") view=matching::edit_need/>
                        <Route path=path!("/inquiries") view=inquiries::inbox/>
                        <Route path=path!("/inquiries/new") view=inquiries::compose/>
                        <Route path=path!("/inquiries/:id") view=inquiries::inquiry/>
                        <Route path=path!("/inquiries/:id/compare") view=inquiries::compare/>
                        <Route path=path!("/inquiries/:id/threads/:thread") view=inquiries::thread/>
                        <Route path=path!("/providers/:slug/claim") view=staff::claim/>
                        <Route path=path!("/staff") view=staff::home/>
                        <Route path=path!("/staff/claims") view=staff::claims/>
                        <Route path=path!("/staff/imports") view=staff::imports/>
                        <Route path=path!("/staff/imports/:id") view=staff::import/>
                        <Route path=path!("/staff/people") view=staff::people/>
                        <Route path=path!("/invitation") view=identity::invitation/>
                        <Route path=path!("/organisations/:id/settings") view=identity::settings/>
                        <Route path=path!("/staff/duplicates") view=staff::duplicates/>
                        <Route path=path!("/account") view=identity::account/>
                    </Routes>
                </main>
                <Footer/>
                <ToastRegion/>
            </Router>
        }
    }
}
