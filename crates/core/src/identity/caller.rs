//! Who is calling: what the policy decides by.

use crate::codes::code_list;
use crate::ids::{ApiKeyId, OrganisationId, PersonId};

code_list! {
    /// What a member may do in an organisation, most first.
    pub enum MemberRole: "a role: owner, editor or member" {
        /// Everything, including members and keys.
        Owner = "owner",
        /// Profile, needs, inquiries.
        Editor = "editor",
        /// Reads what the organisation may read.
        Member = "member",
    }
}

code_list! {
    /// What somebody may do for the platform.
    pub enum StaffRole: "a staff role: admin, moderator or steward" {
        /// Everything, including staff.
        Admin = "admin",
        /// People's content: reports, forums.
        Moderator = "moderator",
        /// The directory's truth: claims, imports, merges.
        Steward = "steward",
    }
}

code_list! {
    /// What an API key may be used for.
    pub enum Scope: "a scope such as directory.read" {
        DirectoryRead = "directory.read", DirectoryWrite = "directory.write",
        MatchingRead = "matching.read", MatchingWrite = "matching.write",
        InquiriesRead = "inquiries.read", InquiriesWrite = "inquiries.write",
        MetricsRead = "metrics.read", MetricsWrite = "metrics.write",
        EventsRead = "events.read",
    }
}

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// The e-mail address was confirmed.
    pub confirmed: bool,
    pub staff: Option<StaffRole>,
    pub memberships: Vec<(OrganisationId, MemberRole)>,
}

/// A partner system, acting for the organisation that made its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub key: ApiKeyId,
    pub organisation: OrganisationId,
    pub scopes: Vec<Scope>,
}

/// Whoever sends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    Nobody,
    Person(Person),
    Partner(Partner),
}

impl Caller {
    pub fn role_in(&self, organisation: OrganisationId) -> Option<MemberRole> {
        match self {
            Self::Person(p) => p.memberships.iter().find(|(o, _)| *o == organisation).map(|(_, r)| *r),
            _ => None,
        }
    }
    pub fn staff(&self) -> Option<StaffRole> {
        match self {
            Self::Person(p) => p.staff,
            _ => None,
        }
    }
    /// The actor in the event log.
    pub fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Nobody => None,
            Self::Person(p) => Some(p.id.0),
            Self::Partner(p) => Some(p.key.0),
        }
    }
}
