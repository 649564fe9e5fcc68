//! What no file may hold, be called, or grow to.

use super::{Complaint, House, Source};
use crate::Result;

const LONGEST: usize = 600;
const DRAWERS: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "misc"];
const CODE: [&str; 7] = [".rs", ".ts", ".js", ".mjs", ".css", ".sql", ".sh"];

fn generated(source: &Source) -> bool {
    source.text.lines().take(5).any(|line| line.contains("@generated"))
}

pub fn shape(house: &House) -> Result<Vec<Complaint>> {
    const LONG: &str =
        "A file is a room you can hold in your head: split it by idea, not by kind. A generated file says @generated in its first lines.";
    const DRAWER: &str = "A drawer for everything is where nobody looks: name the file after the idea it holds.";
    let mut complaints = Vec::new();
    for source in house.sources.iter().filter(|source| CODE.iter().any(|ending| source.path.ends_with(ending))) {
        let lines = source.text.lines().count();
        if lines > LONGEST && !generated(source) {
            complaints.push(Complaint::new(&source.path, format!("{lines} lines, {LONGEST} at most"), LONG));
        }
    }
    for path in &house.files {
        let drawer = path.split('/').map(|part| part.split('.').next().unwrap_or(part)).find(|part| DRAWERS.contains(part));
        if let Some(name) = drawer {
            complaints.push(Complaint::new(path, format!("is called `{name}`"), DRAWER));
        }
    }
    Ok(complaints)
}

pub fn unfinished(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str = "What lands is finished. Finish it, or leave it out and open an issue.";
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["todo", "!("], ["unimplemented", "!("], ["#[ign", "ore"]].map(|parts| parts.concat());
    lines(house, TEACH, |line| marks.iter().find(|mark| as_word(line, mark)).map(|mark| format!("`{mark}`")))
}

pub fn places(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str = "A clone must build anywhere, from any mirror: use a path relative to the repository, and leave the registry to the tool's own settings.";
    let hosts = [
        ["registry.npm", "js.org"],
        ["registry.yarn", "pkg.com"],
        ["files.python", "hosted.org"],
        ["pypi", ".org/"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
    ]
    .map(|parts| parts.concat());
    let folders = [["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/wo", "rk/"], ["/opt/wh", "eels"]].map(|parts| parts.concat());
    lines(house, TEACH, |line| {
        let host = hosts.iter().find(|host| line.contains(host.as_str()));
        let folder = || {
            folders.iter().find(|folder| {
                line.match_indices(folder.as_str())
                    .any(|(at, _)| line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"_-.}>)*".contains(c)))
            })
        };
        host.or_else(folder).map(|found| format!("names `{found}`"))
    })
}

fn lines(house: &House, teach: &'static str, wrong: impl Fn(&str) -> Option<String>) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for source in house.sources.iter().filter(|source| source.path != "Cargo.lock") {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(what) = wrong(line) {
                complaints.push(Complaint::new(format!("{}:{}", source.path, number + 1), what, teach));
            }
        }
    }
    Ok(complaints)
}

/// The mark is not the inside of a longer word.
fn as_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !inside(line[..at].chars().next_back()) && (mark.ends_with(['(', ':']) || !inside(line[at + mark.len()..].chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::as_word;

    #[test]
    fn a_mark_inside_a_word_is_none() {
        assert!(as_word("// NOW: later", "NOW"));
        assert!(!as_word("KNOWN", "NOW"));
    }
}
