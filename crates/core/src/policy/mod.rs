//! # Room: policy
//!
//! - owns: who may do what to what: one pure function a verb
//! - does not own: who the caller is (identity), what exists (store)
//! - rules: what is another's and private does not exist (404), what is seen but not allowed is 403, nobody is 401
//! - enters: every handler, before it acts
//! - neighbours: directory, events, identity, ids, inquiries, matching, metrics, problem, standard
//! - try it: `cargo test -p kazi-core policy` prints the whole matrix into `policy/matrix.txt`

pub mod inquiries;
pub mod matching;
pub mod metrics;
pub mod standard;

use crate::codes::code_list;
use crate::events::EventKind;
use crate::identity::{Caller, MemberRole, Scope, StaffRole};
use crate::ids::{OrganisationId, PersonId};
use crate::problem::{Code, Refusal};

/// A verdict: go on, or why not.
pub type Verdict = Result<(), Refusal>;

code_list! {
    /// How much standing a verb asks for within the acting organisation.
    pub enum Standing: "a standing" {
        Read = "read", Edit = "edit", Own = "own",
    }
}

fn sign_in() -> Refusal {
    Refusal::new(Code::SignInRequired, "Sign in, or send an API key as Bearer.")
}
fn not_allowed(why: &str) -> Refusal {
    Refusal::new(Code::NotAllowed, why)
}

/// Somebody signed in, a person or a partner.
pub fn somebody(caller: &Caller) -> Verdict {
    match caller {
        Caller::Nobody => Err(sign_in()),
        _ => Ok(()),
    }
}

/// A signed-in person: what only people do (accounts, members, keys).
pub fn person(caller: &Caller) -> Result<&crate::identity::Person, Refusal> {
    match caller {
        Caller::Nobody => Err(sign_in()),
        Caller::Partner(_) => Err(not_allowed("An API key can't do this; a person has to.")),
        Caller::Person(p) => Ok(p),
    }
}

/// A person who has confirmed the e-mail address: what reaches other people asks for that.
pub fn confirmed_person(caller: &Caller) -> Result<&crate::identity::Person, Refusal> {
    let person = person(caller)?;
    if person.confirmed { Ok(person) } else { Err(not_allowed("Confirm your e-mail address first; we sent you a link.")) }
}

/// Act for an organisation in something whose existence is public: a stranger is told no (403).
pub fn act_for(caller: &Caller, organisation: OrganisationId, standing: Standing, scope: Option<Scope>) -> Verdict {
    match caller {
        Caller::Nobody => Err(sign_in()),
        Caller::Partner(p) if p.organisation != organisation => Err(not_allowed("The API key belongs to another organisation.")),
        Caller::Partner(p) => match scope {
            Some(scope) if p.scopes.contains(&scope) => Ok(()),
            Some(scope) => Err(not_allowed(&format!("The API key lacks the scope {scope}."))),
            None => Err(not_allowed("An API key can't do this; a person has to.")),
        },
        Caller::Person(p) => match caller.role_in(organisation) {
            None => Err(not_allowed("You are not a member of that organisation.")),
            Some(_) if !p.confirmed && standing != Standing::Read => {
                Err(not_allowed("Confirm your e-mail address first; we sent you a link."))
            }
            Some(role) if enough(role, standing) => Ok(()),
            Some(_) => Err(not_allowed(match standing {
                Standing::Own => "Only an owner of the organisation may do this.",
                _ => "Your role in the organisation lets you read, not change.",
            })),
        },
    }
}

/// The same for what is private: to a stranger it does not exist (404).
pub fn act_for_private(caller: &Caller, organisation: OrganisationId, standing: Standing, scope: Option<Scope>, what: &str) -> Verdict {
    let stranger = match caller {
        Caller::Nobody => false,
        Caller::Person(_) => caller.role_in(organisation).is_none(),
        Caller::Partner(p) => p.organisation != organisation,
    };
    if stranger { Err(Refusal::not_found(what)) } else { act_for(caller, organisation, standing, scope) }
}

/// See who belongs to an organisation: its members only; to others the list does not exist.
pub fn see_members(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for_private(caller, organisation, Standing::Read, None, "organisation of yours")
}

/// How much of an organisation's history somebody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// All of it: they are of the organisation.
    Whole,
    /// What was done to the public listing, which the platform's staff keeps true.
    Listing,
}

impl History {
    pub fn kinds(self) -> Vec<EventKind> {
        let listing = |kind: &EventKind| ["organisation.", "claim."].iter().any(|room| kind.as_str().starts_with(room));
        EventKind::ALL.iter().copied().filter(|kind| self == Self::Whole || listing(kind)).collect()
    }
}

/// Read what was done to an organisation: its members and keys, and staff as far as the listing goes; to others there is none.
pub fn read_history(caller: &Caller, organisation: OrganisationId) -> Result<History, Refusal> {
    match act_for_private(caller, organisation, Standing::Read, Some(Scope::EventsRead), "organisation of yours") {
        Err(_) if staff(caller, &[StaffRole::Steward]).is_ok() => Ok(History::Listing),
        verdict => verdict.map(|()| History::Whole),
    }
}

/// Change who belongs to an organisation: its owners.
pub fn manage_members(caller: &Caller, organisation: OrganisationId) -> Result<&crate::identity::Person, Refusal> {
    act_for_private(caller, organisation, Standing::Own, None, "organisation of yours")?;
    person(caller)
}

/// Make and revoke an organisation's API keys: its owners.
pub fn manage_keys(caller: &Caller, organisation: OrganisationId) -> Result<&crate::identity::Person, Refusal> {
    manage_members(caller, organisation)
}

/// Take somebody out of an organisation: its owners, or whoever leaves.
pub fn remove_member(caller: &Caller, organisation: OrganisationId, member: PersonId) -> Verdict {
    see_members(caller, organisation)?;
    if person(caller)?.id == member { Ok(()) } else { manage_members(caller, organisation).map(drop) }
}

/// A member of the platform's staff with one of these roles; admins may do everything.
pub fn staff(caller: &Caller, roles: &[StaffRole]) -> Verdict {
    person(caller)?;
    match caller.staff() {
        Some(role) if role == StaffRole::Admin || roles.contains(&role) => Ok(()),
        _ => Err(not_allowed("This is for the platform's staff.")),
    }
}

fn enough(role: MemberRole, standing: Standing) -> bool {
    match standing {
        Standing::Read => true,
        Standing::Edit => matches!(role, MemberRole::Owner | MemberRole::Editor),
        Standing::Own => role == MemberRole::Owner,
    }
}
