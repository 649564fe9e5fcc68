//! The published table: the one thing that pages, charts, CSV and the API read, so that no output can say more than another.

use super::blocks::Parcel;
use super::figures::{Figures, PERCENTS, Percentiles, position};
use super::group::Group;
use super::safety::MINIMUM;
use super::standing::Withheld;
use crate::Instant;
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A group that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Row {
    pub group: Group,
    /// Organisations.
    pub contributors: usize,
    pub readings: usize,
    /// Three significant digits, as are the percentiles.
    pub mean: f64,
    /// Those that leave at least five organisations on either side, and between any two of them.
    pub percentiles: Percentiles<Option<f64>>,
    /// When these figures were published; what came later waits.
    pub as_of: Instant,
}

/// All that is shown of a metric in a period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Table {
    /// The how many-th of the period; 0 before the first.
    pub(super) publication: u32,
    rows: Vec<Row>,
    /// Groups of enough organisations that are not shown all the same.
    protected: Vec<Group>,
}

impl Table {
    pub(super) fn of(parcels: &[Parcel], shown: &[Group], protected: Vec<Group>, (publication, at): (u32, Instant), before: &Self) -> Self {
        let mut rows: Vec<Row> = shown.iter().filter_map(|group| row(*group, parcels, at)).collect();
        rows.sort_by_key(|row| row.group);
        for row in &mut rows {
            if let Ok(before) = before.row(row.group)
                && *before == (Row { as_of: before.as_of, ..*row })
            {
                row.as_of = before.as_of;
            }
        }
        Self { publication, rows, protected }
    }

    /// The how many-th publication of the period; 0 before the first.
    pub fn publication(&self) -> u32 {
        self.publication
    }

    /// Every group that is shown, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What a filter shows.
    pub fn row(&self, group: Group) -> Result<&Row, Withheld> {
        let found = self.rows.binary_search_by_key(&group, |row| row.group);
        let why = || if self.protected.contains(&group) { Withheld::Protected } else { Withheld::TooFew };
        found.map(|at| &self.rows[at]).map_err(|_| why())
    }
}

fn row(group: Group, parcels: &[Parcel], at: Instant) -> Option<Row> {
    let held = parcels.iter().filter(|parcel| group.holds(parcel.place));
    let mut readings: Vec<(f64, OrganisationId)> =
        held.flat_map(|parcel| parcel.values.iter().map(|value| (*value, parcel.organisation))).collect();
    readings.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let figures = Figures::of(&mut readings.iter().map(|(value, _)| *value).collect::<Vec<_>>())?;
    let told = told(&readings);
    let percentiles = figures.percentiles.into_array();
    let percentile = |which: usize| told.contains(&which).then(|| rounded(percentiles[which]));
    Some(Row {
        group,
        contributors: distinct(&readings),
        readings: readings.len(),
        mean: rounded(figures.mean),
        percentiles: Percentiles::from_array(std::array::from_fn(percentile)),
        as_of: at,
    })
}

/// Which of `PERCENTS` may be told: the most that leave enough organisations in each part.
fn told(readings: &[(f64, OrganisationId)]) -> &'static [usize] {
    const SETS: [&[usize]; 3] = [&[0, 1, 2, 3, 4], &[1, 2, 3], &[2]];
    let contributors = distinct(readings);
    let enough = |set: &&&[usize]| {
        let cuts = set.iter().map(|which| position(readings.len(), PERCENTS[*which]).ceil() as usize);
        let starts = std::iter::once(0).chain(cuts.clone());
        contributors >= MINIMUM * (set.len() + 1)
            && starts.zip(cuts.chain([readings.len()])).all(|(start, end)| distinct(&readings[start..end]) >= MINIMUM)
    };
    SETS.iter().find(enough).copied().unwrap_or_default()
}

fn distinct(readings: &[(f64, OrganisationId)]) -> usize {
    readings.iter().map(|(_, organisation)| organisation).collect::<BTreeSet<_>>().len()
}

/// To three significant digits.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
