//! What a reading must be to be taken, and what it is asked about although it is taken.

use super::{Figure, Stated};
use crate::codes::code_list;
use crate::ids::SiteId;
use crate::problem::{FieldError, Refusal};
use crate::standard::{Answer, Dimension, Metric, MetricKind, MetricValue, Standard, Timing};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A figure that became this many times larger or smaller is asked about.
pub const JUMP: f64 = 2.0;
/// Below this difference no count is asked about.
pub const SMALL: f64 = 5.0;

code_list! {
    /// What a taken reading is asked about.
    pub enum Doubt: "a doubt" {
        /// It is more than twice, or less than half, the one of the period before.
        Jump = "jump",
        /// A quarter's figure is above that of its year.
        AboveYear = "above_year",
        /// The sites' figures together are above that of the whole.
        SitesAboveWhole = "sites_above_whole",
        /// A site's figure is above that of the whole.
        SiteAboveWhole = "site_above_whole",
    }
}

/// Something to explain in `method`; the reading stands meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReadingDoubt))]
pub struct Doubtful {
    pub doubt: Doubt,
    /// What it was compared with.
    pub against: Figure,
    /// That one's value.
    pub value: MetricValue,
}

/// What is known around a reading, to check it against.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    pub standard: &'static Standard,
    /// The sites of the organisation's profile.
    pub sites: &'a [SiteId],
    pub today: NaiveDate,
}

/// The metric that a figure is of, if readings of it are taken. `at` points to the figure in the body.
pub fn metric_of(around: Surroundings, figure: &Figure, at: &str) -> Result<&'static Metric, FieldError> {
    let wrong = |field: &str, code: &str, message: String| FieldError { pointer: format!("{at}/{field}"), code: code.into(), message };
    let version = around.standard.version;
    let Some(metric) = around.standard.metric(&figure.metric) else {
        return Err(wrong("metric", "unknown", format!("Version {version} of the standard has no metric '{}'.", figure.metric)));
    };
    if !metric.is_reported() {
        return Err(wrong("metric", "conflict", "It is worked out from other metrics, or retired: nobody reports it.".into()));
    }
    if figure.site.is_some_and(|site| !around.sites.contains(&site)) {
        return Err(wrong("site", "unknown", "The organisation's profile has no such site.".into()));
    }
    if figure.site.is_some() && !metric.by.contains(&Dimension::Site) {
        return Err(wrong("site", "conflict", "This metric is reported for the whole organisation only.".into()));
    }
    if figure.period.last_day() >= around.today {
        return Err(wrong("period", "range", format!("{} is not over yet; report it from the day after its last.", figure.period)));
    }
    Ok(metric)
}

/// Refuses what can't be so. `at` points to what is stated in the body.
pub fn check(around: Surroundings, metric: &Metric, stated: &Stated, at: &str) -> Result<(), Refusal> {
    let mut errors = vec![];
    let wrong = |pointer: String, code: &str, message: String| FieldError { pointer, code: code.into(), message };
    if let Answer::Value(value) = &stated.answer {
        errors.extend(metric.accepts(value, &format!("{at}/answer/value")).err());
    }
    for (i, part) in stated.parts.iter().enumerate() {
        let pointer = format!("{at}/parts/{i}");
        if part.by == Dimension::Site || !metric.by.contains(&part.by) {
            errors.push(wrong(format!("{pointer}/by"), "conflict", format!("This metric is not broken down by {} here.", part.by)));
        } else if !part.by.codes().unwrap_or_default().contains(&part.code.as_str()) {
            let known = part.by.codes().unwrap_or_default().join(", ");
            errors.push(wrong(format!("{pointer}/code"), "unknown", format!("Must be one of: {known}.")));
        } else if stated.parts[..i].iter().any(|p| (p.by, &p.code) == (part.by, &part.code)) {
            errors.push(wrong(format!("{pointer}/code"), "conflict", "This part is there already.".into()));
        }
        if let Answer::Value(value) = &part.answer {
            errors.extend(metric.accepts(value, &format!("{pointer}/answer/value")).err());
        }
    }
    if errors.is_empty() {
        errors.extend(parts_above_whole(metric, stated).into_iter().map(|message| wrong(format!("{at}/parts"), "conflict", message)));
    }
    for (i, document) in stated.documents.iter().enumerate() {
        if document.dated > around.today {
            errors.push(wrong(format!("{at}/documents/{i}/dated"), "range", "The day lies in the future.".into()));
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Refusal::fields(errors))
}

fn parts_above_whole(metric: &Metric, stated: &Stated) -> Vec<String> {
    // Of shares and ratios a part can be above the whole; of what is counted it can't.
    if !matches!(metric.kind, MetricKind::Count | MetricKind::Money) {
        return vec![];
    }
    let Answer::Value(whole) = &stated.answer else { return vec![] };
    let Some(whole) = whole.magnitude() else { return vec![] };
    let mut sums: BTreeMap<Dimension, f64> = BTreeMap::new();
    let mut faults = vec![];
    for part in &stated.parts {
        let Answer::Value(value) = &part.answer else { continue };
        if let (MetricValue::Money(a), Answer::Value(MetricValue::Money(b))) = (value, &stated.answer)
            && a.currency != b.currency
        {
            faults.push(format!("The part {} is in another currency than the whole.", part.code));
        }
        let value = value.magnitude().unwrap_or_default();
        if value > whole {
            faults.push(format!("The part {} is above the whole.", part.code));
        }
        *sums.entry(part.by).or_default() += value;
    }
    let apart = sums.iter().filter(|(by, sum)| by.adds_up() && **sum > whole * (1.0 + 1e-9));
    faults.extend(apart.map(|(by, _)| format!("The parts by {by} together are above the whole.")));
    faults
}

/// What a reading is asked about, seen beside the organisation's other readings of the same metric.
pub fn doubts(metric: &Metric, figure: &Figure, stated: &Stated, others: &[(Figure, MetricValue)]) -> Vec<Doubtful> {
    let Answer::Value(value) = &stated.answer else { return vec![] };
    let Some(size) = value.magnitude() else { return vec![] };
    let mut found = vec![];
    let mut doubt = |doubt: Doubt, against: &Figure, value: &MetricValue| {
        found.push(Doubtful { doubt, against: against.clone(), value: value.clone() });
    };
    let adds_up = matches!(metric.kind, MetricKind::Count | MetricKind::Money);
    let mut sites = 0.0;
    for (other, theirs) in others.iter().filter(|(other, _)| other != figure) {
        let Some(beside) = theirs.magnitude().filter(|_| value.currency() == theirs.currency()) else { continue };
        if other.site == figure.site && Some(other.period) == figure.period.previous() {
            let (small, large) = if size < beside { (size, beside) } else { (beside, size) };
            let noticeable = metric.kind != MetricKind::Count || large - small >= SMALL;
            if large > small * JUMP && noticeable {
                doubt(Doubt::Jump, other, theirs);
            }
        }
        let year = other.site == figure.site && other.period.is_year() && other.period == figure.period.whole_year();
        if adds_up && metric.timing == Timing::During && year && size > beside {
            doubt(Doubt::AboveYear, other, theirs);
        }
        if adds_up && other.period == figure.period {
            match (figure.site, other.site) {
                (Some(_), None) if size > beside => doubt(Doubt::SiteAboveWhole, other, theirs),
                (None, Some(_)) => sites += beside,
                _ => {}
            }
        }
    }
    if sites > size * (1.0 + 1e-9) {
        doubt(Doubt::SitesAboveWhole, figure, value);
    }
    found
}
