//! The words that say how to weigh: a preset, or weights of one's own.

use crate::http::{Fail, List};
use kazi_core::matching::{Criterion, Preset, Weights, WeightsError};
use kazi_core::problem::{Code, FieldError, Refusal};
use std::str::FromStr;

/// One weight in the query, as `skills:2`.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightWord(Criterion, f32);

impl FromStr for WeightWord {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, weight) = text.split_once(':').ok_or_else(|| format!("'{text}' is not criterion:weight, such as skills:2"))?;
        let criterion = name.parse().map_err(|e: kazi_core::codes::UnknownCode| e.to_string())?;
        let weight: f32 = weight.parse().map_err(|_| format!("'{weight}' is not a number"))?;
        Ok(Self(criterion, weight))
    }
}

fn refused(pointer: &str, message: String) -> Fail {
    let errors = vec![FieldError { pointer: pointer.into(), code: "conflict".into(), message: message.clone() }];
    Refusal { code: Code::InvalidQuery, detail: message, errors }.into()
}

/// Weights of one's own name what counts; whatever is not named weighs nothing.
pub(super) fn weights(preset: Option<Preset>, own: &Option<List<WeightWord>>) -> Result<Weights, Fail> {
    match (preset, own) {
        (Some(_), Some(_)) => Err(refused("weights", "Give a preset or weights, not both.".into())),
        (Some(preset), None) => Ok(preset.weights()),
        (None, None) => Ok(Weights::default()),
        (None, Some(List(words))) => {
            let mut weights = Weights::from([0.0; kazi_core::matching::CRITERIA]);
            for WeightWord(criterion, weight) in words {
                weights.set(*criterion, *weight);
            }
            Ok(weights)
        }
    }
}

/// Weights in the query that can't be used.
pub(super) fn unusable(error: WeightsError) -> Fail {
    refused("weights", format!("{error}."))
}
