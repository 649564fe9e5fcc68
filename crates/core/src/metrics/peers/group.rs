//! The groups of peers that can be asked for: at most one service line, one region and one size. Anything else (two regions, a
//! country, all but one line) has no `Group` and so can be neither published nor asked for.

use crate::codes::{Region, ServiceLine, code_list};
use serde::{Deserialize, Serialize};

code_list! {
    /// How large an organisation is, by the people it employs: fewer than 10, 50, 250, or more.
    pub enum SizeBand: "a size: micro, small, medium or large" {
        Micro = "micro", Small = "small", Medium = "medium", Large = "large",
    }
}

impl SizeBand {
    pub fn of(headcount: u32) -> Self {
        match headcount {
            0..10 => Self::Micro,
            10..50 => Self::Small,
            50..250 => Self::Medium,
            _ => Self::Large,
        }
    }
}

code_list! {
    /// What a group has in common. The order is that in which groups are admitted: where two can't both be shown, the earlier is.
    pub enum Level: "a level of peer groups, such as line_region" {
        Everyone = "everyone", Line = "line", LineRegion = "line_region", LineRegionSize = "line_region_size",
        LineSize = "line_size", Region = "region", RegionSize = "region_size", Size = "size",
    }
}

impl Level {
    /// From the most alike to everyone: where a provider looks for its peers.
    pub const NARROW_TO_WIDE: [Self; 8] =
        [Self::LineRegionSize, Self::LineRegion, Self::LineSize, Self::Line, Self::RegionSize, Self::Region, Self::Size, Self::Everyone];

    /// Whether line, region and size are fixed.
    const fn fixes(self) -> [bool; 3] {
        match self {
            Self::Everyone => [false, false, false],
            Self::Line => [true, false, false],
            Self::LineRegion => [true, true, false],
            Self::LineRegionSize => [true, true, true],
            Self::LineSize => [true, false, true],
            Self::Region => [false, true, false],
            Self::RegionSize => [false, true, true],
            Self::Size => [false, false, true],
        }
    }
}

/// Where a reading belongs. `None` is not stated: such a reading counts only in groups that do not ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub line: Option<ServiceLine>,
    pub region: Option<Region>,
    pub size: Option<SizeBand>,
}

impl Place {
    /// Its group at a level; `None` where what the level asks is not stated.
    pub fn group(self, level: Level) -> Option<Group> {
        let [line, region, size] = level.fixes();
        let known = (!line || self.line.is_some()) && (!region || self.region.is_some()) && (!size || self.size.is_some());
        known.then(|| Group { line: self.line.filter(|_| line), region: self.region.filter(|_| region), size: self.size.filter(|_| size) })
    }
}

/// A group of peers. `None` is any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[serde(default)]
    pub line: Option<ServiceLine>,
    #[serde(default)]
    pub region: Option<Region>,
    #[serde(default)]
    pub size: Option<SizeBand>,
}

impl Group {
    pub const EVERYONE: Self = Self { line: None, region: None, size: None };

    pub fn holds(self, place: Place) -> bool {
        self.line.is_none_or(|line| place.line == Some(line))
            && self.region.is_none_or(|region| place.region == Some(region))
            && self.size.is_none_or(|size| place.size == Some(size))
    }

    pub fn level(self) -> Level {
        match (self.line.is_some(), self.region.is_some(), self.size.is_some()) {
            (false, false, false) => Level::Everyone,
            (true, false, false) => Level::Line,
            (true, true, false) => Level::LineRegion,
            (true, true, true) => Level::LineRegionSize,
            (true, false, true) => Level::LineSize,
            (false, true, false) => Level::Region,
            (false, true, true) => Level::RegionSize,
            (false, false, true) => Level::Size,
        }
    }
}
