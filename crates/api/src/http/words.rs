//! Query words, read strictly: one that this operation does not know is a 400 that names it.

use super::Fail;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kazi_core::page::{DEFAULT_LIMIT, MAX_LIMIT};
use kazi_core::problem::{Code, FieldError, Refusal};
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer};
use std::fmt::Display;
use std::future::{Ready, ready};
use std::str::FromStr;

/// The query, parsed into `T` (which denies unknown fields).
pub struct Words<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Words<T> {
    type Error = Fail;
    type Future = Ready<Result<Self, Fail>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(req.query_string()))
    }
}

impl<T: DeserializeOwned> Words<T> {
    /// Reads a query string.
    pub fn read(query: &str) -> Result<Self, Fail> {
        let read = actix_web::web::Query::<T>::from_query(query);
        read.map(|q| Self(q.into_inner())).map_err(|e| {
            let message = e.to_string().trim_start_matches("Query deserialize error: ").to_owned();
            let pointer = message.split('`').nth(1).unwrap_or_default().to_owned();
            let word = if message.starts_with("unknown field") { "unknown" } else { "format" };
            let errors = vec![FieldError { pointer, code: word.into(), message: message.clone() }];
            Fail::Refused(Refusal { code: Code::InvalidQuery, detail: message, errors })
        })
    }
}

/// Several values in one word, separated by commas: `country=KE,ZA`.
#[derive(Debug, Clone, PartialEq)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: FromStr> Deserialize<'de> for List<T>
where
    T::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.split(',')
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().map_err(de::Error::custom))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// The words of a list without filters.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageWords {
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

impl PageWords {
    pub fn limit(&self) -> Result<u32, Fail> {
        match self.limit.unwrap_or(DEFAULT_LIMIT) {
            n @ 1..=MAX_LIMIT => Ok(n),
            n => Err(Refusal {
                code: Code::InvalidQuery,
                detail: format!("limit is {n}; it must be from 1 to {MAX_LIMIT}."),
                errors: vec![FieldError {
                    pointer: "limit".into(),
                    code: "range".into(),
                    message: format!("Must be from 1 to {MAX_LIMIT}."),
                }],
            }
            .into()),
        }
    }
}
