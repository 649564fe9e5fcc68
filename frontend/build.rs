//! Reads the message files and writes them as Rust: one constant a key, so that a wrong key doesn't
//! compile. Stops the build when a language lacks a key, has one too many, or differs in its {places}.
//! Our own small code, because the i18n crates bring ICU data that the app's 350 kB budget has no room for:
//! plurals, dates, numbers and names come from the browser's `Intl`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

type Messages = BTreeMap<String, String>;

fn main() {
    println!("cargo:rerun-if-changed=messages");
    let rooms = rooms("messages/en");
    assert_eq!(rooms, self::rooms("messages/fr"), "messages/en and messages/fr must have the same files");

    let mut out = String::new();
    let (mut en_texts, mut fr_texts, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for room in &rooms {
        let (en, fr) = (read("en", room), read("fr", room));
        compare(room, &en, &fr);
        if room == "codes" {
            every_code_has_a_name(&en);
        }
        // The server's pages; the app carries none of their texts.
        if room == "site" {
            continue;
        }
        writeln!(out, "pub mod {room} {{\n    use super::super::{{Key, Plural}};").unwrap();
        for (key, text) in &en {
            let number = en_texts.len();
            en_texts.push(text.clone());
            fr_texts.push(fr[key].clone());
            if room == "codes" {
                codes.push((key.clone(), number));
                continue;
            }
            match key.rsplit_once('.') {
                Some((stem, "one")) => {
                    let name = constant(stem);
                    writeln!(
                        out,
                        "    pub const {name}: Plural = Plural {{ one: Key({number}), other: Key({}) }};",
                        number + after(&en, key)
                    )
                    .unwrap();
                }
                Some((_, "other")) => {}
                _ => writeln!(out, "    pub const {}: Key = Key({number});", constant(key)).unwrap(),
            }
        }
        out.push_str("    const _: Option<(Key, Plural)> = None;\n}\n");
    }
    writeln!(out, "pub(super) const EN: &[&str] = &{en_texts:?};").unwrap();
    writeln!(out, "pub(super) const FR: &[&str] = &{fr_texts:?};").unwrap();
    writeln!(out, "pub(super) const CODES: &[(&str, u16)] = &{codes:?};").unwrap();
    std::fs::write(Path::new(&std::env::var("OUT_DIR").unwrap()).join("messages.rs"), out).unwrap();
}

fn rooms(folder: &str) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn read(language: &str, room: &str) -> Messages {
    let path = format!("messages/{language}/{room}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// How many keys after `x.one` its `x.other` stands.
fn after(en: &Messages, one: &str) -> usize {
    let other = format!("{}other", one.trim_end_matches("one"));
    en.range(one.to_owned()..other).count()
}

fn constant(key: &str) -> String {
    key.replace('.', "_").to_uppercase()
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn compare(room: &str, en: &Messages, fr: &Messages) {
    let mut wrong = Vec::new();
    for (key, text) in en {
        match fr.get(key) {
            None => wrong.push(format!("fr/{room}.json lacks \"{key}\"")),
            Some(other) if places(text) != places(other) => {
                wrong.push(format!("fr/{room}.json \"{key}\" has {:?}, en has {:?}", places(other), places(text)));
            }
            Some(_) => {}
        }
        if let Some(stem) = key.strip_suffix(".one")
            && !en.contains_key(&format!("{stem}.other"))
        {
            wrong.push(format!("en/{room}.json has \"{key}\" but no \"{stem}.other\""));
        }
    }
    wrong.extend(fr.keys().filter(|k| !en.contains_key(*k)).map(|k| format!("fr/{room}.json has \"{k}\", en has not")));
    assert!(wrong.is_empty(), "messages:\n  {}", wrong.join("\n  "));
}

fn every_code_has_a_name(en: &Messages) {
    use kazi_core::codes::*;
    use kazi_core::metrics::{Audience, Doubt, LineOutcome};
    use kazi_core::rating::{Level, Why};
    use kazi_core::standard::*;
    let lists: [(&str, Vec<&str>); 23] = [
        ("service_line", ServiceLine::ALL.iter().map(|c| c.as_str()).collect()),
        ("organisation_kind", OrganisationKind::ALL.iter().map(|c| c.as_str()).collect()),
        ("target_group", TargetGroup::ALL.iter().map(|c| c.as_str()).collect()),
        ("certificate", CertificateKind::ALL.iter().map(|c| c.as_str()).collect()),
        ("region", Region::ALL.iter().map(|c| c.as_str()).collect()),
        ("level", CefrLevel::ALL.iter().map(|c| c.as_str()).collect()),
        ("grade", kazi_core::directory::EvidenceGrade::ALL.iter().map(|c| c.as_str()).collect()),
        ("scope", kazi_core::identity::Scope::ALL.iter().map(|c| c.as_str()).collect()),
        ("pillar", Pillar::ALL.iter().map(|c| c.as_str()).collect()),
        ("metric_kind", MetricKind::ALL.iter().map(|c| c.as_str()).collect()),
        ("metric_direction", Direction::ALL.iter().map(|c| c.as_str()).collect()),
        ("metric_timing", Timing::ALL.iter().map(|c| c.as_str()).collect()),
        ("metric_tier", Tier::ALL.iter().map(|c| c.as_str()).collect()),
        ("dimension", Dimension::ALL.iter().map(|c| c.as_str()).collect()),
        ("gender", Gender::ALL.iter().map(|c| c.as_str()).collect()),
        ("age_band", AgeBand::ALL.iter().map(|c| c.as_str()).collect()),
        ("reading_grade", ReadingGrade::ALL.iter().map(|c| c.as_str()).collect()),
        ("audience", Audience::ALL.iter().map(|c| c.as_str()).collect()),
        ("doubt", Doubt::ALL.iter().map(|c| c.as_str()).collect()),
        ("line_outcome", LineOutcome::ALL.iter().map(|c| c.as_str()).collect()),
        ("rating_level", Level::ALL.iter().map(|c| c.as_str()).collect()),
        ("not_rated", Why::ALL.iter().map(|c| c.as_str()).collect()),
        ("eval_fault", EvalFault::ALL.iter().map(|c| c.as_str()).collect()),
    ];
    for (list, codes) in lists {
        for code in codes {
            assert!(en.contains_key(&format!("{list}.{code}")), "en/codes.json lacks \"{list}.{code}\"");
        }
    }
}
