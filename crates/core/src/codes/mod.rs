//! Codes of the world, parsed into types at the edge: a `Country` in hand exists.
//! Not for names in people's languages: the browser has those in `Intl`, the server in `api`.

mod country;
mod currency;
mod language;
mod lists;
mod service_line;
mod time_zone;

pub use country::{Country, Region};
pub use currency::Currency;
pub use language::{CefrLevel, Language};
pub use lists::{CertificateKind, OrganisationKind, TargetGroup};
pub use service_line::ServiceLine;
pub use time_zone::TimeZone;

/// The text is not a code of the list that it should be from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not {list}")]
pub struct UnknownCode {
    pub text: String,
    pub list: &'static str,
}

impl UnknownCode {
    pub(crate) fn new(text: &str, list: &'static str) -> Self {
        Self { text: text.chars().take(80).collect(), list }
    }
}

/// The schema of a closed list of words. Written out because utoipa's derive does not see a serde
/// rename that comes out of a macro.
macro_rules! word_schema {
    ($name:ident) => {
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(Self::ALL.iter().map(|word| word.as_str())))
                    .into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}
pub(crate) use word_schema;

/// A closed list of words: an enum that reads and writes as snake_case text.
macro_rules! code_list {
    ($(#[$meta:meta])* $vis:vis enum $name:ident : $list:literal { $($(#[$vmeta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),* } }
        }
        $crate::codes::word_schema!($name);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($text => Ok(Self::$variant),)* _ => Err($crate::codes::UnknownCode::new(text, $list)) }
            }
        }
    };
}
pub(crate) use code_list;

/// A code kept as text: serde goes through `FromStr` and `Display`.
macro_rules! text_code {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_code;
