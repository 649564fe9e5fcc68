//! A document that names a file names one that exists: guides that lead nowhere are worse than none.

use super::{Complaint, House};
use crate::Result;

pub fn paths(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str =
        "Mend the document in the change that moves the file. `<room>` and `*` stand for any one word; at least one file must fit.";
    let mut complaints = Vec::new();
    for source in house.sources("", ".md").filter(|source| source.path != "CHANGELOG.md") {
        let mut fenced = false;
        for (number, line) in source.text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for name in named(line).filter(|name| is_path(name, house)) {
                if !house.files.iter().any(|path| fits(name, path)) {
                    complaints.push(Complaint::new(
                        format!("{}:{}", source.path, number + 1),
                        format!("names `{name}`, which is not there"),
                        TEACH,
                    ));
                }
            }
        }
    }
    Ok(complaints)
}

/// What stands in back-ticks, and the targets of links into the repository.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    let linked = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()).filter(|target| !target.contains("://"));
    quoted.chain(linked).map(|name| name.trim_start_matches("./").trim_end_matches('/'))
}

/// It begins with a folder or file of the root, so it means a path and not a command or a type.
fn is_path(name: &str, house: &House) -> bool {
    let first = name.split('/').next().unwrap_or_default();
    !name.contains([' ', '(', '{', ':', '"']) && name.contains('/') && house.files.iter().any(|path| path.split('/').next() == Some(first))
}

/// The file itself or a folder above it; `<word>` and `*` fit any part of one step.
fn fits(name: &str, path: &str) -> bool {
    let mut steps = path.split('/');
    name.split('/').all(|wanted| steps.next().is_some_and(|step| step_fits(wanted, step)))
}

fn step_fits(wanted: &str, step: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = wanted;
    while let Some(at) = rest.find(['<', '*']) {
        pieces.push(&rest[..at]);
        rest = if rest[at..].starts_with('*') { &rest[at + 1..] } else { rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]) };
    }
    if pieces.is_empty() {
        return wanted == step;
    }
    let Some(mut left) = step.strip_prefix(pieces[0]) else { return false };
    for piece in &pieces[1..] {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_files_folders_and_wildcards() {
        assert!(fits("crates/core/src", "crates/core/src/lib.rs"));
        assert!(fits("crates/core/src/<room>/mod.rs", "crates/core/src/matching/mod.rs"));
        assert!(fits("migrations/sqlite/<number>_<room>_<what>/up.sql", "migrations/sqlite/0003_matching_needs/up.sql"));
        assert!(!fits("crates/core/src/<room>/need.rs", "crates/core/src/matching/mod.rs"));
        assert!(!fits("docs/none.md", "docs/some.md"));
    }

    #[test]
    fn names_are_found_in_ticks_and_links() {
        let found: Vec<&str> = named("see `docs/a.md` and [b](docs/b.md#c), [web](https://example.org/x)").collect();
        assert_eq!(found, ["docs/a.md", "docs/b.md"]);
    }
}
