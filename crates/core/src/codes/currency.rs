//! ISO 4217 currencies.

use super::{UnknownCode, text_code};

/// An ISO 4217 alphabetic currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, pattern = "^[A-Z]{3}$", example = "USD"))]
pub struct Currency(iso_currency::Currency);

impl Currency {
    pub const USD: Currency = Currency(iso_currency::Currency::USD);
    /// Digits after the point: 2 for USD, 0 for JPY.
    pub fn minor_digits(self) -> u8 {
        self.0.exponent().unwrap_or(0) as u8
    }
}
impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.code())
    }
}
impl std::str::FromStr for Currency {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        iso_currency::Currency::from_code(text).map(Currency).ok_or_else(|| UnknownCode::new(text, "an ISO 4217 currency code such as USD"))
    }
}
text_code!(Currency);
