//! Where a proposal is on its walk. Which step leads where is said by the gates.

use crate::codes::code_list;

code_list! {
    /// Where a proposal to change the standard is. All of them are public.
    pub enum ProposalState: "a proposal's state such as comments or voting" {
        /// Handed in with its first draft.
        Proposed = "proposed",
        /// The first comment period.
        Comments = "comments",
        /// The steward answers each comment and publishes a revised draft.
        Responding = "responding",
        /// The second comment period, on the revised draft.
        SecondComments = "second_comments",
        /// The steward answers the second comments and makes the changes that were promised.
        RespondingAgain = "responding_again",
        /// The text stands; the back-test is published and the vote is announced.
        Frozen = "frozen",
        /// The chambers vote.
        Voting = "voting",
        /// The vote is over and its count is not yet published.
        Counting = "counting",
        /// Each chamber carried it.
        Adopted = "adopted",
        /// In force as a version of the standard.
        Published = "published",
        /// A chamber voted it down.
        Rejected = "rejected",
        /// A chamber had no quorum, too few chambers could vote, or nothing moved for too long.
        Lapsed = "lapsed",
        /// Taken back before the vote opened.
        Withdrawn = "withdrawn",
    }
}

impl ProposalState {
    pub fn takes_comments(self) -> bool {
        matches!(self, Self::Comments | Self::SecondComments)
    }
    /// The steward is at work on responses and on a revised draft.
    pub fn is_at_the_desk(self) -> bool {
        matches!(self, Self::Responding | Self::RespondingAgain)
    }
    /// Before the vote opens: what may still be withdrawn or lapse.
    pub fn is_before_the_vote(self) -> bool {
        matches!(self, Self::Proposed | Self::Comments | Self::Responding | Self::SecondComments | Self::RespondingAgain | Self::Frozen)
    }
    pub fn is_over(self) -> bool {
        matches!(self, Self::Published | Self::Rejected | Self::Lapsed | Self::Withdrawn)
    }
}
