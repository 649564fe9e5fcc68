use super::*;

fn codes(course: &Course, gate: Gate, on: i64) -> Vec<ShutCode> {
    course.missing(gate, &seats([5; 6]), day(on)).into_iter().map(|shut| shut.code).collect()
}

#[test]
fn a_proposal_walks_from_its_first_draft_to_publication() {
    let (mut course, _) = walked_to(ProposalState::Adopted);
    assert_eq!(course.due_at(), Some(day(125)));
    let other = course.apply(Act::Publish(text(1)), &[], day(96)).unwrap_err();
    assert!(other.detail.contains("not the text that was voted on"));
    assert!(course.apply(Act::Pass(Gate::Publish), &[], day(96)).is_err());
    act(&mut course, Act::Publish(text(2)), 96);
    assert_eq!(course.state, ProposalState::Published);
    assert!(course.state.is_over() && course.gates(&[], day(97)).is_empty());
}

#[test]
fn a_gate_stands_only_where_its_state_is() {
    let (course, _) = walked_to(ProposalState::Proposed);
    for gate in Gate::ALL.iter().copied() {
        let stands = matches!(gate, Gate::StartComments | Gate::Withdraw | Gate::Lapse);
        assert_eq!(!codes(&course, gate, 0).contains(&ShutCode::WrongState), stands, "{gate}");
    }
    assert_eq!(course.gates(&[], day(0)).iter().map(|r| r.gate).collect::<Vec<_>>(), [Gate::StartComments, Gate::Withdraw, Gate::Lapse]);
    let (voting, on) = walked_to(ProposalState::Voting);
    assert_eq!(codes(&voting, Gate::Withdraw, on), [ShutCode::WrongState]);
    assert_eq!(codes(&voting, Gate::Reopen, on), [ShutCode::WrongState]);
}

#[test]
fn periods_run_to_their_end() {
    for (state, gate, days) in [
        (ProposalState::Comments, Gate::CloseComments, 30),
        (ProposalState::SecondComments, Gate::CloseSecondComments, 21),
        (ProposalState::Voting, Gate::CloseVoting, 14),
    ] {
        let (course, on) = walked_to(state);
        let shut = course.missing(gate, &[], day(on + days - 1));
        assert_eq!((shut[0].code, shut[0].until), (ShutCode::PeriodRunning, Some(day(on + days))), "{gate}");
        assert!(codes(&course, gate, on + days).is_empty());
    }
}

#[test]
fn second_comments_wait_for_every_response_a_revised_draft_and_its_difference() {
    use ShutCode::{CommentsUnanswered, NoDifference, NoRevisedDraft};
    let (mut course, on) = walked_to(ProposalState::Comments);
    for n in 1..=3 {
        act(&mut course, Act::Comment { id: comment_id(n), draft: 1 }, on);
    }
    act(&mut course, Act::Pass(Gate::CloseComments), 31);
    let gate = Gate::StartSecondComments;
    let shut = course.missing(gate, &[], day(32));
    assert_eq!(shut.iter().map(|s| s.code).collect::<Vec<_>>(), [CommentsUnanswered, NoRevisedDraft]);
    assert_eq!((shut[0].number, shut[0].text.as_str()), (Some(3), "3 comments have no written response."));
    assert!(course.apply(Act::Pass(gate), &[], day(32)).unwrap_err().detail.starts_with("3 comments have no written response. No draft"));
    for n in 1..=2 {
        act(&mut course, Act::Respond { comment: comment_id(n), disposition: Disposition::Rejected }, 32);
    }
    act(&mut course, Act::Revise(text(2)), 33);
    assert_eq!(codes(&course, gate, 33), [CommentsUnanswered, NoDifference]);
    assert_eq!(course.missing(gate, &[], day(33))[0].text, "1 comment has no written response.");
    act(&mut course, Act::Respond { comment: comment_id(3), disposition: Disposition::Accepted }, 34);
    act(&mut course, Act::Differ(Difference { from: 1, to: 2 }), 34);
    act(&mut course, Act::Pass(gate), 34);
    assert_eq!((course.state, course.commented, course.ends_at), (ProposalState::SecondComments, Some(2), Some(day(55))));
    let late = Act::Respond { comment: comment_id(3), disposition: Disposition::Rejected };
    assert!(course.apply(late, &[], day(35)).is_err(), "what was answered before the gate stands");
}

#[test]
fn a_text_is_frozen_once_second_comments_are_answered_and_promises_kept() {
    use ShutCode::{ChangesOwed, CommentsUnanswered, NoDifference};
    let (mut course, on) = walked_to(ProposalState::SecondComments);
    act(&mut course, Act::Comment { id: comment_id(1), draft: 2 }, on);
    act(&mut course, Act::Pass(Gate::CloseSecondComments), 61);
    assert_eq!(codes(&course, Gate::Freeze, 61), [CommentsUnanswered]);
    act(&mut course, Act::Respond { comment: comment_id(1), disposition: Disposition::Partly }, 62);
    assert_eq!(codes(&course, Gate::Freeze, 62), [ChangesOwed]);
    act(&mut course, Act::Revise(text(3)), 63);
    assert_eq!(codes(&course, Gate::Freeze, 63), [NoDifference]);
    act(&mut course, Act::Differ(Difference { from: 2, to: 3 }), 63);
    act(&mut course, Act::Pass(Gate::Freeze), 64);
    assert_eq!(course.frozen.map(|d| d.number), Some(3));
    assert!(course.apply(Act::Revise(text(4)), &[], day(65)).is_err(), "the text is frozen");
}

#[test]
fn a_vote_waits_for_a_back_test_of_exactly_the_frozen_text_its_notice_and_its_chambers() {
    use ShutCode::{BackTestOfAnotherDraft, ChambersMissing, NoBackTest, NotAnnounced, NoticeRunning};
    let (mut course, _) = walked_to(ProposalState::RespondingAgain);
    act(&mut course, Act::Pass(Gate::Freeze), 62);
    assert_eq!(codes(&course, Gate::OpenVoting, 63), [NoBackTest, NotAnnounced]);
    act(&mut course, Act::BackTest(text(1)), 63);
    assert_eq!(codes(&course, Gate::OpenVoting, 63), [BackTestOfAnotherDraft, NotAnnounced]);
    assert!(course.apply(Act::Announce(day(69)), &[], day(63)).is_err(), "the notice is seven days");
    act(&mut course, Act::Announce(day(70)), 63);
    act(&mut course, Act::BackTest(text(2)), 65);
    let shut = course.missing(Gate::OpenVoting, &seats([5; 6]), day(69));
    assert_eq!(
        shut.iter().map(|s| (s.code, s.until)).collect::<Vec<_>>(),
        [(NoticeRunning, Some(day(72))), (NoticeRunning, Some(day(70)))]
    );
    assert!(codes(&course, Gate::OpenVoting, 72).is_empty());
    let few = course.missing(Gate::OpenVoting, &seats([5, 5, 4, 4, 0, 4]), day(72));
    assert_eq!((few[0].code, few[0].number), (ChambersMissing, Some(2)));
    assert!(course.missing(Gate::OpenVoting, &seats([5, 5, 5, 5, 0, 0]), day(72)).is_empty());
}

#[test]
fn what_is_reopened_comes_back_by_way_of_second_comments() {
    let (mut course, on) = walked_to(ProposalState::Frozen);
    act(&mut course, Act::Pass(Gate::Reopen), on);
    assert_eq!((course.state, course.frozen, course.opens_at), (ProposalState::Responding, None, None));
    assert_eq!(codes(&course, Gate::StartSecondComments, on), [ShutCode::NoRevisedDraft]);
    act(&mut course, Act::Revise(text(3)), on);
    act(&mut course, Act::Differ(Difference { from: 2, to: 3 }), on);
    act(&mut course, Act::Pass(Gate::StartSecondComments), on);
    act(&mut course, Act::Pass(Gate::CloseSecondComments), on + 21);
    act(&mut course, Act::Pass(Gate::Freeze), on + 21);
    assert!(codes(&course, Gate::OpenVoting, on + 30).contains(&ShutCode::BackTestOfAnotherDraft));
}

#[test]
fn comments_are_of_the_open_draft_while_it_is_open() {
    let (mut course, on) = walked_to(ProposalState::SecondComments);
    let mut comment = |n, draft, on| course.apply(Act::Comment { id: comment_id(n), draft }, &[], day(on)).is_ok();
    assert!(!comment(1, 1, on) && comment(1, 2, on) && !comment(1, 2, on) && !comment(2, 2, on + 21));
    let new = |draft| NewComment { draft, about: None, organisation: None, kind: CommentKind::Concern, text: "Why so?".into() };
    let open = course.open_to_comments(day(on));
    assert!(new(2).check(open.as_ref()).is_ok() && new(1).check(open.as_ref()).is_err() && new(2).check(None).is_err());
}

#[test]
fn what_stands_still_for_long_enough_may_lapse() {
    let (mut course, on) = walked_to(ProposalState::Responding);
    let shut = course.missing(Gate::Lapse, &[], day(on + 364));
    assert_eq!((shut[0].code, shut[0].until), (ShutCode::TooSoon, Some(day(on + 365))));
    act(&mut course, Act::Pass(Gate::Lapse), on + 365);
    assert!(course.state.is_over());
    let (mut course, on) = walked_to(ProposalState::Frozen);
    act(&mut course, Act::Pass(Gate::Withdraw), on);
    assert_eq!(course.state, ProposalState::Withdrawn);
}

#[test]
fn a_count_decides_once() {
    for (decision, state) in [
        (Decision::Adopted, ProposalState::Adopted),
        (Decision::Rejected, ProposalState::Rejected),
        (Decision::Lapsed, ProposalState::Lapsed),
    ] {
        let (mut course, on) = walked_to(ProposalState::Counting);
        act(&mut course, Act::Count(decision), on);
        assert_eq!(course.state, state);
        assert!(course.apply(Act::Count(Decision::Adopted), &[], day(on)).is_err());
    }
}
