//! A need's life: which state may follow which, and what may be done in each.

use super::{Need, NeedState, Wanted};
use crate::problem::{Code, Refusal};

impl NeedState {
    /// Draft opens; open closes or is awarded; what is over stays over.
    pub fn change_to(self, next: Self) -> Result<Self, Refusal> {
        match (self, next) {
            (Self::Draft, Self::Open) | (Self::Open, Self::Closed | Self::Awarded) => Ok(next),
            _ => Err(Refusal::new(Code::Conflict, format!("A need that is {self} can't become {next}."))),
        }
    }
    /// Only an open need goes with an inquiry: whoever is asked has to be able to read it.
    pub fn check_attachable(self) -> Result<(), Refusal> {
        match self {
            Self::Open => Ok(()),
            Self::Draft => Err(Refusal::field("/need", "conflict", "The need is a draft, which nobody else can read. Open it first.")),
            Self::Closed | Self::Awarded => {
                Err(Refusal::field("/need", "conflict", format!("The need is {self}; an inquiry goes with an open one.")))
            }
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

impl Need {
    /// As others than its owner may read it: a confidential one without the owner, and the owner's
    /// alert is nobody else's business.
    pub fn to_others(self) -> Self {
        let organisation = self.organisation.filter(|_| !self.wanted.confidential);
        Self { organisation, wanted: Wanted { alert_from_score: None, ..self.wanted }, ..self }
    }
}

impl Wanted {
    /// What the types alone can't say: that ranges are ranges.
    pub fn check(&self) -> Result<(), Refusal> {
        let wrong = |pointer: &str, message: &str| Err(Refusal::field(pointer, "range", message));
        if self.fte_from.zip(self.fte_to).is_some_and(|(from, to)| from > to) {
            return wrong("/wanted/fte_to", "Must not be less than fte_from.");
        }
        if self.budget_per_hour.is_some_and(|b| b.from_minor < 0 || b.from_minor > b.to_minor) {
            return wrong("/wanted/budget_per_hour", "Must go from 0 or more up to as much or more.");
        }
        let words = self.skills_required.iter().chain(&self.skills_wished);
        if words.into_iter().any(|s| s.trim().is_empty() || s.chars().count() > 100) {
            return wrong("/wanted/skills_required", "A skill has 1 to 100 characters.");
        }
        if self.countries_allowed.iter().any(|c| self.countries_excluded.contains(c)) {
            return wrong("/wanted/countries_excluded", "A country can't be both allowed and excluded.");
        }
        Ok(())
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
