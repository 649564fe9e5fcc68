//! Starts the app and says which address shows which page.

use crate::account::AccountPage;
use crate::directory::{EditProfile, ProviderList, ProviderPage};
use crate::i18n::{self, Lang};
use crate::identity::{Confirm, Forgotten, NewOrganisationPage, Reset, SignIn, SignUp};
use crate::inquiries::{ComparePage, ComposePage, InboxPage, InquiryPage, ThreadPage};
use crate::landing::Landing;
use crate::matching::{EditNeed, FittingPage, MatchPage, NeedsPage, NewNeedPage, ReadNeedPage};
use crate::session::Session;
use crate::settings::{InvitationPage, SettingsPage};
use crate::shell::{Footer, Header, NotFound};
use crate::staff::{ClaimPage, ClaimsPage, DuplicatesPage, ImportPage, ImportsPage, PeoplePage, StaffPage};
use crate::ui::{ToastRegion, Toasts};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

pub fn start() {
    let language = i18n::start();
    // What the server rendered for this address, and the sign of waiting, have served their time.
    for served in ["kazi-page", "#kazi-wait"] {
        if let Ok(Some(element)) = document().query_selector(served) {
            element.remove();
        }
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
                        <Route path=path!("/providers") view=ProviderList/>
                        <Route path=path!("/providers/:slug") view=ProviderPage/>
                        <Route path=path!("/sign-in") view=SignIn/>
                        <Route path=path!("/sign-up") view=SignUp/>
                        <Route path=path!("/confirm") view=Confirm/>
                        <Route path=path!("/forgot") view=Forgotten/>
                        <Route path=path!("/reset") view=Reset/>
                        <Route path=path!("/organisations/new") view=NewOrganisationPage/>
                        <Route path=path!("/organisations/:id/edit") view=EditProfile/>
                        <Route path=path!("/needs") view=NeedsPage/>
                        <Route path=path!("/needs/new") view=NewNeedPage/>
                        <Route path=path!("/needs/fitting") view=FittingPage/>
                        <Route path=path!("/needs/:id/read") view=ReadNeedPage/>
                        <Route path=path!("/needs/:id") view=MatchPage/>
                        <Route path=path!("/needs/:id/edit") view=EditNeed/>
                        <Route path=path!("/inquiries") view=InboxPage/>
                        <Route path=path!("/inquiries/new") view=ComposePage/>
                        <Route path=path!("/inquiries/:id") view=InquiryPage/>
                        <Route path=path!("/inquiries/:id/compare") view=ComparePage/>
                        <Route path=path!("/inquiries/:id/threads/:thread") view=ThreadPage/>
                        <Route path=path!("/providers/:slug/claim") view=ClaimPage/>
                        <Route path=path!("/staff") view=StaffPage/>
                        <Route path=path!("/staff/claims") view=ClaimsPage/>
                        <Route path=path!("/staff/imports") view=ImportsPage/>
                        <Route path=path!("/staff/imports/:id") view=ImportPage/>
                        <Route path=path!("/staff/people") view=PeoplePage/>
                        <Route path=path!("/invitation") view=InvitationPage/>
                        <Route path=path!("/organisations/:id/settings") view=SettingsPage/>
                        <Route path=path!("/staff/duplicates") view=DuplicatesPage/>
                        <Route path=path!("/account") view=AccountPage/>
                    </Routes>
                </main>
                <Footer/>
                <ToastRegion/>
            </Router>
        }
    }
}
