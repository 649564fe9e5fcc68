//! A list of organisations as a table: which column says what, what a row states, what is wrong with
//! it, and how a row changes a listing. A list never overrules what the organisation, staff or an
//! auditor said, and an empty cell says nothing.

#[cfg(feature = "slugs")]
mod cells;
#[cfg(feature = "slugs")]
mod overlay;
#[cfg(feature = "slugs")]
mod reading;

#[cfg(feature = "slugs")]
pub use overlay::Reach;
#[cfg(feature = "slugs")]
pub use reading::*;

use crate::Instant;
use crate::codes::code_list;
use crate::ids::{ImportId, OrganisationId};
use serde::{Deserialize, Serialize};

/// The most bytes of an uploaded file.
pub const IMPORT_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of one.
pub const IMPORT_ROWS: usize = 100_000;

code_list! {
    /// What a column can say.
    pub enum ImportField: "a field that a column can be mapped to" {
        Name = "name", OtherNames = "other_names", Website = "website", Kind = "kind", CountryHq = "country_hq", City = "city",
        DeliveryCountries = "delivery_countries", Services = "services", Languages = "languages", TargetGroups = "target_groups",
        Certificates = "certificates",
        /// Share of impact workers: 0.42 or 42 %.
        ImpactShare = "impact_share",
        ImpactDefinition = "impact_definition", ImpactDefinitionSource = "impact_definition_source",
        Founded = "founded", Headcount = "headcount", HeadcountYear = "headcount_year", Summary = "summary",
        /// Where the row's facts come from.
        Source = "source",
        /// The year that the row's facts are of.
        AsOf = "as_of",
        /// What the list calls the organisation; our own id is known too. Otherwise its website or name tells a row again.
        SourceKey = "source_key",
    }
}

code_list! {
    /// Where an import is in its life.
    pub enum ImportState: "an import's state: preview, applied or undone" {
        Preview = "preview", Applied = "applied", Undone = "undone",
    }
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportColumn {
    pub name: String,
    /// What it says; null leaves it out.
    pub field: Option<ImportField>,
    /// The first few values.
    pub samples: Vec<String>,
}

code_list! {
    /// What can be wrong in a row.
    pub enum RowProblem: "what is wrong in a row" {
        /// The row has no name.
        NoName = "no_name",
        /// An earlier row has the same key; `value` is its line.
        SameRow = "same_row",
        /// Another row speaks for the same listing; `value` is its line.
        SameListing = "same_listing",
        Country = "country", Number = "number", Range = "range", Website = "website", Share = "share",
        /// Longer than `value` characters.
        Length = "length",
        /// More than `value` entries.
        Count = "count",
        /// A word that its list does not have.
        Word = "word",
        /// What the row states contradicts itself or what the listing states.
        Contradiction = "contradiction",
        Other = "other",
    }
}

/// What an older version of Kazi kept without a code.
fn other() -> RowProblem {
    RowProblem::Other
}

/// Something wrong in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowError {
    /// Line of the file, the header being 1.
    pub line: u32,
    pub column: Option<String>,
    #[serde(default = "other")]
    pub code: RowProblem,
    /// What was written there, or the bound that it breaks.
    #[serde(default)]
    pub value: Option<String>,
    /// In English.
    pub message: String,
}

/// What an import would do, or did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPlan {
    /// Listings to make.
    pub create: u32,
    /// Listings to change.
    pub update: u32,
    /// Rows that say nothing new.
    pub unchanged: u32,
    /// Rows of claimed organisations, which keep their own listing.
    pub claimed: u32,
    /// Rows left out because of their errors.
    pub refused: u32,
    /// The first thousand.
    pub errors: Vec<RowError>,
}

code_list! {
    /// Why an undo left a listing as it is.
    pub enum KeptReason: "why a listing was kept" {
        Merged = "merged", Changed = "changed", Claimed = "claimed",
        /// Claims, inquiries or merged listings refer to it.
        Referred = "referred",
        Other = "other",
    }
}

fn other_reason() -> KeptReason {
    KeptReason::Other
}

/// What an undo could not take back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    pub organisation: OrganisationId,
    #[serde(default = "other_reason")]
    pub code: KeptReason,
    /// In English.
    pub reason: String,
}

/// An import, from the upload to the undo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    pub id: ImportId,
    pub file_name: String,
    pub state: ImportState,
    pub columns: Vec<ImportColumn>,
    pub rows: u32,
    /// In preview what applying would do now; afterwards what it did.
    pub plan: ImportPlan,
    /// After an undo: listings changed since, which were left as they are.
    pub kept: Vec<Kept>,
    pub version: i32,
    pub created_at: Instant,
    pub applied_at: Option<Instant>,
    pub undone_at: Option<Instant>,
}

/// Which column says what: one entry for each column, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct ImportMapping {
    #[cfg_attr(feature = "validate", validate(length(min = 1, max = 500)))]
    pub fields: Vec<Option<ImportField>>,
}

/// A table as read from a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub header: Vec<String>,
    /// Line in the file, and the cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A cell that no spreadsheet takes for a formula.
pub fn defused(cell: &str) -> std::borrow::Cow<'_, str> {
    if begins_like_a_formula(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell as it was before it was defused.
pub fn undefused(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| begins_like_a_formula(rest)).unwrap_or(cell)
}

fn begins_like_a_formula(cell: &str) -> bool {
    matches!(cell.chars().next(), Some('=' | '+' | '-' | '@' | '\t' | '\r'))
}
