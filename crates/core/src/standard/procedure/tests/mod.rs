//! The procedure as a whole: its gates one by one, walks at random, and votes from the booth to the recount.

mod ballots;
mod gates;
mod walks;

use super::*;
use crate::Instant;
use crate::ids::{OrganisationId, PersonId, ProposalId};
use chrono::Duration;
use uuid::Uuid;

fn day(n: i64) -> Instant {
    Instant::from_micros(1_789_948_800_000_000).plus(Duration::days(n))
}
fn organisation(n: u128) -> OrganisationId {
    Uuid::from_u128(n).into()
}
fn text(n: u8) -> Digest {
    Digest::of(&[n])
}
fn proposal() -> ProposalId {
    Uuid::from_u128(77).into()
}
fn delegate_of(organisation: OrganisationId) -> PersonId {
    Uuid::from_u128(organisation.0.as_u128() + 1_000_000).into()
}
fn delegation(of: OrganisationId) -> Delegation {
    Delegation { delegate: delegate_of(of), alternates: vec![Uuid::from_u128(of.0.as_u128() + 2_000_000).into()] }
}

fn seat(n: u128, chamber: Chamber, registered: i64) -> Seat {
    let registered_at = day(registered);
    Seat { organisation: organisation(n), chamber, registered_at, confirmed_at: Some(registered_at), ended_at: None }
}

/// So many seats in each chamber, registered long ago.
fn seats(sizes: [u128; 6]) -> Vec<Seat> {
    let chambers = Chamber::ALL.iter().copied().zip(sizes).enumerate();
    chambers.flat_map(|(i, (chamber, size))| (1..=size).map(move |n| seat(100 * (i as u128 + 1) + n, chamber, -400))).collect()
}

fn act(course: &mut Course, act: Act, on: i64) {
    course.apply(act, &seats([5; 6]), day(on)).unwrap_or_else(|refusal| panic!("{act:?} on day {on}: {refusal}"));
}

fn comment_id(n: u128) -> crate::ids::CommentId {
    Uuid::from_u128(n).into()
}

/// A proposal that has come to the state by the shortest way; on which day.
fn walked_to(state: ProposalState) -> (Course, i64) {
    let mut course = Course::new(text(1), Settings::default(), day(0));
    let way: [(i64, &[Act]); 9] = [
        (1, &[Act::Pass(Gate::StartComments)]),
        (31, &[Act::Pass(Gate::CloseComments)]),
        (40, &[Act::Revise(text(2)), Act::Differ(Difference { from: 1, to: 2 }), Act::Pass(Gate::StartSecondComments)]),
        (61, &[Act::Pass(Gate::CloseSecondComments)]),
        (62, &[Act::Pass(Gate::Freeze)]),
        (73, &[Act::BackTest(text(2)), Act::Announce(day(80))]),
        (80, &[Act::Pass(Gate::OpenVoting)]),
        (94, &[Act::Pass(Gate::CloseVoting)]),
        (95, &[Act::Count(Decision::Adopted)]),
    ];
    let mut on = 0;
    for (then, acts) in way {
        if course.state == state && !(state == ProposalState::Frozen && course.opens_at.is_none()) {
            break;
        }
        on = then;
        acts.iter().for_each(|a| act(&mut course, *a, on));
    }
    assert_eq!(course.state, state);
    (course, on)
}
