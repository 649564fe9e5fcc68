//! Who may do what to the standard. Everything about a proposal is public; this is about taking part.

use super::{Standing, Verdict, act_for, confirmed_person, not_allowed, staff};
use crate::identity::{Caller, Person, StaffRole};
use crate::ids::{OrganisationId, PersonId};
use crate::problem::Refusal;
use crate::standard::procedure::Delegation;

/// Hand in a proposal: an editor of an organisation that holds a confirmed seat, or a steward for the platform.
pub fn propose(caller: &Caller, organisation: Option<OrganisationId>, seated: bool) -> Verdict {
    let Some(organisation) = organisation else { return staff(caller, &[StaffRole::Steward]) };
    act_for(caller, organisation, Standing::Edit, None)?;
    if seated { Ok(()) } else { Err(not_allowed("Only an organisation with a confirmed seat in a chamber proposes.")) }
}

/// Take a proposal back before its vote: whoever handed it in, an editor of the organisation it is of, or a steward.
pub fn withdraw(caller: &Caller, proposer: PersonId, organisation: Option<OrganisationId>) -> Verdict {
    let person = confirmed_person(caller)?;
    if person.id == proposer || staff(caller, &[StaffRole::Steward]).is_ok() {
        return Ok(());
    }
    match organisation {
        Some(organisation) => act_for(caller, organisation, Standing::Edit, None),
        None => Err(not_allowed("Only whoever handed it in takes it back.")),
    }
}

/// Comment on a draft: any confirmed person for herself, an editor for her organisation.
pub fn comment(caller: &Caller, organisation: Option<OrganisationId>) -> Result<&Person, Refusal> {
    let person = confirmed_person(caller)?;
    match organisation {
        Some(organisation) => act_for(caller, organisation, Standing::Edit, None).map(|()| person),
        None => Ok(person),
    }
}

/// Write a response to a comment.
pub fn respond(caller: &Caller) -> Verdict {
    staff(caller, &[StaffRole::Steward])
}

/// Publish drafts, differences and back-tests, announce a vote, pass a gate.
pub fn advance(caller: &Caller) -> Verdict {
    staff(caller, &[StaffRole::Steward])
}

/// Change the dates and shares that hold for proposals to come.
pub fn change_procedure(caller: &Caller) -> Verdict {
    staff(caller, &[])
}

/// Ask for a seat, or leave it: the organisation's owners.
pub fn take_seat(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Own, None)
}

/// Confirm that a seat is what it says it is, or end it with a public reason.
pub fn confirm_seat(caller: &Caller) -> Verdict {
    staff(caller, &[StaffRole::Steward])
}

/// Name the delegate and the alternates: the organisation's owners.
pub fn name_delegates(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Own, None)
}

/// Cast the organisation's ballot: its delegate or an alternate who still belongs to it, in person, whatever her role.
pub fn vote<'a>(caller: &'a Caller, organisation: OrganisationId, delegation: Option<&Delegation>) -> Result<&'a Person, Refusal> {
    act_for(caller, organisation, Standing::Read, None)?;
    let person = confirmed_person(caller)?;
    match delegation {
        Some(delegation) if delegation.names(person.id) => Ok(person),
        _ => Err(not_allowed("Only the organisation's delegate or a named alternate casts its ballot.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{MemberRole, Partner, Scope};
    use crate::problem::Code;
    use uuid::Uuid;

    fn organisation(n: u128) -> OrganisationId {
        Uuid::from_u128(n).into()
    }
    fn person(id: u128, confirmed: bool, staff: Option<StaffRole>, of: &[(u128, MemberRole)]) -> Caller {
        let memberships = of.iter().map(|(n, role)| (organisation(*n), *role)).collect();
        Caller::Person(Person { id: Uuid::from_u128(id).into(), confirmed, staff, memberships })
    }
    fn code<T>(verdict: Result<T, Refusal>) -> Option<Code> {
        verdict.err().map(|refusal| refusal.code)
    }

    #[test]
    fn the_named_vote_while_they_belong_whatever_their_role() {
        let delegation = Delegation { delegate: Uuid::from_u128(1).into(), alternates: vec![Uuid::from_u128(2).into()] };
        let may = |caller: &Caller| code(vote(caller, organisation(5), Some(&delegation)));
        assert_eq!(may(&person(1, true, None, &[(5, MemberRole::Member)])), None);
        assert_eq!(may(&person(2, true, None, &[(5, MemberRole::Member)])), None);
        assert_eq!(may(&person(3, true, None, &[(5, MemberRole::Owner)])), Some(Code::NotAllowed));
        assert_eq!(may(&person(1, true, None, &[(6, MemberRole::Owner)])), Some(Code::NotAllowed));
        assert_eq!(may(&person(1, false, None, &[(5, MemberRole::Owner)])), Some(Code::NotAllowed));
        assert_eq!(may(&person(1, true, Some(StaffRole::Admin), &[])), Some(Code::NotAllowed));
        assert_eq!(may(&Caller::Nobody), Some(Code::SignInRequired));
        let key = Partner { key: Uuid::from_u128(1).into(), organisation: organisation(5), scopes: Scope::ALL.to_vec() };
        assert_eq!(may(&Caller::Partner(key)), Some(Code::NotAllowed), "a ballot is a person's act");
        assert_eq!(code(vote(&person(1, true, None, &[(5, MemberRole::Owner)]), organisation(5), None)), Some(Code::NotAllowed));
    }

    #[test]
    fn an_organisation_proposes_from_its_seat_and_the_platform_by_its_steward() {
        let editor = person(1, true, None, &[(5, MemberRole::Editor)]);
        assert_eq!(code(propose(&editor, Some(organisation(5)), true)), None);
        assert_eq!(code(propose(&editor, Some(organisation(5)), false)), Some(Code::NotAllowed));
        assert_eq!(code(propose(&editor, None, false)), Some(Code::NotAllowed));
        let steward = person(9, true, Some(StaffRole::Steward), &[]);
        assert_eq!(code(propose(&steward, None, false)), None);
        assert_eq!(code(propose(&steward, Some(organisation(5)), true)), Some(Code::NotAllowed), "not in another's name");
    }

    #[test]
    fn whoever_handed_it_in_takes_it_back() {
        let (proposer, of) = (Uuid::from_u128(1).into(), Some(organisation(5)));
        assert_eq!(code(withdraw(&person(1, true, None, &[]), proposer, None)), None);
        assert_eq!(code(withdraw(&person(2, true, None, &[(5, MemberRole::Editor)]), proposer, of)), None);
        assert_eq!(code(withdraw(&person(2, true, None, &[(5, MemberRole::Member)]), proposer, of)), Some(Code::NotAllowed));
        assert_eq!(code(withdraw(&person(2, true, None, &[]), proposer, None)), Some(Code::NotAllowed));
    }
}
