//! Letters of the directory, put into the outbox in the transaction that decides, so that a repeated request writes none again.

use crate::http::Answer;
use crate::mail::{Letter, Outbox, Text};
use crate::state::State;
use kazi_core::Instant;
use kazi_core::directory::{Claim, ClaimState, Organisation};
use kazi_core::ids::PersonId;
use kazi_core::problem::Code;
use kazi_store::identity::{self, Account};
use kazi_store::{Db, StoreError};

#[derive(Clone)]
pub struct Letters {
    /// Address of the site's front page, without a slash at its end.
    site: String,
    outbox: Outbox,
    at: Instant,
}

impl Letters {
    pub fn of(state: &State, at: Instant) -> Self {
        Self { site: state.settings.public_url(), outbox: state.mailer.outbox(), at }
    }

    /// How the claim was decided, and why.
    pub fn tell_claimant(&self, db: &mut Db, claim: &Claim) -> Answer<()> {
        let Some(account) = account(db, claim.person)? else { return Ok(()) };
        let link = format!("{}/providers/{}", self.site, claim.organisation_slug);
        let reason = claim.reason.as_deref().unwrap_or_default();
        let (name, organisation) = (account.name.as_str(), claim.organisation_name.as_str());
        self.write(
            db,
            &match claim.state {
                ClaimState::Approved => Text::ClaimApproved { name, organisation, reason, link: &link },
                _ => Text::ClaimRejected { name, organisation, reason, link: &link },
            }
            .to(&account.email, &account.language),
        )
    }

    /// That the listing is not the person's to keep any more, and why.
    pub fn tell_keeper(&self, db: &mut Db, person: PersonId, organisation: &Organisation, reason: &str) -> Answer<()> {
        let Some(account) = account(db, person)? else { return Ok(()) };
        let link = format!("{}/providers/{}", self.site, organisation.slug);
        let text = Text::Unclaimed { name: &account.name, organisation: &organisation.profile.name, reason, link: &link };
        self.write(db, &text.to(&account.email, &account.language))
    }

    fn write(&self, db: &mut Db, letter: &Letter) -> Answer<()> {
        Ok(self.outbox.put(db, letter, self.at)?)
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
