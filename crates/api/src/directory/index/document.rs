//! An organisation as a document of the index: which words it is found by, what is kept for
//! filters, sorting and the answer.

use crate::texts::{self, Lang};
use kazi_core::codes::Country;
use kazi_core::directory::{Facet, FacetValue, Organisation, OrganisationSummary, facet_values, slug};
use std::collections::BTreeSet;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{Index, TantivyDocument, Term};

/// Goes up when the documents change their form; an index of another version is built anew.
pub const VERSION: u32 = 2;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub id: Field,
    /// Words of the names.
    pub name: Field,
    /// All words as they are written.
    pub plain: Field,
    /// All words, stemmed as English and as French.
    pub en: Field,
    pub fr: Field,
    /// Facet values, packed by `pack`.
    pub facets: Field,
    pub id_high: Field,
    pub id_low: Field,
    pub created: Field,
    pub headcount: Field,
    pub name_order: Field,
    /// The summary as JSON.
    pub summary: Field,
}

pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |analyser: &str| {
        let indexing = TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqs);
        TextOptions::default().set_indexing_options(indexing)
    };
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        name: schema.add_text_field("name", words("plain")),
        plain: schema.add_text_field("plain", words("plain")),
        en: schema.add_text_field("en", words("en")),
        fr: schema.add_text_field("fr", words("fr")),
        facets: schema.add_u64_field("facets", number().set_indexed()),
        id_high: schema.add_u64_field("id_high", number()),
        id_low: schema.add_u64_field("id_low", number()),
        created: schema.add_i64_field("created", number()),
        headcount: schema.add_i64_field("headcount", number()),
        name_order: schema.add_text_field("name_order", TextOptions::default().set_fast("raw")),
        summary: schema.add_bytes_field("summary", BytesOptions::from(STORED)),
    };
    (schema.build(), fields)
}

/// Teaches the index how to cut text into words.
pub fn register_analysers(index: &Index) {
    index.tokenizers().register("plain", plain());
    for (name, language) in [("en", Language::English), ("fr", Language::French)] {
        index.tokenizers().register(name, stemmed(language));
    }
}

pub fn plain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

pub fn stemmed(language: Language) -> TextAnalyzer {
    let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(60)).filter(LowerCaser).dynamic();
    let words = match StopWordFilter::new(language) {
        Some(stop) => words.filter_dynamic(stop),
        None => words,
    };
    words.filter_dynamic(Stemmer::new(language)).filter_dynamic(AsciiFoldingFilter).build()
}

pub fn id_term(fields: &Fields, id: uuid::Uuid) -> Term {
    Term::from_field_text(fields.id, &id.simple().to_string())
}

pub fn document(fields: &Fields, organisation: &Organisation) -> TantivyDocument {
    let (high, low) = organisation.id.0.as_u64_pair();
    let profile = &organisation.profile;
    let mut document = TantivyDocument::default();
    document.add_text(fields.id, organisation.id.0.simple().to_string());
    for name in std::iter::once(&profile.name).chain(&profile.other_names) {
        document.add_text(fields.name, name);
    }
    let text = text(organisation);
    for field in [fields.plain, fields.en, fields.fr] {
        document.add_text(field, &text);
    }
    for value in facet_values(organisation) {
        document.add_u64(fields.facets, pack(&value));
    }
    document.add_u64(fields.id_high, high);
    document.add_u64(fields.id_low, low);
    document.add_i64(fields.created, organisation.created_at.micros());
    if let Some(headcount) = profile.headcount {
        document.add_i64(fields.headcount, i64::from(headcount));
    }
    document.add_text(fields.name_order, slug(&profile.name));
    let summary = serde_json::to_vec(&OrganisationSummary::of(organisation)).unwrap_or_default();
    document.add_bytes(fields.summary, &summary);
    document
}

/// Everything about it that somebody might type, the names of codes in English and French.
fn text(organisation: &Organisation) -> String {
    let profile = &organisation.profile;
    let mut words: Vec<String> = vec![profile.name.clone()];
    words.extend(profile.other_names.iter().cloned());
    words.extend(profile.summary.clone());
    words.extend(profile.city.clone());
    words.extend(profile.sites.iter().filter_map(|s| s.city.clone()));
    words.extend(profile.offers.iter().flat_map(|o| o.skills.iter().cloned()));
    words.extend(profile.kinds.iter().map(|k| k.as_str().to_owned()));
    words.extend(profile.certificates.iter().map(|c| c.kind.as_str().replace('_', " ")));
    words.extend(profile.offers.iter().map(|o| o.service_line.as_str().replace('_', " ")));
    words.extend(profile.workforce.target_groups.iter().map(|g| g.as_str().replace('_', " ")));
    let countries: BTreeSet<Country> = profile.country.into_iter().chain(profile.countries_of_delivery()).collect();
    words.extend(countries.iter().map(|c| texts::country(Lang::En, *c).to_owned()));
    words.extend(countries.iter().map(|c| texts::country(Lang::Fr, *c).to_owned()));
    words.extend(profile.kinds.iter().map(|k| texts::code(Lang::Fr, "organisation_kind", k.as_str())));
    words.extend(profile.offers.iter().map(|o| texts::code(Lang::Fr, "service_line", o.service_line.as_str())));
    words.extend(profile.workforce.target_groups.iter().map(|g| texts::code(Lang::Fr, "target_group", g.as_str())));
    words.join("\n")
}

/// Facet, code, first and last day in one number: 4 + 20 + 20 + 20 bits, days since 1970 counted from 1.
pub fn pack(value: &FacetValue) -> u64 {
    let day =
        |d: Option<chrono::NaiveDate>| d.map_or(0, |d| (d - chrono::NaiveDate::default()).num_days().clamp(0, (1 << 20) - 2) as u64 + 1);
    u64::from(key(value.facet, value.code)) << 40 | day(value.from) << 20 | day(value.until)
}

/// A facet's value without its days.
pub fn key(facet: Facet, code: u32) -> u32 {
    (facet as u32) << 20 | code
}

pub fn key_parts(key: u32) -> (Facet, u32) {
    (Facet::ALL[(key >> 20) as usize % Facet::ALL.len()], key & 0xF_FFFF)
}

/// The key, if the packed value holds on that day (counted as `pack` does).
pub fn holding(packed: u64, day: u64) -> Option<u32> {
    let (from, until) = (packed >> 20 & 0xF_FFFF, packed & 0xF_FFFF);
    ((from == 0 || from <= day) && (until == 0 || until >= day)).then_some((packed >> 40) as u32)
}

/// Today as `pack` counts days.
pub fn day_number(day: chrono::NaiveDate) -> u64 {
    (day - chrono::NaiveDate::default()).num_days().max(0) as u64 + 1
}
