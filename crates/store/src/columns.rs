//! Column types of our own: ids and JSON, kept as text on both databases.

use crate::connection::MultiBackend;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use uuid::Uuid;

macro_rules! text_column {
    ($ty:ty, |$s:ident| $enc:expr, |$d:ident| $dec:expr) => {
        impl ToSql<Text, Pg> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                let $s = self;
                let text: String = $enc;
                std::io::Write::write_all(out, text.as_bytes())?;
                Ok(IsNull::No)
            }
        }
        impl ToSql<Text, Sqlite> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                let $s = self;
                let text: String = $enc;
                out.set_value(text);
                Ok(IsNull::No)
            }
        }
        impl ToSql<Text, MultiBackend> for $ty {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((Text, self));
                Ok(IsNull::No)
            }
        }
        impl<DB: Backend> FromSql<Text, DB> for $ty
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let $d = <String as FromSql<Text, DB>>::from_sql(bytes)?;
                $dec
            }
        }
    };
}

/// Any of core's ids, as its UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Id(pub Uuid);
text_column!(Id, |s| s.0.to_string(), |d| Ok(Id(Uuid::parse_str(&d)?)));

/// A JSON document.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Json(pub serde_json::Value);
text_column!(Json, |s| s.0.to_string(), |d| Ok(Json(serde_json::from_str(&d)?)));

impl Json {
    pub fn of(value: &impl serde::Serialize) -> Self {
        Self(serde_json::to_value(value).unwrap_or_default())
    }
    pub fn read<T: serde::de::DeserializeOwned>(self) -> Result<T, crate::StoreError> {
        serde_json::from_value(self.0).map_err(|e| crate::StoreError::Row(e.to_string()))
    }
}

/// A word of one of core's code lists, as the database keeps it.
pub fn word<T: std::str::FromStr>(text: &str) -> Result<T, crate::StoreError>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|e: T::Err| crate::StoreError::Row(e.to_string()))
}
