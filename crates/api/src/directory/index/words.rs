//! From the words that somebody typed to a query: each must be found, as a name, a stem in English
//! or French, or the beginning of a word; misspelt ones are looked for within one or two letters.

use super::document::{Fields, plain, stemmed};
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{Language, TextAnalyzer};
use tantivy::{Searcher, Term};

/// More words than these are not looked at.
const MOST: usize = 12;

/// How misspelt a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// Only words that nobody uses are taken for misspelt.
    Unknown,
    /// Every word may be.
    Every,
}

/// `None` when there is no word in it.
pub fn query(text: &str, fields: &Fields, searcher: &Searcher, tolerance: Tolerance) -> tantivy::Result<Option<Box<dyn Query>>> {
    let (mut english, mut french) = (stemmed(Language::English), stemmed(Language::French));
    let mut list: Vec<Word> = cut(&mut plain(), text)
        .into_iter()
        .take(MOST)
        .map(|plain| Word { en: cut(&mut english, &plain).pop(), fr: cut(&mut french, &plain).pop(), plain })
        .collect();
    if list.iter().any(|w| !w.is_stop_word()) {
        list.retain(|w| !w.is_stop_word());
    }
    let last = list.len().saturating_sub(1);
    let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (i, word) in list.iter().enumerate() {
        all.push((Occur::Must, word.query(fields, searcher, tolerance, i == last)?));
    }
    Ok(match all.len() {
        0 => None,
        1 => all.pop().map(|(_, q)| q),
        _ => Some(Box::new(BooleanQuery::new(all))),
    })
}

fn cut(analyser: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    analyser.token_stream(text).process(&mut |token| words.push(token.text.clone()));
    words
}

struct Word {
    plain: String,
    en: Option<String>,
    fr: Option<String>,
}

impl Word {
    fn is_stop_word(&self) -> bool {
        self.en.is_none() || self.fr.is_none()
    }

    fn query(&self, fields: &Fields, searcher: &Searcher, tolerance: Tolerance, last: bool) -> tantivy::Result<Box<dyn Query>> {
        let mut exact = vec![(fields.name, &self.plain, 4.0), (fields.plain, &self.plain, 0.5)];
        exact.extend(self.en.as_ref().map(|stem| (fields.en, stem, 1.0)));
        exact.extend(self.fr.as_ref().map(|stem| (fields.fr, stem, 1.0)));
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        let mut known = false;
        for (field, text, weight) in exact {
            let term = Term::from_field_text(field, text);
            known |= searcher.doc_freq(&term)? > 0;
            any.push(boosted(TermQuery::new(term, IndexRecordOption::WithFreqs), weight));
        }
        let letters = self.plain.chars().count();
        if last && letters >= 3 {
            any.push(boosted(FuzzyTermQuery::new_prefix(Term::from_field_text(fields.plain, &self.plain), 0, true), 0.3));
        }
        let distance = match letters {
            ..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        if distance > 0 && (!known || tolerance == Tolerance::Every) {
            let near = |field: Field| FuzzyTermQuery::new(Term::from_field_text(field, &self.plain), distance, true);
            any.push(boosted(near(fields.name), 1.0));
            any.push(boosted(near(fields.plain), 0.3));
        }
        Ok(Box::new(BooleanQuery::union(any)))
    }
}

fn boosted(query: impl Query, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(query), weight))
}
