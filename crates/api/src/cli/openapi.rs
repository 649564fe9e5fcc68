//! `kazi openapi`: prints the API's document; needs no database.

use super::Outcome;
use crate::openapi;
use clap::Args;

#[derive(Args)]
pub struct Rendering {
    /// As OpenAPI 3.0.3, for tools that can't read 3.1.
    #[arg(long, visible_alias = "3.0")]
    three_zero: bool,
}

pub fn run(rendering: Rendering) -> Outcome {
    let document = if rendering.three_zero { openapi::three_zero() } else { openapi::document().clone() };
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}
