//! The rules of the house that a machine can keep. Each complaint says where, what, why, and what to do.
//! Not for what the compiler or clippy can say.

pub mod cards;
mod documents;
mod floors;
mod licences;
mod migrations;
mod text;

use crate::{Result, workspace};

pub struct Complaint {
    place: String,
    what: String,
    teach: &'static str,
}

impl Complaint {
    fn new(place: impl Into<String>, what: impl Into<String>, teach: &'static str) -> Self {
        Self { place: place.into(), what: what.into(), teach }
    }
}

/// The files of the repository with their text; binary ones are left out.
pub struct Source {
    pub path: String,
    pub text: String,
}

type Rule = (&'static str, fn(&House) -> Result<Vec<Complaint>>);

const RULES: [Rule; 9] = [
    ("every room has its card", cards::complete),
    ("rooms import only the neighbours that their card names", cards::neighbours),
    ("floors look down only", floors::arrows),
    ("licences of what we depend on", licences::check),
    ("no drawers, no long files", text::shape),
    ("nothing unfinished", text::unfinished),
    ("no registry hosts, no machine paths", text::places),
    ("the same migrations for both databases", migrations::same),
    ("documents name files that exist", documents::paths),
];

pub struct House {
    pub files: Vec<String>,
    pub sources: Vec<Source>,
    pub metadata: serde_json::Value,
}

impl House {
    pub fn open() -> Result<House> {
        let files = workspace::files()?;
        let root = workspace::root();
        let sources = files
            .iter()
            .filter_map(|path| Some(Source { text: String::from_utf8(std::fs::read(root.join(path)).ok()?).ok()?, path: path.clone() }))
            .collect();
        Ok(House { files, sources, metadata: workspace::metadata()? })
    }

    pub fn sources<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().filter(move |source| source.path.starts_with(folder) && source.path.ends_with(ending))
    }
}

/// How many rules hold, and what is wrong with the others.
pub fn check() -> Result<(usize, Vec<String>)> {
    let house = House::open()?;
    let (mut held, mut broken) = (0, Vec::new());
    for (rule, look) in RULES {
        let complaints = look(&house)?;
        if complaints.is_empty() {
            held += 1;
            continue;
        }
        let mut said = format!("✗ {rule}");
        for complaint in &complaints {
            said.push_str(&format!("\n  {}: {}", complaint.place, complaint.what));
        }
        let mut lessons: Vec<&str> = complaints.iter().map(|complaint| complaint.teach).collect();
        lessons.sort_unstable();
        lessons.dedup();
        for lesson in lessons {
            said.push_str(&format!("\n  → {lesson}"));
        }
        broken.push(said);
    }
    Ok((held, broken))
}

pub fn run() -> Result {
    let (held, broken) = check()?;
    for rule in &broken {
        println!("{rule}\n");
    }
    println!("{held} rules hold, {} do not", broken.len());
    if broken.is_empty() { Ok(()) } else { Err("the house is not tidy".into()) }
}
