//! Every package that Kazi is built from has a licence that lets anybody use Kazi.

use super::{Complaint, House};
use crate::Result;

const ALLOWED: [&str; 18] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "MPL-2.0",
    "CDLA-Permissive-2.0",
    "Unlicense",
    "PostgreSQL",
    "bzip2-1.0.6",
];

pub fn check(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str = "Kazi is Apache-2.0 OR MIT and wants to stay usable by all: choose another package, or, for a licence that is as \
                         permissive as those in crates/xtask/src/tidy/licences.rs, add it there.";
    let mut complaints = Vec::new();
    for package in house.metadata["packages"].as_array().into_iter().flatten() {
        let said = package["license"].as_str().unwrap_or_default();
        if !allowed(said) {
            let place = format!("{} {}", package["name"].as_str().unwrap_or_default(), package["version"].as_str().unwrap_or_default());
            let what = if said.is_empty() { "states no licence".to_owned() } else { format!("is licensed as `{said}`") };
            complaints.push(Complaint::new(place, what, TEACH));
        }
    }
    Ok(complaints)
}

/// An SPDX expression of ids, AND, OR and brackets; `/` is an old way to write OR.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    !words.is_empty() && any(&words, &mut at) && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut holds = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        holds |= all(words, at);
    }
    holds
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut holds = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        holds &= one(words, at);
    }
    holds
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let holds = any(words, at);
        *at += 1;
        return holds;
    }
    let mut id = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        id = format!("{id} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    ALLOWED.contains(&id.as_str())
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        assert!(allowed("MIT OR GPL-3.0"));
        assert!(allowed("Apache-2.0/MIT"));
        assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(allowed("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(!allowed("MIT AND GPL-3.0"));
        assert!(!allowed("AGPL-3.0-only"));
        assert!(!allowed(""));
    }
}
