//! What time a reading is about: a calendar quarter or a calendar year, so that the figures of two organisations are of
//! the same days.

use crate::codes::text_code;
use chrono::{Datelike, NaiveDate};

/// `2026-Q3` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingPeriod {
    year: i32,
    /// 1 to 4; `None` is the whole year.
    quarter: Option<u8>,
}

/// The text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a quarter such as 2026-Q3 or a year such as 2026, from 2000 to 2099")]
pub struct BadPeriod(pub String);

impl ReportingPeriod {
    const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

    pub fn year(year: i32) -> Option<Self> {
        Self::YEARS.contains(&year).then_some(Self { year, quarter: None })
    }
    pub fn quarter(year: i32, quarter: u8) -> Option<Self> {
        ((1..=4).contains(&quarter) && Self::YEARS.contains(&year)).then_some(Self { year, quarter: Some(quarter) })
    }
    /// The quarter that the day lies in.
    pub fn quarter_of(day: NaiveDate) -> Option<Self> {
        Self::quarter(day.year(), (day.month0() / 3 + 1) as u8)
    }
    pub fn is_year(self) -> bool {
        self.quarter.is_none()
    }
    pub fn first_day(self) -> NaiveDate {
        let month = self.quarter.map_or(1, |quarter| u32::from(quarter - 1) * 3 + 1);
        NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or_default()
    }
    pub fn last_day(self) -> NaiveDate {
        let months = if self.is_year() { 12 } else { 3 };
        self.first_day().checked_add_months(chrono::Months::new(months)).and_then(|day| day.pred_opt()).unwrap_or_default()
    }
    /// The one of the same length before it.
    pub fn previous(self) -> Option<Self> {
        match self.quarter {
            None => Self::year(self.year - 1),
            Some(1) => Self::quarter(self.year - 1, 4),
            Some(quarter) => Self::quarter(self.year, quarter - 1),
        }
    }
    /// The year that it is a part of; a year is its own.
    pub fn whole_year(self) -> Self {
        Self { quarter: None, ..self }
    }
    /// Its four quarters; a quarter has only itself.
    pub fn quarters(self) -> Vec<Self> {
        match self.quarter {
            Some(_) => vec![self],
            None => (1..=4).map(|quarter| Self { quarter: Some(quarter), ..self }).collect(),
        }
    }
}

impl std::fmt::Display for ReportingPeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.quarter {
            Some(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl std::str::FromStr for ReportingPeriod {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(text.chars().take(20).collect());
        let (year, quarter) = text.split_once("-Q").map_or((text, None), |(year, quarter)| (year, Some(quarter)));
        let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || quarter.is_some_and(|quarter| !digits(quarter, 1)) {
            return Err(bad());
        }
        let year = year.parse().map_err(|_| bad())?;
        match quarter {
            None => Self::year(year),
            Some(quarter) => Self::quarter(year, quarter.parse().map_err(|_| bad())?),
        }
        .ok_or_else(bad)
    }
}

text_code!(ReportingPeriod);

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ReportingPeriod {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A calendar quarter such as 2026-Q3, or a calendar year such as 2026."))
            .pattern(Some("^20[0-9]{2}(-Q[1-4])?$"))
            .examples(["2026-Q3"])
            .into()
    }
}
#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ReportingPeriod {
    fn name() -> std::borrow::Cow<'static, str> {
        "ReportingPeriod".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> ReportingPeriod {
        text.parse().unwrap()
    }
    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_its_days_and_the_one_before() {
        let days = |text: &str| (period(text).first_day(), period(text).last_day());
        assert_eq!(days("2026-Q1"), (day("2026-01-01"), day("2026-03-31")));
        assert_eq!(days("2024"), (day("2024-01-01"), day("2024-12-31")));
        assert_eq!(period("2026-Q1").previous(), Some(period("2025-Q4")));
        assert_eq!(period("2026").previous(), Some(period("2025")));
        assert_eq!(period("2000").previous(), None);
        assert_eq!(ReportingPeriod::quarter_of(day("2026-11-27")), Some(period("2026-Q4")));
        assert_eq!(period("2026").quarters().len(), 4);
    }

    #[test]
    fn it_is_written_in_one_way() {
        for text in ["2026-Q3", "2026"] {
            assert_eq!(period(text).to_string(), text);
        }
        for bad in ["", "26", "2026-Q5", "2026-Q0", "2026-Q", "2026-3", "2026-Q12", "1999", "2100-Q1", "2026Q1", "+026", "2026-Q+"] {
            assert!(bad.parse::<ReportingPeriod>().is_err(), "{bad}");
        }
    }
}
