//! Room cards: the six lines that open `crates/core/src/<room>/mod.rs`, and the neighbours they name.

use super::{Complaint, House};
use crate::{Result, workspace};

/// Folders of core that are vocabulary for every room, not rooms.
const VOCABULARY: [&str; 1] = ["codes"];
const WORDS: [&str; 6] = ["owns", "does not own", "rules", "enters", "neighbours", "try it"];
const CORE: &str = "crates/core/src/";

pub struct Card {
    pub room: String,
    pub path: String,
    pub title: bool,
    /// word → text, in the card's order
    pub lines: Vec<(String, String)>,
}

impl Card {
    fn parse(room: &str, path: &str, text: &str) -> Card {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut title = false;
        for line in text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim) {
            if let Some(word) = line.strip_prefix("# Room: ") {
                title = word.split_whitespace().next() == Some(room);
            } else if let Some((word, said)) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")) {
                lines.push((word.to_owned(), said.to_owned()));
            } else if let (false, Some(last)) = (line.is_empty(), lines.last_mut()) {
                last.1.push(' ');
                last.1.push_str(line);
            }
        }
        Card { room: room.to_owned(), path: path.to_owned(), title, lines }
    }

    fn names_neighbour(&self, room: &str) -> bool {
        let line = self.lines.iter().find(|(word, _)| word == "neighbours");
        line.is_some_and(|(_, text)| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == room))
    }
}

pub fn read(files: &[String]) -> Result<Vec<Card>> {
    let root = workspace::root();
    let rooms = files.iter().filter_map(|path| Some((path, path.strip_prefix(CORE)?.strip_suffix("/mod.rs")?)));
    rooms
        .filter(|(_, room)| !room.contains('/') && !VOCABULARY.contains(room))
        .map(|(path, room)| Ok(Card::parse(room, path, &workspace::read(&root.join(path))?)))
        .collect()
}

pub fn complete(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str = "A room's mod.rs opens with `//! # Room: <name>` and six lines: `- owns:`, `- does not own:`, `- rules:`, \
                         `- enters:`, `- neighbours:`, `- try it:`. Whoever enters reads the card and knows where things belong: docs/add-a-room.md.";
    let mut complaints = Vec::new();
    for card in read(&house.files)? {
        if !card.title {
            complaints.push(Complaint::new(&card.path, format!("no `# Room: {}` at the top", card.room), TEACH));
        }
        for word in WORDS {
            match card.lines.iter().filter(|(has, _)| has == word).count() {
                1 => {}
                0 => complaints.push(Complaint::new(&card.path, format!("the card has no `- {word}:` line"), TEACH)),
                _ => complaints.push(Complaint::new(&card.path, format!("the card has `- {word}:` more than once"), TEACH)),
            }
        }
    }
    Ok(complaints)
}

pub fn neighbours(house: &House) -> Result<Vec<Complaint>> {
    const TEACH: &str = "Either the import belongs to another room (move the code there), or the rooms really are neighbours: then name it \
                         on the card's `neighbours` line, so that the next reader knows what a change here can touch.";
    let cards = read(&house.files)?;
    let mut complaints = Vec::new();
    for card in &cards {
        let folder = format!("{CORE}{}/", card.room);
        for source in house.sources(&folder, ".rs") {
            for (number, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                for other in cards.iter().filter(|other| other.room != card.room && imports(line, &other.room)) {
                    if !card.names_neighbour(&other.room) {
                        let place = format!("{}:{}", source.path, number + 1);
                        complaints.push(Complaint::new(
                            place,
                            format!("{} uses {}, which its card does not name", card.room, other.room),
                            TEACH,
                        ));
                    }
                }
            }
        }
    }
    Ok(complaints)
}

/// `crate::room…` on this line, alone or in a group `crate::{a, room::b}`.
fn imports(line: &str, room: &str) -> bool {
    let whole = |text: &str| text.strip_prefix(room).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    line.match_indices("crate::").any(|(at, marker)| {
        let rest = &line[at + marker.len()..];
        match rest.strip_prefix('{') {
            None => whole(rest),
            Some(group) => top_level(group).iter().any(|item| whole(item)),
        }
    })
}

/// The items of a brace group, without what stands inside inner braces.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(group[start..at].trim());
                return items;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(group[start..].trim());
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_reads_its_lines_and_their_continuations() {
        let card = Card::parse(
            "matching",
            "m",
            "//! # Room: matching\n//!\n//! - owns: needs,\n//!   scores\n//! - neighbours: codes, directory\n\nuse x;",
        );
        assert!(card.title);
        assert_eq!(card.lines[0], ("owns".to_owned(), "needs, scores".to_owned()));
        assert!(card.names_neighbour("directory") && !card.names_neighbour("direct"));
    }

    #[test]
    fn an_import_is_seen_alone_and_in_a_group() {
        assert!(imports("use crate::directory::Profile;", "directory"));
        assert!(imports("use crate::{Instant, directory::{A, matching::B}};", "directory"));
        assert!(!imports("use crate::{Instant, directory::{A, matching::B}};", "matching"));
        assert!(!imports("use crate::directory_of::x;", "directory"));
    }
}
