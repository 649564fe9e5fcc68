//! Many readings at once, by file or API: each line is taken or refused on its own, and says which.

use super::{Doubtful, Figure, Stated};
use crate::codes::code_list;
use crate::ids::ReadingId;
use crate::problem::FieldError;
use serde::{Deserialize, Serialize};
#[cfg(feature = "validate")]
use validator::Validate as _;

/// What became of one line of a bulk of readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineResult {
    /// 1 is the first line of the body or the first row below the header.
    pub line: u32,
    pub outcome: LineOutcome,
    /// The reading, where there is one.
    pub reading: Option<ReadingId>,
    pub doubts: Vec<Doubtful>,
    /// What to mend; the pointer of an error in a table is its column.
    pub errors: Vec<FieldError>,
}

code_list! {
    /// What became of a line.
    pub enum LineOutcome: "created, corrected, unchanged or refused" {
        Created = "created",
        Corrected = "corrected",
        /// It says what the reading says already.
        Unchanged = "unchanged",
        Refused = "refused",
    }
}

/// What became of a bulk, line by line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// Nothing was kept: it was only tried.
    pub dry_run: bool,
    pub created: u32,
    pub corrected: u32,
    pub unchanged: u32,
    pub refused: u32,
    pub lines: Vec<LineResult>,
}

impl BulkResult {
    pub fn of(lines: Vec<LineResult>, dry_run: bool) -> Self {
        let count = |outcome: LineOutcome| lines.iter().filter(|line| line.outcome == outcome).count() as u32;
        let (created, corrected) = (count(LineOutcome::Created), count(LineOutcome::Corrected));
        let (unchanged, refused) = (count(LineOutcome::Unchanged), count(LineOutcome::Refused));
        Self { dry_run, created, corrected, unchanged, refused, lines }
    }
}

/// One line of a bulk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct ReadingLine {
    pub figure: Figure,
    #[cfg_attr(feature = "validate", validate(nested))]
    pub stated: Stated,
    /// Why, where the line corrects a figure that was given already.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 1000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 1000))]
    #[serde(default)]
    pub reason: Option<String>,
}

/// The most lines of one bulk.
pub const BULK_LINES: usize = 10_000;
