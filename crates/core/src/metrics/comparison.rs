//! Several providers side by side on the same metrics and the same year. What one of them doesn't show is missing and said to be.

use super::{Audience, FigureRow, Reading, ReportingPeriod, figures_of_year_to};
use crate::ids::OrganisationId;
use crate::standard::{MetricCode, Outcome, ReadingGrade, Standard};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The most that are compared at once.
pub const MOST_COMPARED: usize = 6;

/// One provider's figure of one metric, as far as it shows what the figure rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedFigure {
    pub metric: MetricCode,
    pub outcome: Outcome,
    /// The weakest among the readings that it rests on.
    pub grade: Option<ReadingGrade>,
    /// The oldest day from which one of these grades counts.
    pub graded_on: Option<NaiveDate>,
}

/// One provider's column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureColumn {
    pub organisation: OrganisationId,
    pub slug: String,
    pub name: String,
    /// In the order of the standard.
    pub figures: Vec<ComparedFigure>,
}

/// The providers in the order in which they were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureComparison {
    /// The last of the four quarters that the figures are of.
    pub year_to: ReportingPeriod,
    pub standard: u32,
    pub providers: Vec<FigureColumn>,
}

/// A provider's figures as somebody of these audiences may see them; empty is of the organisation itself.
pub fn compared(standard: &Standard, readings: Vec<Reading>, year_to: ReportingPeriod, audiences: &[Audience]) -> Vec<ComparedFigure> {
    let seen: Vec<Reading> = if audiences.is_empty() {
        readings
    } else {
        let shown = readings.into_iter().filter(|reading| audiences.contains(&reading.stated.audience));
        shown.filter_map(|reading| Some(reading.clone().to_others(standard.metric(&reading.figure.metric)?))).collect()
    };
    let one = |row: FigureRow| ComparedFigure {
        graded_on: seen.iter().filter(|reading| row.rests_on.contains(&reading.id)).map(|reading| reading.graded_on).min(),
        metric: row.metric,
        outcome: row.outcome,
        grade: row.grade,
    };
    figures_of_year_to(standard, &seen, year_to).into_iter().map(one).collect()
}
