//! The words that say how to weigh: a preset, or weights of one's own.

use crate::http::Fail;
use kazi_core::matching::{Preset, Weights, WeightsError};
use kazi_core::problem::{Code, FieldError, Refusal};
use serde::{Deserialize, Deserializer, de};

fn refused(pointer: &str, message: String) -> Fail {
    let errors = vec![FieldError { pointer: pointer.into(), code: "conflict".into(), message: message.clone() }];
    Refusal { code: Code::InvalidQuery, detail: message, errors }.into()
}

/// Ready-made weights, or one's own.
pub(super) fn weights(preset: Option<Preset>, own: Option<Own>) -> Result<Weights, Fail> {
    match (preset, own) {
        (Some(_), Some(_)) => Err(refused("weights", "Give a preset or weights, not both.".into())),
        (Some(preset), None) => Ok(preset.weights()),
        (None, own) => Ok(own.map_or_else(Weights::default, |Own(weights)| weights)),
    }
}

/// Weights as a query has them: `skills:2,price:1`. What is not named weighs nothing.
#[derive(Debug, Clone, Copy)]
pub struct Own(Weights);

impl<'de> Deserialize<'de> for Own {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map(Self).map_err(de::Error::custom)
    }
}

/// Weights in the query that can't be used.
pub(super) fn unusable(error: WeightsError) -> Fail {
    refused("weights", format!("{error}."))
}
