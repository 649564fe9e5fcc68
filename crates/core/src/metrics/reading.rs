//! A reading: one figure of one organisation for one metric and period, with what backs it.

use super::{Doubtful, ReportingPeriod};
use crate::Instant;
use crate::codes::code_list;
use crate::ids::{OrganisationId, ReadingId, SiteId};
use crate::standard::{Answer, BaseUnit, Dimension, EvidenceDecay, Metric, MetricCode, MetricValue, ReadingGrade};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
#[cfg(feature = "validate")]
use validator::Validate as _;

code_list! {
    /// Who sees a reading beside its organisation and the platform's stewards.
    pub enum Audience: "an audience: organisation, partners or everyone" {
        /// Nobody else.
        Organisation = "organisation",
        /// Organisations that buy, fund, or pass work on.
        Partners = "partners",
        Everyone = "everyone",
    }
}

/// A document that backs a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceDocument))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is: "Payroll register, September".
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 200)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 200))]
    pub title: String,
    /// Where it can be read, http or https; without one it is shown on request.
    #[cfg_attr(feature = "validate", validate(url, length(max = 500)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 500, format = "uri"))]
    #[serde(default)]
    pub address: Option<String>,
    /// The day that the document is of.
    pub dated: NaiveDate,
}

/// A part of the figure: those of one gender, age band or target group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReadingPart))]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub by: Dimension,
    /// Of the dimension's list: `women`, `under_25`, `refugees` …
    pub code: String,
    pub answer: Answer<MetricValue>,
}

/// What is said of a figure, whole: what a correction replaces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Stated {
    pub answer: Answer<MetricValue>,
    #[cfg_attr(feature = "validate", validate(length(max = 60)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 60))]
    #[serde(default)]
    pub parts: Vec<Part>,
    /// How it was gathered, and why it moved where it moved much.
    #[cfg_attr(feature = "validate", validate(length(max = 2000)))]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    #[serde(default)]
    pub method: Option<String>,
    #[cfg_attr(feature = "validate", validate(nested, length(max = 10)))]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    #[serde(default)]
    pub documents: Vec<Document>,
    #[serde(default = "Stated::nobody_else")]
    pub audience: Audience,
}

impl Stated {
    fn nobody_else() -> Audience {
        Audience::Organisation
    }
    /// What the organisation's own word is worth, more where it shows a document, and the day from which that wears off.
    pub fn own_grade(&self, today: NaiveDate) -> (ReadingGrade, NaiveDate) {
        match self.documents.iter().map(|document| document.dated).max() {
            None => (ReadingGrade::SelfDeclared, today),
            Some(dated) => (ReadingGrade::Documented, dated),
        }
    }
}

/// Which figure a reading is; an organisation has one reading of each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub metric: MetricCode,
    pub period: ReportingPeriod,
    /// One of the organisation's sites; null is all of it.
    #[serde(default)]
    pub site: Option<SiteId>,
}

/// What enters a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewReading {
    /// Whose it is; the caller has to be one of its editors.
    pub organisation: OrganisationId,
    pub figure: Figure,
    #[cfg_attr(feature = "validate", validate(nested))]
    pub stated: Stated,
}

/// What corrects a reading; the value before stays in its history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    #[cfg_attr(feature = "validate", validate(nested))]
    pub stated: Stated,
    /// Why the figure changes.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 1000)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 1000))]
    pub reason: String,
}

/// What somebody outside the organisation says of a reading as it stands; recorded by stewards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "validate", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub grade: ReadingGrade,
    /// Who checked it and where that is written.
    #[cfg_attr(feature = "validate", validate(length(min = 3, max = 500)))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub source: String,
    /// The day of the check, from which the grade wears off.
    pub dated: NaiveDate,
}

/// A reading as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reading {
    pub id: ReadingId,
    pub organisation: OrganisationId,
    pub figure: Figure,
    /// The version of the standard that it was made under.
    pub standard: u32,
    pub stated: Stated,
    /// How well it is backed as of today: what was given, worn off by its age.
    pub grade: ReadingGrade,
    /// The grade as it was given.
    pub given_grade: ReadingGrade,
    /// The day from which the grade wears off.
    pub graded_on: NaiveDate,
    /// Who checked it, where somebody did.
    pub confirmed_by: Option<String>,
    /// Why it was corrected last; null where it never was.
    pub reason: Option<String>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// What a reading said before a correction or confirmation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    pub version: i32,
    pub stated: Stated,
    pub given_grade: ReadingGrade,
    pub confirmed_by: Option<String>,
    /// Why this version was made; null for the first.
    pub reason: Option<String>,
    pub at: Instant,
}

/// What is left on `today` of a grade that was given on `given_on`.
pub fn worn_off(decay: EvidenceDecay, given: ReadingGrade, given_on: NaiveDate, today: NaiveDate) -> ReadingGrade {
    let months = (today.year() - given_on.year()) * 12 + today.month() as i32 - given_on.month() as i32;
    let whole = months - i32::from(today.day() < given_on.day());
    decay.after(given, u32::try_from(whole).unwrap_or(0))
}

/// Figures about fewer people than this are shown to their organisation only.
pub const FEWEST: f64 = 5.0;

impl Reading {
    /// As others may read it: nothing about fewer than five people. Where one part by gender, say, is that small, all parts by
    /// gender are withheld, since the others and the whole would tell it.
    pub fn to_others(mut self, metric: &Metric) -> Self {
        // Why a figure changed may speak of single people; it is kept for the organisation.
        self.reason = None;
        if metric.unit.base() != Some(BaseUnit::People) {
            return self;
        }
        let small = |answer: &Answer<MetricValue>| matches!(answer, Answer::Value(MetricValue::Number(n)) if *n > 0.0 && *n < FEWEST);
        let whole = match self.stated.answer {
            Answer::Value(MetricValue::Number(whole)) => Some(whole),
            _ => None,
        };
        let told: Vec<Dimension> = Dimension::ALL
            .iter()
            .copied()
            .filter(|by| {
                let parts = self.stated.parts.iter().filter(|part| part.by == *by);
                let sum: f64 = parts
                    .clone()
                    .filter_map(|part| match part.answer {
                        Answer::Value(MetricValue::Number(n)) => Some(n),
                        _ => None,
                    })
                    .sum();
                let rest = whole.map_or(0.0, |whole| whole - sum);
                parts.clone().any(|part| small(&part.answer)) || (rest > 0.0 && rest < FEWEST && parts.count() > 0)
            })
            .collect();
        for part in self.stated.parts.iter_mut().filter(|part| told.contains(&part.by)) {
            part.answer = Answer::Withheld;
        }
        if small(&self.stated.answer) {
            self.stated.answer = Answer::Withheld;
            (self.stated.method, self.stated.documents) = (None, vec![]);
            self.stated.parts.iter_mut().for_each(|part| part.answer = Answer::Withheld);
        }
        self
    }
}

/// A reading with what it is asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadingDetail {
    pub reading: Reading,
    /// To explain in `method`; to its organisation only.
    pub doubts: Vec<Doubtful>,
}

impl Reading {
    /// What entering it would give; it has no id.
    pub fn tried(new: &NewReading, standard: u32, now: Instant) -> Self {
        let (given_grade, graded_on) = new.stated.own_grade(now.day());
        Self {
            id: ReadingId(uuid::Uuid::nil()),
            organisation: new.organisation,
            figure: new.figure.clone(),
            standard,
            stated: new.stated.clone(),
            grade: given_grade,
            given_grade,
            graded_on,
            confirmed_by: None,
            reason: None,
            version: 0,
            created_at: now,
            updated_at: now,
        }
    }
}
