//! Shows a room: its card and every file that bears its name, floor by floor.

use crate::{Result, tidy::cards, workspace};

const FLOORS: [(&str, &str); 9] = [
    ("crates/core/", "core: what it means"),
    ("crates/store/", "store: its rows"),
    ("migrations/", "migrations: its tables"),
    ("crates/api/", "api: over HTTP"),
    ("crates/client/", "client: its calls"),
    ("frontend/", "frontend: its pages"),
    ("e2e/", "e2e: its journeys"),
    ("docs/", "docs"),
    ("", "elsewhere"),
];

pub fn print(name: &str) -> Result {
    let files = workspace::files()?;
    let Some(card) = cards::read(&files)?.into_iter().find(|card| card.room == name) else {
        let rooms: Vec<String> = cards::read(&files)?.into_iter().map(|card| card.room).collect();
        return Err(format!("there is no room '{name}'; there are: {}", rooms.join(", ")));
    };
    println!("{name}  ({})", card.path);
    for (word, text) in &card.lines {
        println!("  {word}: {text}");
    }
    let mut rest: Vec<&String> = files.iter().filter(|path| bears(path, name)).collect();
    for (folder, title) in FLOORS {
        let (here, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|path| path.starts_with(folder));
        rest = others;
        if !here.is_empty() {
            println!("\n{title}");
        }
        for path in here {
            let lines = std::fs::read_to_string(workspace::root().join(path)).map(|text| text.lines().count()).unwrap_or_default();
            println!("  {lines:>5}  {path}");
        }
    }
    Ok(())
}

/// The room's word stands in the path as a whole word: `matching/need.rs`, `0003_matching_needs`, `matching.spec.ts`.
fn bears(path: &str, name: &str) -> bool {
    path.match_indices(name).any(|(at, _)| {
        let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        outside(path[..at].chars().next_back()) && outside(path[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::bears;

    #[test]
    fn a_path_bears_a_room_as_a_whole_word() {
        assert!(bears("crates/core/src/matching/need.rs", "matching"));
        assert!(bears("migrations/sqlite/0003_matching_needs/up.sql", "matching"));
        assert!(bears("crates/api/src/matching.rs", "matching"));
        assert!(!bears("crates/core/src/rematching.rs", "matching"));
    }
}
