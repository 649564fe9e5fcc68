//! The name that formulas, readings and addresses call a metric by.

use crate::codes::text_code;

/// snake_case, 3 to 60 characters: `permanent_employees`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"))]
#[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 60, example = "permanent_employees"))]
pub struct MetricCode(String);

/// Why a text is not the code of a metric.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a metric's code: {why}")]
pub struct BadMetricCode {
    pub text: String,
    pub why: String,
}

impl MetricCode {
    pub const SHORTEST: usize = 3;
    pub const LONGEST: usize = 60;
    /// Words of formulas, so that a formula reads in one way only.
    pub const RESERVED: [&str; 5] = ["sum", "mean", "share", "per", "previous"];

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MetricCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for MetricCode {
    type Err = BadMetricCode;

    fn from_str(text: &str) -> Result<Self, BadMetricCode> {
        let bad = |why: String| Err(BadMetricCode { text: text.chars().take(80).collect(), why });
        if let Some(c) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '_')) {
            return bad(format!("only small letters a to z, digits and underscores are allowed, not '{c}'"));
        }
        if !(Self::SHORTEST..=Self::LONGEST).contains(&text.len()) {
            return bad(format!("it must have {} to {} characters", Self::SHORTEST, Self::LONGEST));
        }
        if !text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return bad("it must begin with a letter".into());
        }
        if text.ends_with('_') || text.contains("__") {
            return bad("underscores stand singly between words".into());
        }
        if Self::RESERVED.contains(&text) {
            return bad("it is a word of formulas".into());
        }
        Ok(Self(text.to_owned()))
    }
}

text_code!(MetricCode);

#[cfg(test)]
mod tests {
    use super::MetricCode;

    #[test]
    fn a_bad_code_is_told_why() {
        let why = |text: &str| text.parse::<MetricCode>().unwrap_err().why;
        assert!("permanent_employees".parse::<MetricCode>().is_ok() && "iso_27001".parse::<MetricCode>().is_ok());
        assert!(why("Permanent").contains("'P'"));
        assert!(why("a-b-c").contains("'-'"));
        assert!(why("ab").contains("3 to 60") && why(&"a".repeat(61)).contains("3 to 60") && why("").contains("3 to 60"));
        assert!(why("2_years").contains("letter") && why("_ab").contains("letter"));
        assert!(why("tail_").contains("singly") && why("two__words").contains("singly"));
        assert!(why("share").contains("word of formulas"));
    }
}
