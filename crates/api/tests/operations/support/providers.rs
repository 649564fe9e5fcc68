//! Organisations for tests, listed as a bulk load lists them, and waiting for what follows the log.

use super::Kazi;
use kazi_core::directory::{EvidenceGrade, Profile, Provenance, SaidBy, after_edit};
use kazi_core::ids::OrganisationId;
use kazi_store::StoreError;
use kazi_store::directory::{self, NewListing};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

impl Kazi {
    /// A claimed organisation with that profile (`kinds` decides what it is).
    pub async fn organisation(&self, profile: Value) -> OrganisationId {
        self.listing(profile, true).await
    }

    /// The same without anybody who keeps it.
    pub async fn unclaimed(&self, profile: Value) -> OrganisationId {
        self.listing(profile, false).await
    }

    async fn listing(&self, profile: Value, claimed: bool) -> OrganisationId {
        let profile: Profile = serde_json::from_value(profile).expect("a profile");
        let at = self.state.now();
        let by = Provenance { by: SaidBy::Itself, at, source: None, grade: EvidenceGrade::SelfDeclared };
        let provenance = after_edit(&Profile::default(), &profile, &BTreeMap::new(), &by);
        let id: OrganisationId = kazi_api::state::new_id();
        let listing = NewListing { id, profile, provenance, claimed, fictional: false, source_key: None };
        self.state.store.write(move |db| directory::create(db, at, None, &listing)).await.expect("an organisation");
        id
    }

    /// A claimed provider with one offer of data annotation.
    pub async fn provider(&self, name: &str, offer: Value) -> OrganisationId {
        self.organisation(provider(name, offer)).await
    }

    pub async fn buyer(&self, name: &str) -> OrganisationId {
        self.organisation(json!({ "name": name, "kinds": ["buyer"], "country": "DE" })).await
    }

    /// States another profile for it.
    pub async fn restate(&self, id: OrganisationId, profile: Value) {
        let profile: Profile = serde_json::from_value(profile).expect("a profile");
        let at = self.state.now();
        let by = Provenance { by: SaidBy::Itself, at, source: None, grade: EvidenceGrade::SelfDeclared };
        let edit = move |db: &mut kazi_store::Db| {
            let before = directory::get(db, id)?;
            let provenance = after_edit(&before.profile, &profile, &before.provenance, &by);
            directory::update(db, at, None, &before, &profile, &provenance)
        };
        self.state.store.write(edit).await.expect("an edit");
    }

    /// Waits until the followers have taken in all that was written until now.
    pub async fn caught_up(&self) {
        let deadline = std::time::Instant::now() + Duration::from_secs(20);
        // On PostgreSQL the log's end lags behind other tests' transactions.
        let last = self.state.store.read(last_event).await.expect("the log reads");
        loop {
            let reached = self.state.followers.reached();
            if reached.iter().all(|(_, cursor)| cursor.seq >= last) {
                return;
            }
            assert!(std::time::Instant::now() < deadline, "followers stay behind {last}: {reached:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn last_event(db: &mut kazi_store::Db) -> Result<i64, StoreError> {
    kazi_store::testing::last_event(db)
}

/// A provider's profile with one offer of data annotation.
pub fn provider(name: &str, offer: Value) -> Value {
    let mut whole = json!({ "id": kazi_api::state::new_id::<kazi_core::ids::OfferId>(), "service_line": "data_annotation" });
    for (field, value) in offer.as_object().expect("fields of an offer") {
        whole[field] = value.clone();
    }
    json!({ "name": name, "kinds": ["issp"], "country": "KE", "delivery_countries": ["KE"], "offers": [whole] })
}
