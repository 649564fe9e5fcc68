//! Letters of the directory: written in the transaction that decides, sent only when it is durable, and not again for a
//! repeated request.

use crate::http::Answer;
use crate::mail::{Letter, Text};
use crate::state::State;
use kazi_core::directory::{Claim, ClaimState, Organisation};
use kazi_core::ids::PersonId;
use kazi_core::problem::Code;
use kazi_store::identity::{self, Account};
use kazi_store::{Db, StoreError};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
pub struct Letters {
    /// Address of the site's front page, without a slash at its end.
    site: String,
    written: Arc<Mutex<Vec<Letter>>>,
}

impl Letters {
    pub fn of(state: &State) -> Self {
        Self { site: state.settings.public_url(), written: Arc::default() }
    }

    /// How the claim was decided, and why.
    pub fn tell_claimant(&self, db: &mut Db, claim: &Claim) -> Answer<()> {
        let Some(account) = account(db, claim.person)? else { return Ok(()) };
        let link = format!("{}/providers/{}", self.site, claim.organisation_slug);
        let reason = claim.reason.as_deref().unwrap_or_default();
        let (name, organisation) = (account.name.as_str(), claim.organisation_name.as_str());
        self.write(
            match claim.state {
                ClaimState::Approved => Text::ClaimApproved { name, organisation, reason, link: &link },
                _ => Text::ClaimRejected { name, organisation, reason, link: &link },
            }
            .to(&account.email, &account.language),
        );
        Ok(())
    }

    /// That the listing is not the person's to keep any more, and why.
    pub fn tell_keeper(&self, db: &mut Db, person: PersonId, organisation: &Organisation, reason: &str) -> Answer<()> {
        let Some(account) = account(db, person)? else { return Ok(()) };
        let link = format!("{}/providers/{}", self.site, organisation.slug);
        let text = Text::Unclaimed { name: &account.name, organisation: &organisation.profile.name, reason, link: &link };
        self.write(text.to(&account.email, &account.language));
        Ok(())
    }

    fn write(&self, letter: Letter) {
        self.written.lock().expect("never poisoned").push(letter);
    }

    /// Once the change is durable.
    pub fn send(&self, state: &State) {
        for letter in self.written.lock().expect("never poisoned").drain(..) {
            state.mailer.send(letter);
        }
    }
}

/// `None` for one whose account was deleted.
fn account(db: &mut Db, person: PersonId) -> Answer<Option<Account>> {
    match identity::account(db, person) {
        Ok(account) => Ok(Some(account)),
        Err(StoreError::Refused(refusal)) if refusal.code == Code::NotFound => Ok(None),
        Err(other) => Err(other.into()),
    }
}
