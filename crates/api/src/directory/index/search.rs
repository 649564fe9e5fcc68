//! One search: words, filters, counts, a page in its order, all from one state of the index.

use super::bits::Bits;
use super::document::{key, key_parts};
use super::hits::{Hits, Place, Top};
use super::segment::Segment;
use super::words::{self, Tolerance};
use super::{SearchIndex, View};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kazi_core::directory::{Facet, FacetCode, FacetCount, Facets, OrganisationSummary, Search, SearchResult, SearchSort, facet_text};
use kazi_core::page::DEFAULT_LIMIT;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::query::Query;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

#[derive(Debug, thiserror::Error)]
pub enum SearchFail {
    #[error("after is not the next of a page of this search.")]
    After,
    #[error("search: {0}")]
    Index(#[from] tantivy::TantivyError),
}

type Filters = Vec<(Facet, Vec<u32>)>;

/// What was found in one segment, filters aside and filters applied.
struct Matches {
    /// What the words find; everything alive without words.
    words: Bits,
    /// One for each filter.
    filters: Vec<Bits>,
    /// Words and all filters.
    all: Bits,
    best: Vec<(u64, u128, u32)>,
}

impl SearchIndex {
    pub fn search(&self, search: &Search) -> Result<SearchResult, SearchFail> {
        let view = self.view()?;
        let text = search.q.as_deref().unwrap_or_default();
        let run = |tolerance| -> Result<SearchResult, SearchFail> {
            let query = words::query(text, &self.fields, &view.searcher, tolerance)?;
            self.run(&view, search, query)
        };
        let found = run(Tolerance::Unknown)?;
        if found.total == 0 && !text.is_empty() && search.after.is_none() { run(Tolerance::Every) } else { Ok(found) }
    }

    fn run(&self, view: &View, search: &Search, query: Option<Box<dyn Query>>) -> Result<SearchResult, SearchFail> {
        let sort = match (search.sort.unwrap_or(SearchSort::Relevance), &query) {
            (SearchSort::Relevance, None) => SearchSort::Newest,
            (sort, _) => sort,
        };
        let limit = search.limit.unwrap_or(DEFAULT_LIMIT) as usize;
        let after = search.after.as_deref().map(read_place).transpose()?;
        let filters = filters(search);
        let mut matches = self.matches(view, query, &filters, sort, limit + 1, after.as_ref())?;
        let total = matches.iter().map(|m| m.all.count()).sum();
        let facets = count(view, &filters, &matches);
        let mut places = Vec::new();
        for (at, found) in matches.iter_mut().enumerate() {
            let segment = &view.segments[at].0;
            if sort != SearchSort::Relevance {
                found.best = by_column(segment, &found.all, sort, limit + 1, after.as_ref());
            }
            for (key, id, document) in found.best.drain(..) {
                let place = match sort {
                    SearchSort::Name => Place { key: 0, name: segment.name(key as u32), id },
                    _ => Place { key, name: String::new(), id },
                };
                places.push((place, DocAddress::new(at as u32, document)));
            }
        }
        places.sort_unstable();
        let more = places.len() > limit;
        places.truncate(limit);
        let next = places.last().filter(|_| more).map(|(place, _)| write_place(place));
        let items = places.iter().map(|(_, address)| self.summary(view, *address)).collect::<Result<_, _>>()?;
        Ok(SearchResult { items, next, total, facets })
    }

    fn matches(
        &self,
        view: &View,
        query: Option<Box<dyn Query>>,
        filters: &Filters,
        sort: SearchSort,
        most: usize,
        after: Option<&Place>,
    ) -> Result<Vec<Matches>, SearchFail> {
        let mut matches: Vec<Matches> = view
            .segments
            .iter()
            .map(|(segment, alive)| {
                let filters: Vec<Bits> = filters.iter().map(|(_, keys)| segment.holders_of_any(keys)).collect();
                let mut all = alive.clone();
                filters.iter().for_each(|f| all.keep(f));
                Matches { words: alive.clone(), filters, all, best: Vec::new() }
            })
            .collect();
        if let Some(query) = query {
            let hits = Hits {
                segments: view.segments.iter().zip(&matches).map(|((s, _), m)| (s.clone(), Arc::new(m.all.clone()))).collect(),
                rank: (sort == SearchSort::Relevance).then_some(most),
                after: after.map(|p| (p.key, p.id)),
            };
            for found in view.searcher.search(&query, &hits)? {
                let of = &mut matches[found.segment];
                of.all.keep(&found.bits);
                of.words = found.bits;
                of.best = found.best;
            }
        }
        Ok(matches)
    }

    fn summary(&self, view: &View, address: DocAddress) -> Result<OrganisationSummary, SearchFail> {
        let document: TantivyDocument = view.searcher.doc(address)?;
        let json = document.get_first(self.fields.summary).and_then(|v| v.as_bytes()).unwrap_or_default();
        serde_json::from_slice(json).map_err(|e| tantivy::TantivyError::InternalError(e.to_string()).into())
    }

    /// Every id that passes, in the index's own order; for exports.
    pub fn ids(&self, search: &Search) -> Result<Vec<uuid::Uuid>, SearchFail> {
        let view = self.view()?;
        let query = words::query(search.q.as_deref().unwrap_or_default(), &self.fields, &view.searcher, Tolerance::Unknown)?;
        let matches = self.matches(&view, query, &filters(search), SearchSort::Newest, 0, None)?;
        let ids = view.segments.iter().zip(&matches).flat_map(|((segment, _), m)| m.all.iter().map(|d| segment.ids[d as usize]));
        let mut ids: Vec<_> = ids.map(uuid::Uuid::from_u128).collect();
        ids.sort_unstable();
        Ok(ids)
    }
}

/// The filters that say something, with their values as keys.
fn filters(search: &Search) -> Filters {
    fn keys<T: FacetCode>(facet: Facet, values: &[T]) -> (Facet, Vec<u32>) {
        (facet, values.iter().map(|v| key(facet, v.facet_code())).collect())
    }
    let mut filters = vec![
        keys(Facet::Kind, &search.kind),
        keys(Facet::Country, &search.country),
        keys(Facet::Region, &search.region),
        keys(Facet::Service, &search.service),
        keys(Facet::Language, &search.language),
        keys(Facet::TargetGroup, &search.target_group),
        keys(Facet::Certificate, &search.certificate),
        keys(Facet::Claimed, search.claimed.as_slice()),
        keys(Facet::HasCapacity, search.has_capacity.filter(|wanted| *wanted).as_slice()),
    ];
    filters.retain(|(_, keys)| !keys.is_empty());
    filters
}

/// Counts each facet with the other filters applied and its own not.
fn count(view: &View, filters: &Filters, matches: &[Matches]) -> Facets {
    let mut counts: HashMap<u32, u64> = filters.iter().flat_map(|(_, keys)| keys.iter().map(|k| (*k, 0))).collect();
    for ((segment, _), found) in view.segments.iter().zip(matches) {
        let bases: HashMap<Facet, Bits> = filters
            .iter()
            .enumerate()
            .map(|(own, (facet, _))| {
                let mut base = found.words.clone();
                found.filters.iter().enumerate().filter(|(i, _)| *i != own).for_each(|(_, f)| base.keep(f));
                (*facet, base)
            })
            .collect();
        for (key, holders) in &segment.holders {
            let base = bases.get(&key_parts(*key).0).unwrap_or(&found.all);
            let count = holders.count_in(base);
            if count > 0 {
                *counts.entry(*key).or_default() += count;
            }
        }
    }
    let mut facets = Facets::default();
    for (key, count) in counts {
        let (facet, code) = key_parts(key);
        list_of(&mut facets, facet).push(FacetCount { value: facet_text(facet, code), count });
    }
    for facet in Facet::ALL {
        list_of(&mut facets, *facet).sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    facets
}

fn list_of(facets: &mut Facets, facet: Facet) -> &mut Vec<FacetCount> {
    match facet {
        Facet::Kind => &mut facets.kind,
        Facet::Country => &mut facets.country,
        Facet::Region => &mut facets.region,
        Facet::Service => &mut facets.service,
        Facet::Language => &mut facets.language,
        Facet::TargetGroup => &mut facets.target_group,
        Facet::Certificate => &mut facets.certificate,
        Facet::Claimed => &mut facets.claimed,
        Facet::HasCapacity => &mut facets.has_capacity,
    }
}

fn by_column(segment: &Segment, all: &Bits, sort: SearchSort, most: usize, after: Option<&Place>) -> Vec<(u64, u128, u32)> {
    let bound = after.map(|place| match sort {
        SearchSort::Name => match segment.place_of(&place.name) {
            (order, true) => (u64::from(order), place.id),
            // Nobody here has that name: everything from its place on comes after it.
            (order, false) => u64::from(order).checked_sub(1).map_or((0, 0), |before| (before, u128::MAX)),
        },
        _ => (place.key, place.id),
    });
    let mut top = Top::new(most, bound);
    for document in all.iter() {
        let at = document as usize;
        let key = match sort {
            SearchSort::Name => u64::from(segment.name_order[at]),
            SearchSort::Headcount => u64::MAX - (segment.headcount[at] + 1) as u64,
            SearchSort::Newest | SearchSort::Relevance => u64::MAX - segment.created[at] as u64,
        };
        top.offer(key, segment.ids[at], document);
    }
    top.sorted()
}

fn write_place(place: &Place) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{}.{:x}.{}", place.key, place.id, place.name))
}

fn read_place(text: &str) -> Result<Place, SearchFail> {
    let read = || {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = text.splitn(3, '.');
        let key = parts.next()?.parse().ok()?;
        let id = u128::from_str_radix(parts.next()?, 16).ok()?;
        Some(Place { key, name: parts.next()?.to_owned(), id })
    };
    read().ok_or(SearchFail::After)
}
