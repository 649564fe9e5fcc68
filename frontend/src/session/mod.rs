//! Who is signed in. The access token lives in this module's memory only; the refresh token is a cookie that
//! no script can read. What is remembered between visits (theme, language, acting organisation) is no secret.

mod guard;
mod storage;
mod transport;

pub use guard::SignedIn;
pub use storage::*;
pub use transport::*;

use kazi_client::Kazi;
use kazi_core::identity::{MemberRole, Membership, MyAccount};
use kazi_core::ids::OrganisationId;
use leptos::prelude::*;

const ACTING: &str = "kazi.acting";
/// Somebody has signed in with this browser.
const KNOWN: &str = "kazi.known";

/// The API as this visitor.
pub fn kazi() -> Kazi<SessionFetch> {
    Kazi::over(SessionFetch)
}

/// Whom the page knows.
#[derive(Debug, Clone, PartialEq)]
pub enum Visitor {
    /// Not asked yet.
    Unknown,
    Nobody,
    Person(Box<MyAccount>),
}

#[derive(Clone, Copy)]
pub struct Session {
    pub visitor: RwSignal<Visitor>,
    acting: RwSignal<Option<OrganisationId>>,
}

impl Session {
    /// Asks the server whether the cookie still holds a session.
    pub fn provide() -> Self {
        let acting = stored(ACTING).and_then(|id| id.parse().ok());
        let this = Self { visitor: RwSignal::new(Visitor::Unknown), acting: RwSignal::new(acting) };
        provide_context(this);
        leptos::task::spawn_local(async move {
            // Who never signed in here has no session to ask for.
            match stored(KNOWN).is_some() && refresh().await {
                true => this.load().await,
                false => this.visitor.set(Visitor::Nobody),
            }
        });
        this
    }

    /// Reads the account anew: after signing in, or when memberships have changed.
    pub async fn load(self) {
        self.visitor.set(match kazi().me().read().await {
            Ok(account) => {
                store(KNOWN, "yes");
                Visitor::Person(Box::new(account))
            }
            Err(_) => Visitor::Nobody,
        });
    }
    pub fn ended(self) {
        keep_token(None);
        forget(KNOWN);
        self.visitor.set(Visitor::Nobody);
    }

    pub fn person(self) -> Option<MyAccount> {
        self.visitor.with(|v| match v {
            Visitor::Person(account) => Some((**account).clone()),
            _ => None,
        })
    }
    /// The organisation that the person acts for: the remembered one, else the first.
    pub fn acting(self) -> Option<Membership> {
        let chosen = self.acting.get();
        let all = self.person()?.memberships;
        all.iter().find(|m| Some(m.organisation) == chosen).or(all.first()).cloned()
    }
    pub fn acting_id(self) -> Option<OrganisationId> {
        self.acting().map(|m| m.organisation)
    }
    pub fn act_for(self, organisation: OrganisationId) {
        store(ACTING, &organisation.to_string());
        self.acting.set(Some(organisation));
    }
    /// May change what that organisation says.
    pub fn may_edit(self, organisation: OrganisationId) -> bool {
        let role = self.person().and_then(|p| p.memberships.into_iter().find(|m| m.organisation == organisation).map(|m| m.role));
        matches!(role, Some(MemberRole::Owner | MemberRole::Editor))
    }
}

pub fn session() -> Session {
    expect_context()
}
