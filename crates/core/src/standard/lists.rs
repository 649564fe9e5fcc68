//! The closed lists that describe a metric.

use crate::codes::{TargetGroup, code_list};

code_list! {
    /// The six fields that the standard covers, in the order of its pages.
    pub enum Pillar: "a pillar: targeted_groups, employment_practices, pay, training, community or delivery" {
        /// Who is hired.
        TargetedGroups = "targeted_groups",
        /// How people are employed, stay and leave.
        EmploymentPractices = "employment_practices",
        Pay = "pay",
        /// What people learn and where it takes them.
        Training = "training",
        /// Families and the place around the work.
        Community = "community",
        /// Quality of the work and what clients say.
        Delivery = "delivery",
    }
}

code_list! {
    /// What an answer is.
    pub enum MetricKind: "a kind of metric: count, share, money, ratio, yes_no or choice" {
        /// An amount of one thing: people, hours, cases.
        Count = "count",
        /// A part of a whole, 0 to 1.
        Share = "share",
        Money = "money",
        /// Any other number: an average, a rate, a score.
        Ratio = "ratio",
        YesNo = "yes_no",
        /// One of the metric's options.
        Choice = "choice",
    }
}

code_list! {
    /// Which way is better.
    pub enum Direction: "a direction: higher, lower or neutral" { Higher = "higher", Lower = "lower", Neutral = "neutral" }
}

code_list! {
    /// By what a figure can be broken down.
    pub enum Dimension: "a dimension: gender, age_band, target_group or site" {
        Gender = "gender", AgeBand = "age_band", TargetGroup = "target_group",
        /// The organisation's own sites.
        Site = "site",
    }
}

impl Dimension {
    /// Its codes, where the list is closed; sites are the organisation's own.
    pub fn codes(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Gender => Some(Gender::ALL.iter().map(|code| code.as_str()).collect()),
            Self::AgeBand => Some(AgeBand::ALL.iter().map(|code| code.as_str()).collect()),
            Self::TargetGroup => Some(TargetGroup::ALL.iter().map(|code| code.as_str()).collect()),
            Self::Site => None,
        }
    }

    /// Whether its parts add up to the whole. Somebody may belong to several target groups, or to none.
    pub fn adds_up(self) -> bool {
        self != Self::TargetGroup
    }
}

code_list! {
    pub enum Gender: "a gender: women, men, other or not_said" {
        Women = "women", Men = "men", Other = "other", NotSaid = "not_said",
    }
}

code_list! {
    /// Age in whole years. Youth in labour statistics are 15 to 24, so the first band ends there.
    pub enum AgeBand: "an age band: under_25, 25_34, 35_54, 55_plus or not_said" {
        Under25 = "under_25", From25To34 = "25_34", From35To54 = "35_54", From55 = "55_plus", NotSaid = "not_said",
    }
}

code_list! {
    /// What moment a figure speaks of.
    pub enum Timing: "a timing: at_end or during" {
        /// The state on the last day of the period.
        AtEnd = "at_end",
        /// Summed over the period.
        During = "during",
    }
}

code_list! {
    /// What a version did to a metric, mildest first (`retired` aside).
    pub enum Change: "a change: new, unchanged, editorial, material or retired" {
        New = "new",
        Unchanged = "unchanged",
        /// Said better or mapped better; every figure stays what it was.
        Editorial = "editorial",
        /// Figures of before and after do not compare as they stand.
        Material = "material",
        /// No longer asked for. It stays in the standard, so that old figures keep their meaning.
        Retired = "retired",
    }
}

code_list! {
    /// How soon an organisation is expected to know a figure.
    pub enum Tier: "a tier: basic or advanced" { Basic = "basic", Advanced = "advanced" }
}
