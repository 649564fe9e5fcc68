//! BCP 47 language tags and CEFR levels.

use super::{UnknownCode, code_list, text_code};
use oxilangtag::LanguageTag;

/// A well-formed BCP 47 tag in its canonical case (`sw`, `pt-BR`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, max_length = 35, example = "sw"))]
pub struct Language(String);

impl Language {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The language without script or region: `pt-BR` is `pt`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}
impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::str::FromStr for Language {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || UnknownCode::new(text, "a BCP 47 language tag such as sw or pt-BR");
        if text.len() > 35 {
            return Err(refused());
        }
        let tag = LanguageTag::parse_and_normalize(text).map_err(|_| refused())?;
        // "english" is well formed (five to eight letters are reserved for registration) but no language.
        if tag.primary_language().len() > 3 {
            return Err(refused());
        }
        Ok(Self(tag.into_inner()))
    }
}
text_code!(Language);

code_list! {
    /// Common European Framework of Reference level, and native above it.
    pub enum CefrLevel: "a CEFR level: a1, a2, b1, b2, c1, c2 or native" {
        A1 = "a1", A2 = "a2", B1 = "b1", B2 = "b2", C1 = "c1", C2 = "c2", Native = "native",
    }
}
