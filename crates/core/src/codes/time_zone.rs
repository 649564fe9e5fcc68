//! IANA time zones by name. Offsets need the zone database, which stays out of the browser.

use super::{UnknownCode, text_code};

/// An IANA zone name such as `Africa/Nairobi`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, max_length = 64, example = "Africa/Nairobi"))]
pub struct TimeZone(String);

impl TimeZone {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Minutes east of UTC at that moment.
    #[cfg(feature = "time_zones")]
    pub fn offset_minutes(&self, at: crate::Instant) -> i32 {
        use chrono::Offset;
        let zone: chrono_tz::Tz = self.0.parse().unwrap_or(chrono_tz::UTC);
        at.utc().with_timezone(&zone).offset().fix().local_minus_utc() / 60
    }
}
impl std::fmt::Display for TimeZone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::str::FromStr for TimeZone {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        #[cfg(feature = "time_zones")]
        let known = text.parse::<chrono_tz::Tz>().is_ok();
        // Without the database the shape is all that can be checked; the server checks the name.
        #[cfg(not(feature = "time_zones"))]
        let known = !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
        if known { Ok(Self(text.to_owned())) } else { Err(UnknownCode::new(text, "an IANA time zone such as Africa/Nairobi")) }
    }
}
text_code!(TimeZone);
