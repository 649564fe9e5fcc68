//! The twelve criteria by name, what a need asks of them, and the values of one candidate.

use crate::codes::code_list;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a candidate is valued by; each is 0 to 1 or unknown.
    pub enum Criterion: "a criterion such as price" {
        ServiceFit = "service_fit", Skills = "skills", Languages = "languages", Capacity = "capacity", Price = "price",
        TimeOverlap = "time_overlap", Start = "start", Certificates = "certificates", ImpactShare = "impact_share",
        TargetGroup = "target_group", Evidence = "evidence", Responsiveness = "responsiveness",
    }
}

/// How many criteria there are.
pub const CRITERIA: usize = Criterion::ALL.len();

/// One candidate's values in the order of `Criterion::ALL`; `None` is unknown or not asked.
pub type Values = [Option<f32>; CRITERIA];

impl Criterion {
    pub const fn ordinal(self) -> usize {
        self as usize
    }
}

/// Which criteria a need asks for; the others take no part and their weight goes to those that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Criterion>", into = "Vec<Criterion>")]
pub struct Asked(u16);

impl Asked {
    pub const ALL: Self = Self((1 << CRITERIA) - 1);

    pub const fn has(self, criterion: Criterion) -> bool {
        self.0 & (1 << criterion.ordinal()) != 0
    }
    pub fn iter(self) -> impl Iterator<Item = Criterion> {
        Criterion::ALL.iter().copied().filter(move |c| self.has(*c))
    }
}
impl FromIterator<Criterion> for Asked {
    fn from_iter<I: IntoIterator<Item = Criterion>>(list: I) -> Self {
        Self(list.into_iter().fold(0, |bits, c| bits | 1 << c.ordinal()))
    }
}
impl From<Vec<Criterion>> for Asked {
    fn from(list: Vec<Criterion>) -> Self {
        list.into_iter().collect()
    }
}
impl From<Asked> for Vec<Criterion> {
    fn from(asked: Asked) -> Self {
        asked.iter().collect()
    }
}
