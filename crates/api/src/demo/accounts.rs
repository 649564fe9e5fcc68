//! Demo people and the organisations that they belong to, for signing in as each kind of user.

use kazi_core::Instant;
use kazi_core::codes::OrganisationKind;
use kazi_core::directory::{EvidenceGrade, Profile, Provenance, SaidBy, after_edit};
use kazi_core::identity::{MemberRole, StaffRole};
use kazi_core::ids::OrganisationId;
use kazi_store::directory::NewListing;
use kazi_store::identity::{self, NewPerson};
use kazi_store::{Db, StoreError, StoreResult, directory};
use uuid::Uuid;

/// The first demo providers report figures.
const WITH_READINGS: u64 = 8;
/// Of every demo account.
pub const PASSWORD: &str = "try-kazi-with-this";

/// What a demo account is for.
pub struct Account {
    pub email: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    kind: For,
}

enum For {
    Organisation(&'static str, OrganisationKind, &'static str),
    /// Owner of the first demo provider.
    Provider,
    Staff(StaffRole),
}

pub const ACCOUNTS: [Account; 5] = [
    Account {
        email: "buyer@kazi.example",
        name: "Bea Buyer",
        role: "owner of a buyer",
        kind: For::Organisation("Demo Buyer (fictional)", OrganisationKind::Buyer, "NL"),
    },
    Account { email: "provider@kazi.example", name: "Peter Provider", role: "owner of a provider (ISSP)", kind: For::Provider },
    Account {
        email: "funder@kazi.example",
        name: "Fatou Funder",
        role: "owner of a funder",
        kind: For::Organisation("Demo Funder (fictional)", OrganisationKind::Funder, "CH"),
    },
    Account { email: "steward@kazi.example", name: "Stella Steward", role: "staff: steward", kind: For::Staff(StaffRole::Steward) },
    Account { email: "admin@kazi.example", name: "Adam Admin", role: "staff: admin", kind: For::Staff(StaffRole::Admin) },
];

/// Makes the accounts that are not there yet; with a new buyer come her needs, an inquiry to the demo's provider,
/// and the figures of the first providers.
pub fn make_all(db: &mut Db, seed: u64, hash: &str, at: Instant) -> StoreResult<()> {
    let mut new_buyer = false;
    for account in &ACCOUNTS {
        let made = make(db, account, seed, hash, at)?;
        new_buyer |= made && account.email == ACCOUNTS[0].email;
    }
    let buyer = directory::by_source_key(db, "demo:Demo Buyer (fictional)")?;
    let provider = directory::by_source_key(db, &super::organisations::key(seed, 0))?;
    if let (true, Some(buyer), Some(provider)) = (new_buyer, buyer, provider) {
        let needs = crate::matching::demo::create_needs(db, at, buyer)?;
        crate::inquiries::demo::create_inquiry(db, at, buyer, needs.first().copied(), &[provider])?;
        for n in 0..WITH_READINGS {
            if let Some(provider) = directory::by_source_key(db, &super::organisations::key(seed, n))? {
                crate::metrics::demo::create_readings(db, at, n, provider)?;
            }
        }
    }
    Ok(())
}

/// Makes the account and what belongs to it, unless it is there.
fn make(db: &mut Db, account: &Account, seed: u64, hash: &str, at: Instant) -> StoreResult<bool> {
    if identity::account_by_email(db, account.email)?.is_some() {
        return Ok(false);
    }
    let new = NewPerson {
        id: Uuid::now_v7().into(),
        email: account.email.into(),
        name: account.name.into(),
        language: "en".parse().map_err(|_| StoreError::Row("a language".into()))?,
        password: Some(hash.into()),
    };
    let person = identity::register(db, &new, at)?;
    identity::confirm(db, person, at)?;
    match &account.kind {
        For::Staff(role) => identity::set_staff(db, person, Some(*role), at, None)?,
        For::Organisation(name, kind, country) => {
            let organisation = organisation(db, name, *kind, country, at)?;
            identity::add_member(db, organisation, person, MemberRole::Owner, at, None)?;
        }
        For::Provider => {
            if let Some(first) = directory::by_source_key(db, &super::organisations::key(seed, 0))? {
                directory::set_claimed(db, at, None, first)?;
                identity::add_member(db, first, person, MemberRole::Owner, at, None)?;
            }
        }
    }
    Ok(true)
}

fn organisation(db: &mut Db, name: &str, kind: OrganisationKind, country: &str, at: Instant) -> StoreResult<OrganisationId> {
    let key = format!("demo:{name}");
    if let Some(id) = directory::by_source_key(db, &key)? {
        return Ok(id);
    }
    let profile = Profile { name: name.into(), kinds: vec![kind], country: country.parse().ok(), ..Profile::default() };
    let by = Provenance { by: SaidBy::Itself, at, source: None, grade: EvidenceGrade::SelfDeclared };
    let provenance = after_edit(&Profile::default(), &profile, &Default::default(), &by);
    let id = Uuid::now_v7().into();
    directory::create(db, at, None, &NewListing { id, profile, provenance, claimed: true, fictional: true, source_key: Some(key) })?;
    Ok(id)
}
