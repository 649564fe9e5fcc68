//! Migrations: the same names for both databases, each with a way back, named after a room.

use super::{Complaint, House, cards};
use crate::Result;
use std::collections::BTreeSet;

pub fn same(house: &House) -> Result<Vec<Complaint>> {
    const TWIN: &str = "Every migration exists in migrations/sqlite and in migrations/postgres under one name, with up.sql and down.sql.";
    const ROOM: &str = "A migration is called <number>_<room>_<what>, so that a room's files are found by its name.";
    let names = |database: &str| -> BTreeSet<String> {
        let folder = format!("migrations/{database}/");
        house.files.iter().filter_map(|path| Some(path.strip_prefix(&folder)?.split('/').next()?.to_owned())).collect()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let mut complaints = Vec::new();
    for (here, there, missing) in [("sqlite", "postgres", &sqlite - &postgres), ("postgres", "sqlite", &postgres - &sqlite)] {
        for name in missing {
            complaints.push(Complaint::new(format!("migrations/{here}/{name}"), format!("has no twin in migrations/{there}"), TWIN));
        }
    }
    let rooms: Vec<String> = cards::read(&house.files)?.into_iter().map(|card| card.room).collect();
    for name in &sqlite & &postgres {
        for database in ["sqlite", "postgres"] {
            for file in ["up.sql", "down.sql"] {
                let path = format!("migrations/{database}/{name}/{file}");
                if !house.files.contains(&path) {
                    complaints.push(Complaint::new(path, "is missing", TWIN));
                }
            }
        }
        let after_number = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
        if !rooms.iter().any(|room| after_number == room || after_number.starts_with(&format!("{room}_"))) {
            complaints.push(Complaint::new(format!("migrations/*/{name}"), "does not begin with a room's name", ROOM));
        }
    }
    Ok(complaints)
}
