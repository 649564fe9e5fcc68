//! Moments in UTC, kept to the microsecond because that is what both databases keep.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A moment in UTC (RFC 3339 on the wire).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "date-time"))]
#[serde(transparent)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    pub fn from_micros(micros: i64) -> Self {
        Self(DateTime::from_timestamp_micros(micros).unwrap_or_default())
    }
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }
    pub fn day(self) -> chrono::NaiveDate {
        self.0.date_naive()
    }
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0 + span)
    }
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }
}
impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self::from_micros(at.timestamp_micros())
    }
}
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}
