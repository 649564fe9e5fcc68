use super::*;
use crate::problem::{Code, Refusal};
use proptest::prelude::*;

fn poll(sizes: [u128; 6]) -> Poll {
    let (course, _) = walked_to(ProposalState::Voting);
    Poll::open(proposal(), &course, &seats(sizes)).expect("an open vote")
}

/// The server of a vote: the public roll, the box, and nothing that ties them.
struct Server {
    poll: Poll,
    roll: Vec<RollEntry>,
    cast: Vec<Cast>,
}

impl Server {
    fn new(poll: Poll) -> Self {
        Self { poll, roll: vec![], cast: vec![] }
    }
    fn vote(&mut self, organisation: OrganisationId, choice: Choice, seed: u8) -> Result<Seal, Refusal> {
        let person = delegate_of(organisation);
        let chamber = may_cast(&self.poll, &self.roll, organisation, Some(&delegation(organisation)), person, self.poll.opened_at)?;
        let (ballot, opening) = seal(&self.poll.booth(chamber), choice, &[seed; 32]);
        let taken: Vec<Seal> = self.cast.iter().map(|c| c.ballot.seal).collect();
        let (entry, cast) = take_ballot(&self.poll, &taken, RollEntry { chamber, organisation }, ballot, opening)?;
        self.roll.push(entry);
        self.cast.push(cast);
        Ok(ballot.seal)
    }
    fn export(&self) -> BallotExport {
        export(&self.poll, &self.roll, &self.cast).expect("an export without fault")
    }
}

/// Everybody votes yes.
fn adopted() -> Server {
    let mut server = Server::new(poll([5; 6]));
    for (i, seat) in server.poll.register.clone().into_iter().enumerate() {
        server.vote(seat.organisation, Choice::Yes, i as u8).unwrap();
    }
    server
}

fn faults(export: &BallotExport) -> Vec<FaultCode> {
    let mut codes: Vec<FaultCode> = recount(export).expect_err("a fault").into_iter().map(|fault| fault.code).collect();
    codes.dedup();
    codes
}

#[test]
fn who_may_cast_is_the_delegate_of_a_seat_that_has_not_voted() {
    let mut server = Server::new(poll([5, 5, 5, 5, 4, 5]));
    let (first, person, now) = (organisation(101), delegate_of(organisation(101)), server.poll.opened_at);
    let cast = |server: &Server, o, delegation: Option<&Delegation>, person, now| {
        may_cast(&server.poll, &server.roll, o, delegation, person, now).map_err(|r| (r.code, r.detail))
    };
    let own = delegation(first);
    assert_eq!(cast(&server, first, Some(&own), person, now), Ok(Chamber::Issps));
    assert_eq!(cast(&server, first, Some(&own), own.alternates[0], now), Ok(Chamber::Issps));
    let refused = |result: Result<Chamber, (Code, String)>, code, word: &str| {
        let (got, detail) = result.unwrap_err();
        assert!(got == code && detail.contains(word), "{got:?}: {detail}");
    };
    refused(cast(&server, first, Some(&own), delegate_of(organisation(102)), now), Code::NotAllowed, "alternate");
    refused(cast(&server, first, None, person, now), Code::NotAllowed, "alternate");
    refused(cast(&server, organisation(9), Some(&own), person, now), Code::NotAllowed, "cut-off");
    let lone = organisation(501);
    refused(cast(&server, lone, Some(&delegation(lone)), delegate_of(lone), now), Code::Conflict, "constituted");
    refused(cast(&server, first, Some(&own), person, server.poll.closes_at), Code::Conflict, "not open");
    server.vote(first, Choice::No, 1).unwrap();
    refused(cast(&server, first, Some(&own), own.alternates[0], now), Code::Conflict, "final");
}

#[test]
fn a_late_seat_has_no_ballot() {
    let (course, _) = walked_to(ProposalState::Voting);
    let mut all = seats([5; 6]);
    // the vote was announced for day 80; the cut-off is thirty days
    all.extend([seat(9, Chamber::Bpos, 50), seat(10, Chamber::Bpos, 51)]);
    let poll = Poll::open(proposal(), &course, &all).unwrap();
    let mut server = Server::new(poll);
    assert!(server.vote(organisation(9), Choice::Yes, 1).is_ok());
    assert_eq!(server.vote(organisation(10), Choice::Yes, 2).unwrap_err().code, Code::NotAllowed);
}

#[test]
fn a_ballot_is_taken_once_and_only_with_its_opening_and_in_its_booth() {
    let poll = poll([5; 6]);
    let entry = RollEntry { chamber: Chamber::Issps, organisation: organisation(101) };
    let (ballot, opening) = seal(&poll.booth(Chamber::Issps), Choice::Yes, &[1; 32]);
    let (other, other_opening) = seal(&poll.booth(Chamber::Bpos), Choice::Yes, &[1; 32]);
    let at = |result: Result<_, Refusal>| result.map(drop).map_err(|r| r.errors[0].pointer.clone());
    assert_eq!(at(take_ballot(&poll, &[], entry, ballot, opening)), Ok(()));
    assert_eq!(at(take_ballot(&poll, &[ballot.seal], entry, ballot, opening)), Err("/ballot/seal".into()));
    assert_eq!(at(take_ballot(&poll, &[], entry, ballot, other_opening)), Err("/opening".into()));
    assert_eq!(at(take_ballot(&poll, &[], entry, other, other_opening)), Err("/ballot/proof".into()));
}

#[test]
fn a_receipt_is_found_in_what_is_published() {
    let mut server = Server::new(poll([5; 6]));
    let receipts: Vec<Seal> = (101..=105).map(|n| server.vote(organisation(n), Choice::No, n as u8).unwrap()).collect();
    let export = server.export();
    assert!(receipts.iter().all(|receipt| export.chambers[0].ballots.iter().any(|b| b.seal == *receipt)));
    assert_eq!(export.outcome.chambers[0].split, Some(Split { yes: 0, no: 5, abstain: 0 }));
    let text = serde_json::to_string(&export).unwrap();
    assert_eq!(recount(&serde_json::from_str(&text).unwrap()).unwrap(), export.outcome);
}

#[test]
fn a_chamber_without_a_quorum_tells_nothing_but_that() {
    let mut server = Server::new(poll([5; 6]));
    server.vote(organisation(101), Choice::No, 1).unwrap();
    server.vote(organisation(102), Choice::No, 2).unwrap();
    let export = server.export();
    let issps = &export.chambers[0];
    assert_eq!((issps.voted.len(), issps.ballots.len(), issps.totals), (2, 2, None));
    assert_eq!((export.outcome.chambers[0].standing, export.outcome.chambers[0].split), (ChamberStanding::NoQuorum, None));
    let text = serde_json::to_string(&export).unwrap();
    for opening in server.cast.iter().map(|c| c.opening) {
        assert!(!text.contains(&opening.blinding.to_string()));
    }
}

#[test]
fn a_recount_finds_whatever_is_tampered_with() {
    let good = adopted().export();
    assert_eq!(recount(&good).unwrap().decision, Decision::Adopted);
    let tampered = |change: &dyn Fn(&mut BallotExport)| {
        let mut export = good.clone();
        change(&mut export);
        faults(&export)
    };
    use FaultCode::*;
    assert_eq!(tampered(&|e| e.format = "kazi-ballot-0".into()), [UnknownFormat]);
    assert_eq!(tampered(&|e| e.outcome.decision = Decision::Rejected), [OtherOutcome]);
    assert!(tampered(&|e| e.chambers.truncate(5)).contains(&WrongChambers));
    assert!(tampered(&|e| e.poll.register[0].registered_at = e.poll.announced_for).contains(&WrongRegister));
    assert!(tampered(&|e| e.poll.register[0].confirmed_at = None).contains(&WrongRegister));
    assert_eq!(tampered(&|e| e.chambers[0].voted[4] = organisation(999)), [WrongVoter]);
    assert_eq!(tampered(&|e| e.chambers[0].voted[1] = e.chambers[0].voted[0]), [NotSorted]);
    assert_eq!(tampered(&|e| e.chambers[0].ballots.swap(0, 1)), [NotSorted]);
    assert!(tampered(&|e| e.chambers[0].ballots.truncate(4)).contains(&BallotsMissing));
    assert!(tampered(&|e| e.chambers[0].ballots.truncate(4)).contains(&TotalsDoNotOpen));
    assert!(tampered(&|e| e.chambers[0].ballots[1] = e.chambers[0].ballots[0]).contains(&NotSorted));
    assert!(tampered(&|e| e.chambers[0].ballots[0].proof = e.chambers[0].ballots[1].proof).contains(&NotOneVote));
    assert!(tampered(&|e| e.chambers[0].totals = None).contains(&WrongTotals));
    let another = |e: &mut BallotExport| e.poll.draft.digest = text(9);
    assert!(tampered(&another).contains(&NotOneVote), "a ballot on one text is none on another");
    let moved = |e: &mut BallotExport| {
        let split = Split { yes: 4, no: 1, abstain: 0 };
        e.chambers[0].totals.as_mut().unwrap().split = split;
        e.outcome.chambers[0].split = Some(split);
        e.outcome.reasons[0] = e.outcome.reasons[0].replace("5 yes, 0 no", "4 yes, 1 no");
    };
    assert_eq!(tampered(&moved), [TotalsDoNotOpen]);
}

#[test]
fn nothing_is_published_that_does_not_add_up() {
    let mut server = adopted();
    server.cast[0].opening.choice = Choice::No;
    let found = export(&server.poll, &server.roll, &server.cast).unwrap_err();
    assert!(found.iter().any(|fault| fault.code == FaultCode::TotalsDoNotOpen));
    let mut server = adopted();
    server.roll.pop();
    assert!(export(&server.poll, &server.roll, &server.cast).unwrap_err().iter().any(|f| f.code == FaultCode::BallotsMissing));
}

#[test]
fn needs_my_vote_lists_what_nobody_of_the_organisation_has_cast() {
    let mut server = Server::new(poll([5; 6]));
    let mine = [(organisation(101), delegation(organisation(101))), (organisation(201), delegation(organisation(201)))];
    let due = |server: &Server, person, now| {
        let open = OpenBallot { title: "Wages", poll: &server.poll, roll: &server.roll };
        needs_my_vote(person, &mine, &[open], now)
    };
    let now = server.poll.opened_at;
    let (delegate, alternate) = (mine[0].1.delegate, mine[0].1.alternates[0]);
    let listed = due(&server, delegate, now);
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].organisation, listed[0].chamber, listed[0].as_alternate), (organisation(101), Chamber::Issps, false));
    assert!(due(&server, alternate, now)[0].as_alternate);
    assert!(due(&server, delegate, server.poll.closes_at).is_empty());
    server.vote(organisation(101), Choice::Abstain, 1).unwrap();
    assert!(due(&server, delegate, now).is_empty() && due(&server, alternate, now).is_empty());
}

/// What is published today has to be recountable for ever; `docs/recount.py` comes to the same from this file.
#[test]
fn a_vote_published_once_is_recounted_still() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/recount-example.json");
    let mut server = Server::new(poll([5, 6, 5, 5, 4, 5]));
    let choices = [Choice::Yes, Choice::Yes, Choice::Yes, Choice::No, Choice::Abstain];
    for (i, seat) in server.poll.register.clone().into_iter().enumerate().filter(|(i, s)| i % 4 != 3 && s.chamber != Chamber::Funders) {
        server.vote(seat.organisation, choices[i % 5], i as u8).unwrap();
    }
    let export = server.export();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(published, serde_json::to_string_pretty(&export).unwrap() + "\n").unwrap();
    }
    let text = std::fs::read_to_string(published).expect("the example");
    assert_eq!(serde_json::from_str::<BallotExport>(&text).unwrap(), export);
    assert_eq!(recount(&export).unwrap().chambers[4].standing, ChamberStanding::NotConstituted);
}

/// Of all seats, five a chamber, who votes what; `None` stays away.
fn turnout() -> impl Strategy<Value = Vec<Option<Choice>>> {
    let choice = prop::sample::select(Choice::ALL);
    prop::collection::vec(prop::option::weighted(0.7, choice), 30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn the_tally_is_what_anyone_recounts_in_any_order_whoever_cast_which(
        turnout in turnout(),
        order in Just((0..30usize).collect::<Vec<_>>()).prop_shuffle(),
        turn in 1..5usize,
    ) {
        let poll = poll([5; 6]);
        let vote = |order: &[usize], turn: usize| {
            let mut server = Server::new(poll.clone());
            for i in order.iter().copied() {
                // within a chamber the ballots of those who voted go round, seeds and all
                let chamber: Vec<usize> = (i / 5 * 5..i / 5 * 5 + 5).filter(|n| turnout[*n].is_some()).collect();
                if let Some(place) = chamber.iter().position(|n| *n == i) {
                    let from = chamber[(place + turn) % chamber.len()];
                    server.vote(poll.register[i].organisation, turnout[from].unwrap(), from as u8).unwrap();
                }
            }
            server
        };
        let plain = vote(&(0..30).collect::<Vec<_>>(), 0);
        let export = plain.export();
        prop_assert_eq!(&export.outcome, &tally(&plain.poll, &plain.roll, &plain.cast));
        prop_assert_eq!(&recount(&export).unwrap(), &export.outcome);
        for (i, chamber) in export.outcome.chambers.iter().enumerate() {
            let of = |choice| turnout[i * 5..i * 5 + 5].iter().filter(|c| **c == Some(choice)).count() as u32;
            let split = Split { yes: of(Choice::Yes), no: of(Choice::No), abstain: of(Choice::Abstain) };
            let voted = split.yes + split.no + split.abstain;
            prop_assert_eq!(chamber.split, (voted >= 3).then_some(split));
        }
        let another = vote(&order, turn).export();
        prop_assert_eq!(serde_json::to_string(&another).unwrap(), serde_json::to_string(&export).unwrap());
    }
}
