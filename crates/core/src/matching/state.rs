//! A need's life: which state may follow which, and what may be done in each.

use super::NeedState;
use crate::problem::{Code, Refusal};

impl NeedState {
    /// Draft opens; open closes or is awarded; what is over stays over.
    pub fn change_to(self, next: Self) -> Result<Self, Refusal> {
        match (self, next) {
            (Self::Draft, Self::Open) | (Self::Open, Self::Closed | Self::Awarded) => Ok(next),
            _ => Err(Refusal::new(Code::Conflict, format!("A need that is {self} can't become {next}."))),
        }
    }
    /// What is over can't be edited.
    pub fn check_editable(self) -> Result<(), Refusal> {
        match self {
            Self::Draft | Self::Open => Ok(()),
            Self::Closed | Self::Awarded => Err(Refusal::new(Code::Conflict, format!("A need that is {self} can't be edited."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_changes_are_allowed() {
        let allowed: Vec<_> = NeedState::ALL
            .iter()
            .flat_map(|a| NeedState::ALL.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| a.change_to(*b).is_ok())
            .collect();
        use NeedState::*;
        assert_eq!(allowed, [(Draft, Open), (Open, Closed), (Open, Awarded)]);
    }
}
