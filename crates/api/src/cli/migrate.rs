//! `kazi migrate`: brings the database up to date without serving.

use super::Outcome;
use crate::settings::Place;

pub fn run(place: &Place) -> Outcome {
    std::fs::create_dir_all(&place.data_dir)?;
    let ran = place.open()?.migrate()?;
    println!("{} migrations ran", ran.len());
    Ok(())
}
