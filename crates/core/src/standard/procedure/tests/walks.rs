use super::*;
use proptest::prelude::*;

fn any_act() -> impl Strategy<Value = Act> {
    let disposition = prop::sample::select(Disposition::ALL);
    let gate = prop::sample::select(Gate::ALL).prop_map(Act::Pass);
    prop_oneof![
        6 => gate,
        2 => (0..4u8).prop_map(|n| Act::Revise(text(n))),
        3 => (1..4u32, 1..3u32).prop_map(|(from, more)| Act::Differ(Difference { from, to: from + more })),
        3 => (0..6u128, 1..4u32).prop_map(|(id, draft)| Act::Comment { id: comment_id(id), draft }),
        4 => (0..6u128, disposition).prop_map(|(id, disposition)| Act::Respond { comment: comment_id(id), disposition }),
        2 => (0..4u8).prop_map(|n| Act::BackTest(text(n))),
        2 => (0..600i64).prop_map(|n| Act::Announce(day(n))),
        1 => prop::sample::select(Decision::ALL).prop_map(Act::Count),
    ]
}

/// What somebody would do next in that state; `n` picks one.
fn likely(course: &Course, on: i64, n: usize) -> Act {
    use ProposalState as S;
    let latest = course.latest();
    let unanswered = course.comments.iter().find(|c| c.disposition.is_none()).map_or(comment_id(0), |c| c.id);
    let respond = Act::Respond { comment: unanswered, disposition: Disposition::ALL[n % 4] };
    let differ = Act::Differ(Difference { from: course.commented.unwrap_or(1), to: latest.number });
    let comment = Act::Comment { id: comment_id(100 + n as u128), draft: latest.number };
    let revise = Act::Revise(text(n as u8 % 4));
    let acts = match course.state {
        S::Proposed => vec![Act::Pass(Gate::StartComments)],
        S::Comments => vec![comment, respond, Act::Pass(Gate::CloseComments)],
        S::Responding => vec![respond, revise, differ, Act::Pass(Gate::StartSecondComments)],
        S::SecondComments => vec![comment, respond, Act::Pass(Gate::CloseSecondComments)],
        S::RespondingAgain => vec![respond, revise, differ, Act::Pass(Gate::Freeze), Act::Pass(Gate::Freeze)],
        S::Frozen => {
            vec![Act::BackTest(latest.digest), Act::Announce(day(on + 7)), Act::Pass(Gate::OpenVoting), Act::Pass(Gate::OpenVoting)]
        }
        _ => vec![Act::Pass(Gate::CloseVoting), Act::Count(Decision::Adopted)],
    };
    acts[n / 4 % acts.len()]
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Random(Act),
    Likely(usize),
}

fn walk() -> impl Strategy<Value = Vec<(Move, i64)>> {
    // not often at random: withdrawn or reopened, a walk gets nowhere
    let step = prop_oneof![1 => any_act().prop_map(Move::Random), 6 => (0..4000usize).prop_map(Move::Likely)];
    prop::collection::vec((step, 0..15i64), 0..100)
}

fn act_of(course: &Course, step: Move, on: i64) -> Act {
    match step {
        Move::Random(act) => act,
        Move::Likely(n) => likely(course, on, n),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]
    #[test]
    fn no_walk_opens_a_vote_with_a_comment_unanswered_or_without_the_back_test(walk in walk()) {
        let seats = seats([5; 6]);
        let (mut course, mut on) = (Course::new(text(1), Settings::default(), day(0)), 0);
        let mut comments = 0;
        for (step, wait) in walk {
            on += wait;
            let (before, act) = (course.clone(), act_of(&course, step, on));
            if course.apply(act, &seats, day(on)).is_err() {
                prop_assert_eq!(&course, &before, "a refused act changes nothing");
                continue;
            }
            comments += usize::from(matches!(act, Act::Comment { .. }));
            prop_assert_eq!(course.comments.len(), comments, "no comment is lost");
            if matches!(course.state, ProposalState::SecondComments | ProposalState::Frozen) && before.state != course.state {
                prop_assert!(before.comments.iter().all(|c| c.disposition.is_some()));
            }
            if course.state == ProposalState::Voting && before.state != ProposalState::Voting {
                let frozen = course.frozen.expect("a frozen text");
                prop_assert_eq!(frozen, course.latest());
                let test = course.back_test.expect("a back-test");
                prop_assert_eq!(test.digest, frozen.digest);
                prop_assert!(day(on).since(test.published_at) >= Duration::days(7));
                prop_assert!(course.comments.iter().all(|c| c.disposition.is_some()));
                prop_assert!(course.differences.iter().any(|d| d.from == 1), "the revision was shown side by side");
            }
            if matches!(before.state, ProposalState::Frozen | ProposalState::Voting | ProposalState::Counting)
                && act != Act::Pass(Gate::Reopen)
            {
                prop_assert_eq!(course.frozen, before.frozen, "a frozen text stays as it is");
                prop_assert_eq!(&course.drafts, &before.drafts);
            }
        }
    }
}

#[test]
fn many_of_these_walks_do_get_to_a_vote() {
    use proptest::strategy::ValueTree;
    let (mut runner, seats, mut voted) = (proptest::test_runner::TestRunner::deterministic(), seats([5; 6]), 0);
    for _ in 0..300 {
        let walk = walk().new_tree(&mut runner).expect("a walk").current();
        let (mut course, mut on) = (Course::new(text(1), Settings::default(), day(0)), 0);
        for (step, wait) in walk {
            on += wait;
            let _ = course.apply(act_of(&course, step, on), &seats, day(on));
            voted += usize::from(course.is_open_to_votes(day(on)) && course.since == day(on));
        }
    }
    assert!(voted >= 15, "only {voted} of 300 walks opened a vote; the property would say little");
}
