//! The app in parts: a room's pages are fetched when the first of them is opened, so that a first visit is
//! small. `cargo xtask` cuts the release build along the functions made here (feature `parts`); a build
//! without the feature is one piece and behaves alike. The landing page and the frame are in the first part.

use crate::ui::{ErrorState, Loading, Page};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::future::Future;
use std::pin::Pin;

/// A function of a part: fetches the part, then does it.
macro_rules! in_part {
    ($part:ident: $name:ident -> $answer:ty $body:block) => {
        #[cfg(feature = "parts")]
        #[leptos::wasm_split::wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
        pub fn $name() -> Result<$answer, SplitLoaderError> $body

        #[cfg(not(feature = "parts"))]
        pub async fn $name() -> Result<$answer, SplitLoaderError> $body
    };
}
pub(crate) use in_part;

/// `part!(staff: claims => ClaimsPage)` makes `staff::claims`, which fetches that page.
macro_rules! part {
    ($part:ident: $($name:ident => $page:path),+ $(,)?) => {
        pub mod $part {
            $(
                pub fn $name() -> super::Fetching {
                    Box::pin(fetched::$name())
                }
            )+
            mod fetched {
                use leptos::prelude::*;
                use leptos::wasm_split::SplitLoaderError;
                $(
                    in_part! { $part: $name -> AnyView { Ok($page().into_any()) } }
                )+
            }
        }
    };
}

part!(identity:
    sign_in => crate::identity::SignIn,
    sign_up => crate::identity::SignUp,
    confirm => crate::identity::Confirm,
    forgotten => crate::identity::Forgotten,
    reset => crate::identity::Reset,
    new_organisation => crate::identity::NewOrganisationPage,
    account => crate::account::AccountPage,
    settings => crate::settings::SettingsPage,
    invitation => crate::settings::InvitationPage,
);

part!(directory:
    list => crate::directory::ProviderList,
);

part!(provider:
    page => crate::directory::ProviderPage,
);

part!(profile:
    edit => crate::directory::EditProfile,
);

part!(needs:
    list => crate::matching::NeedsPage,
    create => crate::matching::NewNeedPage,
    edit => crate::matching::EditNeed,
    read => crate::matching::ReadNeedPage,
    fitting => crate::matching::FittingPage,
);

part!(matches:
    ranking => crate::matching::MatchPage,
);

part!(inquiries:
    inbox => crate::inquiries::InboxPage,
    compose => crate::inquiries::ComposePage,
    inquiry => crate::inquiries::InquiryPage,
    compare => crate::inquiries::ComparePage,
    thread => crate::inquiries::ThreadPage,
);

part!(metrics:
    figures => crate::metrics::FiguresPage,
    compare => crate::metrics::ComparisonPage,
    rating => crate::rating::RatingPage,
    standard => crate::standard::StandardPage,
);

part!(staff:
    home => crate::staff::StaffPage,
    claim => crate::staff::ClaimPage,
    claims => crate::staff::ClaimsPage,
    imports => crate::staff::ImportsPage,
    import => crate::staff::ImportPage,
    people => crate::staff::PeoplePage,
    duplicates => crate::staff::DuplicatesPage,
);

mod early {
    use leptos::wasm_split::SplitLoaderError;
    in_part! { directory: directory -> () { Ok(()) } }
    in_part! { provider: provider -> () { Ok(()) } }
}

/// Fetches the part of a page that the server renders too, before the page is opened.
pub async fn fetch_served(path: &str) {
    // a failure shows when the page is opened
    let _ = match path.trim_end_matches('/') {
        "/providers" => early::directory().await,
        _ => early::provider().await,
    };
}

type Fetched = Result<AnyView, SplitLoaderError>;
pub type Fetching = Pin<Box<dyn Future<Output = Fetched>>>;

/// A route's view. Boxed and of one type for all routes, as the router is compiled anew for each type.
pub fn page(fetch: fn() -> Fetching) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    move || open(fetch).into_any()
}

/// What the part's page shows; until then that it is awaited, or that it could not be fetched and a way to try again.
fn open(fetch: fn() -> Fetching) -> impl IntoView {
    let arrived = ArcTrigger::new();
    let page = StoredValue::new_local(None::<Fetched>);
    let owner = Owner::current().unwrap_or_default();
    let ask = {
        let arrived = arrived.clone();
        move || {
            let arrived = arrived.clone();
            // the page's signals belong to the route, although they are made later
            let fetching = owner.with(|| ScopedFuture::new_untracked(fetch()));
            spawn_local(async move {
                let fetched = fetching.await;
                // none when the visitor has gone on to another page
                if page.try_set_value(Some(fetched)).is_none() {
                    arrived.notify();
                }
            });
        }
    };
    ask();
    move || {
        arrived.track();
        match page.try_update_value(Option::take).flatten() {
            None => view! { <Loading/> }.into_any(),
            Some(Ok(page)) => page,
            Some(Err(_)) => missing(ask.clone()).into_any(),
        }
    }
}

fn missing(ask: impl Fn() + 'static) -> impl IntoView {
    let error = kazi_client::Error::Network(kazi_client::Network(String::new()));
    let ask = StoredValue::new_local(ask);
    let again = Callback::new(move |()| {
        // with the line there, the parts are of a version that the server no longer has
        if window().navigator().on_line() {
            let _ = window().location().reload();
        } else {
            ask.with_value(|ask| ask());
        }
    });
    view! { <Page title=crate::i18n::t(crate::i18n::k::ui::NO_NETWORK)><ErrorState error retry=again/></Page> }
}
