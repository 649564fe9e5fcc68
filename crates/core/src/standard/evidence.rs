//! How well a figure is backed, and how that wears off.

use crate::codes::code_list;
use serde::{Deserialize, Serialize};

code_list! {
    /// How well a figure is backed, weakest first. Somebody outside the organisation stands behind the upper three.
    pub enum ReadingGrade: "a grade of evidence such as self_declared" {
        /// The organisation says so and shows nothing.
        SelfDeclared = "self_declared",
        /// It has shown a document from which the figure can be read or worked out: a payroll, a register, a policy.
        Documented = "documented",
        /// Somebody independent of it has checked the figure against the records.
        ThirdPartyAudited = "third_party_audited",
        /// Workers, asked without their employer, have said what fits it.
        WorkerCorroborated = "worker_corroborated",
        /// What it was for has been observed in the lives of those concerned, by a method that is named.
        OutcomeVerified = "outcome_verified",
    }
}

impl ReadingGrade {
    /// One step down; the weakest stays.
    pub fn weaker(self) -> Self {
        match self {
            Self::SelfDeclared | Self::Documented => Self::SelfDeclared,
            Self::ThirdPartyAudited => Self::Documented,
            Self::WorkerCorroborated => Self::ThirdPartyAudited,
            Self::OutcomeVerified => Self::WorkerCorroborated,
        }
    }
}

/// For how many months a grade holds before it falls by one step; on the lower step the months of that one begin.
/// `self_declared` is the lowest and can't fall: a screen shows its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EvidenceDecay {
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 120))]
    pub documented: u16,
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 120))]
    pub third_party_audited: u16,
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 120))]
    pub worker_corroborated: u16,
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 120))]
    pub outcome_verified: u16,
}

impl EvidenceDecay {
    pub const LONGEST: u16 = 120;

    /// None: it holds for good.
    pub fn months(&self, grade: ReadingGrade) -> Option<u16> {
        match grade {
            ReadingGrade::SelfDeclared => None,
            ReadingGrade::Documented => Some(self.documented),
            ReadingGrade::ThirdPartyAudited => Some(self.third_party_audited),
            ReadingGrade::WorkerCorroborated => Some(self.worker_corroborated),
            ReadingGrade::OutcomeVerified => Some(self.outcome_verified),
        }
    }

    /// The grade that is left when `months` whole months have passed since the evidence was given.
    pub fn after(&self, grade: ReadingGrade, months: u32) -> ReadingGrade {
        let (mut grade, mut left) = (grade, months);
        while let Some(holds) = self.months(grade) {
            let holds = u32::from(holds);
            if left < holds {
                break;
            }
            (grade, left) = (grade.weaker(), left - holds);
        }
        grade
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_falls_step_by_step() {
        use ReadingGrade::*;
        let decay = EvidenceDecay { documented: 24, third_party_audited: 12, worker_corroborated: 6, outcome_verified: 36 };
        let falls = [(0, WorkerCorroborated), (5, WorkerCorroborated), (6, ThirdPartyAudited), (17, ThirdPartyAudited)];
        let then = [(18, Documented), (41, Documented), (42, SelfDeclared), (u32::MAX, SelfDeclared)];
        for (months, grade) in falls.into_iter().chain(then) {
            assert_eq!(decay.after(WorkerCorroborated, months), grade, "after {months}");
        }
        assert!(SelfDeclared < Documented && WorkerCorroborated < OutcomeVerified);
    }
}
