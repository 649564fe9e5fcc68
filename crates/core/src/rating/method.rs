//! The numbers of the method. They change with its version only, which every rating names.

use crate::codes::code_list;
use crate::standard::ReadingGrade;
use serde::{Deserialize, Serialize};

code_list! {
    /// What a rating comes to.
    pub enum Level: "a level: committed, established or leading" {
        Committed = "committed", Established = "established", Leading = "leading",
    }
}

/// How figures become scores.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RatingMethod))]
pub struct Method {
    pub version: u32,
    /// Of a pillar's weight, how much must be known for the pillar to be rated.
    pub least_known: f64,
    /// What the basic metrics of a pillar must come to, 0 to 1, for its advanced ones to bring points.
    pub basics: f64,
    /// The most of a pillar's points that one metric can bring.
    pub cap: f64,
    /// Points, 0 to 100, from which a level is reached: by the lower end of the band, so that nothing is won by saying nothing.
    pub committed: f64,
    pub established: f64,
    pub leading: f64,
    /// What each pillar must come to beside that, as a part of the level's points.
    pub each_pillar: f64,
}

pub const METHOD: Method =
    Method { version: 1, least_known: 0.5, basics: 0.4, cap: 0.6, committed: 40.0, established: 60.0, leading: 80.0, each_pillar: 0.6 };

impl Method {
    /// How far a figure of that grade may be off, of the way from floor to target. On its own word alone nobody is leading.
    pub fn slack(self, grade: ReadingGrade) -> f64 {
        match grade {
            ReadingGrade::SelfDeclared => 0.30,
            ReadingGrade::Documented => 0.15,
            ReadingGrade::ThirdPartyAudited => 0.05,
            ReadingGrade::WorkerCorroborated => 0.03,
            ReadingGrade::OutcomeVerified => 0.02,
        }
    }
    pub fn points(self, level: Level) -> f64 {
        match level {
            Level::Committed => self.committed,
            Level::Established => self.established,
            Level::Leading => self.leading,
        }
    }
    /// The highest level that these points reach, each pillar being at least at its part of them.
    pub fn level(self, points: f64, weakest_pillar: f64) -> Option<Level> {
        let reached = |level: &&Level| points >= self.points(**level) && weakest_pillar >= self.points(**level) * self.each_pillar;
        Level::ALL.iter().rev().find(reached).copied()
    }
}
