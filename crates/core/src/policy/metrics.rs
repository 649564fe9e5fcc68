//! Who may enter and read readings. That an organisation reports a figure is as private as the figure.

use super::{Standing, Verdict, act_for, act_for_private, staff};
use crate::identity::{Caller, Scope, StaffRole};
use crate::ids::OrganisationId;
use crate::metrics::Audience;
use crate::problem::Refusal;

/// Enter, correct and upload the organisation's readings.
pub fn enter_readings(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for(caller, organisation, Standing::Edit, Some(Scope::MetricsWrite))
}

/// Correct one reading; to whom it is not shown it does not exist.
pub fn correct_reading(caller: &Caller, organisation: OrganisationId) -> Verdict {
    act_for_private(caller, organisation, Standing::Edit, Some(Scope::MetricsWrite), "reading")
}

/// Read all of the organisation's readings and their history: its members, its keys, and stewards.
pub fn read_own_readings(caller: &Caller, organisation: OrganisationId) -> Verdict {
    if staff(caller, &[StaffRole::Steward]).is_ok() {
        return Ok(());
    }
    act_for_private(caller, organisation, Standing::Read, Some(Scope::MetricsRead), "reading")
}

/// The audiences that somebody who isn't of the organisation belongs to. `partner`: stands for an organisation that buys,
/// funds or passes work on.
pub fn audiences(partner: bool) -> Vec<Audience> {
    if partner { vec![Audience::Partners, Audience::Everyone] } else { vec![Audience::Everyone] }
}

/// Read one reading from outside.
pub fn read_others_reading(audience: Audience, partner: bool) -> Verdict {
    if audiences(partner).contains(&audience) { Ok(()) } else { Err(Refusal::not_found("reading")) }
}

/// Record what somebody independent says of a reading.
pub fn confirm_reading(caller: &Caller) -> Verdict {
    staff(caller, &[StaffRole::Steward])
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
    fn person(memberships: Vec<(OrganisationId, MemberRole)>, staff: Option<StaffRole>) -> Caller {
        Caller::Person(Person { id: Uuid::from_u128(9).into(), confirmed: true, staff, memberships })
    }
    fn key(of: u128, scopes: &[Scope]) -> Caller {
        Caller::Partner(Partner { key: Uuid::from_u128(8).into(), organisation: organisation(of), scopes: scopes.to_vec() })
    }

    #[test]
    fn an_organisation_enters_its_own_and_stewards_only_read() {
        let editor = person(vec![(organisation(1), MemberRole::Editor)], None);
        let steward = person(vec![], Some(StaffRole::Steward));
        assert!(enter_readings(&editor, organisation(1)).is_ok() && read_own_readings(&editor, organisation(1)).is_ok());
        assert_eq!(enter_readings(&editor, organisation(2)).unwrap_err().code, Code::NotAllowed);
        assert_eq!(read_own_readings(&editor, organisation(2)).unwrap_err().code, Code::NotFound);
        assert!(read_own_readings(&steward, organisation(1)).is_ok() && enter_readings(&steward, organisation(1)).is_err());
        assert!(confirm_reading(&steward).is_ok() && confirm_reading(&editor).is_err());
        assert!(enter_readings(&key(1, &[Scope::MetricsWrite]), organisation(1)).is_ok());
        assert!(enter_readings(&key(1, &[Scope::MetricsRead]), organisation(1)).is_err());
        assert_eq!(correct_reading(&key(2, &[Scope::MetricsWrite]), organisation(1)).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn others_see_what_is_shown_to_them() {
        for (audience, partner, shown) in [
            (Audience::Organisation, true, false),
            (Audience::Partners, true, true),
            (Audience::Partners, false, false),
            (Audience::Everyone, false, true),
        ] {
            assert_eq!(read_others_reading(audience, partner).is_ok(), shown, "{audience} {partner}");
        }
    }
}
