//! Money: whole minor units and an ISO 4217 currency, never a float.

use crate::codes::Currency;
use serde::{Deserialize, Serialize};

/// An amount in minor units (cents for USD, whole yen for JPY).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units: 1250 is 12.50 USD.
    pub minor: i64,
    pub currency: Currency,
}

/// From–to in one currency, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoneyRange {
    /// Lowest, in minor units of the currency.
    pub from_minor: i64,
    /// Highest, in minor units of the currency.
    pub to_minor: i64,
    pub currency: Currency,
}
