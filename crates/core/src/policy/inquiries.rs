//! Who may do what to inquiries and threads. To whoever is no participant they do not exist.

use super::{Standing, Verdict, act_for, act_for_private, sign_in};
use crate::codes::OrganisationKind;
use crate::identity::{Caller, Scope};
use crate::ids::OrganisationId;
use crate::inquiries::{Side, may_ask};
use crate::problem::Refusal;

fn scope(standing: Standing) -> Option<Scope> {
    Some(if standing == Standing::Read { Scope::InquiriesRead } else { Scope::InquiriesWrite })
}

fn belongs(caller: &Caller, organisation: OrganisationId) -> bool {
    match caller {
        Caller::Nobody => false,
        Caller::Person(_) => caller.role_in(organisation).is_some(),
        Caller::Partner(p) => p.organisation == organisation,
    }
}

/// Send an inquiry for the organisation.
pub fn create_inquiry(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Edit, scope(Standing::Edit))
}

/// Whether the organisation is one that sends inquiries; what it is, its profile says.
pub fn send_as(kinds: &[OrganisationKind]) -> Verdict {
    if may_ask(kinds) {
        return Ok(());
    }
    let why = "Only a buyer, funder, BPO or government sends inquiries; the profile of this organisation says that it is none of them.";
    Err(Refusal::field("/organisation", "conflict", why))
}

/// Look into the organisation's boxes.
pub fn list_inquiries(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Read, scope(Standing::Read))
}

/// What only the sender does: see all threads, compare, clarify, close.
pub fn as_sender(caller: &Caller, sender: OrganisationId, standing: Standing) -> Verdict {
    act_for_private(caller, sender, standing, scope(standing), "inquiry")
}

/// What only the asked provider does: answer, decline.
pub fn as_provider(caller: &Caller, provider: OrganisationId, standing: Standing) -> Verdict {
    act_for_private(caller, provider, standing, scope(standing), "thread")
}

/// What either side does; says for which one the caller acts. Who belongs to both says for which
/// organisation (`acting`); for reading it is the sender's side unless said.
pub fn as_side(
    caller: &Caller,
    sender: OrganisationId,
    provider: OrganisationId,
    acting: Option<OrganisationId>,
    standing: Standing,
) -> Result<Side, Refusal> {
    if matches!(caller, Caller::Nobody) {
        return Err(sign_in());
    }
    let sides: Vec<(Side, OrganisationId)> =
        [(Side::Sender, sender), (Side::Provider, provider)].into_iter().filter(|(_, o)| belongs(caller, *o)).collect();
    let chosen = match (sides.as_slice(), acting) {
        ([], _) => return Err(Refusal::not_found("thread")),
        (all, Some(acting)) => match all.iter().find(|(_, o)| *o == acting) {
            Some(side) => *side,
            None => return Err(Refusal::field("/organisation", "conflict", "You do not take part for that organisation.")),
        },
        ([one], None) => *one,
        (all, None) if standing == Standing::Read => all[0],
        _ => return Err(Refusal::field("/organisation", "required", "You belong to both sides: say for which organisation you act.")),
    };
    act_for_private(caller, chosen.1, standing, scope(standing), "thread")?;
    Ok(chosen.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{MemberRole, Partner, Person};
    use crate::problem::Code;
    use uuid::Uuid;

    fn organisation(n: u128) -> OrganisationId {
        Uuid::from_u128(n).into()
    }
    fn member(of: &[(u128, MemberRole)]) -> Caller {
        let memberships = of.iter().map(|(n, role)| (organisation(*n), *role)).collect();
        Caller::Person(Person { id: Uuid::from_u128(9).into(), confirmed: true, staff: None, memberships })
    }
    fn key(of: u128, scopes: &[Scope]) -> Caller {
        Caller::Partner(Partner { key: Uuid::from_u128(8).into(), organisation: organisation(of), scopes: scopes.to_vec() })
    }
    fn side(caller: &Caller, acting: Option<u128>, standing: Standing) -> Result<Side, Code> {
        as_side(caller, organisation(1), organisation(2), acting.map(organisation), standing).map_err(|r| r.code)
    }

    #[test]
    fn who_sends_is_said_by_its_kinds() {
        use OrganisationKind::{Bpo, Buyer, Certifier, Community, Funder, Government, Issp, Trainer};
        for (kinds, allowed) in [(&[Buyer][..], true), (&[Funder], true), (&[Issp, Bpo], true), (&[Trainer, Government], true)] {
            assert_eq!(send_as(kinds).is_ok(), allowed, "{kinds:?}");
        }
        assert!(send_as(&[]).is_err() && send_as(&[Issp, Trainer, Certifier, Community]).is_err());
    }

    #[test]
    fn each_acts_for_its_own_side_and_others_find_nothing() {
        use MemberRole::{Editor, Member};
        use Standing::{Edit, Read};
        assert_eq!(side(&Caller::Nobody, None, Read), Err(Code::SignInRequired));
        assert_eq!(side(&member(&[(3, Editor)]), None, Read), Err(Code::NotFound));
        assert_eq!(side(&member(&[(1, Editor)]), None, Edit), Ok(Side::Sender));
        assert_eq!(side(&member(&[(2, Editor)]), None, Edit), Ok(Side::Provider));
        assert_eq!(side(&member(&[(2, Member)]), None, Edit), Err(Code::NotAllowed));
        assert_eq!(side(&member(&[(2, Member)]), None, Read), Ok(Side::Provider));
        let both = member(&[(1, Editor), (2, Editor)]);
        assert_eq!(side(&both, None, Read), Ok(Side::Sender));
        assert_eq!(side(&both, None, Edit), Err(Code::Invalid));
        assert_eq!(side(&both, Some(2), Edit), Ok(Side::Provider));
        assert_eq!(side(&both, Some(3), Edit), Err(Code::Invalid));
        assert_eq!(side(&key(2, &[Scope::InquiriesRead]), None, Read), Ok(Side::Provider));
        assert_eq!(side(&key(2, &[Scope::InquiriesRead]), None, Edit), Err(Code::NotAllowed));
        assert_eq!(side(&key(3, &[Scope::InquiriesWrite]), None, Edit), Err(Code::NotFound));
    }
}
