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
/// A need that was not yet sent.
pub const NEED_DRAFT: &str = "kazi.need";

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
            let mut refreshed = if stored(KNOWN).is_some() { refresh().await } else { Refreshed::Ended };
            let mut wait = Wait::default();
            while refreshed == Refreshed::Unsure {
                wait.next().await;
                refreshed = refresh().await;
            }
            match refreshed {
                Refreshed::Held => this.load().await,
                _ => this.visitor.set(Visitor::Nobody),
            }
        });
        this
    }

    /// Reads the account anew: after signing in, or when memberships have changed. Only the server's word that there is no
    /// session signs out; while it does not answer, a person who is known stays so, and others are asked for again.
    pub async fn load(self) {
        let mut wait = Wait::default();
        loop {
            match kazi().me().read().await {
                Ok(account) => {
                    store(KNOWN, "yes");
                    return self.visitor.set(Visitor::Person(Box::new(account)));
                }
                Err(error) if has_no_session(&error) => return self.visitor.set(Visitor::Nobody),
                Err(_) if self.visitor.with_untracked(|v| matches!(v, Visitor::Person(_))) => return,
                Err(_) => wait.next().await,
            }
        }
    }
    /// Signed out: nothing private stays in this browser.
    pub fn ended(self) {
        keep_token(None);
        [KNOWN, ACTING, NEED_DRAFT].into_iter().for_each(forget);
        self.acting.set(None);
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

/// The server says that nobody is signed in.
pub fn has_no_session(error: &kazi_client::Error) -> bool {
    error.problem().is_some_and(|problem| problem.status == 401)
}

pub fn session() -> Session {
    expect_context()
}
