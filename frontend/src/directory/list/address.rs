//! What is searched for, as the page's address: whoever opens it sees the same list.

use crate::codes::parsed;
use crate::session::encoded;
use kazi_core::directory::Search;
use leptos_router::params::ParamsMap;

/// The filters with several values, in the order of the page.
pub const FACETS: [&str; 7] = ["kind", "country", "region", "service", "language", "target_group", "certificate"];

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Address {
    pub q: String,
    /// One list a facet, in the order of `FACETS`.
    pub chosen: [Vec<String>; FACETS.len()],
    pub claimed: String,
    pub has_capacity: String,
    pub sort: String,
    pub map: bool,
}

impl Address {
    pub fn of(query: &ParamsMap) -> Self {
        let one = |name: &str| query.get(name).unwrap_or_default();
        let list = |name: &str| one(name).split(',').filter(|v| !v.is_empty()).map(str::to_owned).collect();
        Self {
            q: one("q"),
            chosen: FACETS.map(list),
            claimed: one("claimed"),
            has_capacity: one("has_capacity"),
            sort: one("sort"),
            map: one("map") == "true",
        }
    }

    pub fn search(&self) -> Search {
        let [kind, country, region, service, language, target_group, certificate] = &self.chosen;
        Search {
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            kind: parsed(kind),
            country: parsed(country),
            region: parsed(region),
            service: parsed(service),
            language: parsed(language),
            target_group: parsed(target_group),
            certificate: parsed(certificate),
            claimed: self.claimed.parse().ok(),
            has_capacity: self.has_capacity.parse().ok(),
            sort: self.sort.parse().ok(),
            after: None,
            limit: None,
        }
    }

    /// The query; the map is this page's own affair.
    pub fn query(&self, with_map: bool) -> String {
        let lists = FACETS.iter().zip(&self.chosen).map(|(name, values)| (*name, values.join(",")));
        let single = [
            ("q", self.q.clone()),
            ("claimed", self.claimed.clone()),
            ("has_capacity", self.has_capacity.clone()),
            ("sort", self.sort.clone()),
        ];
        let map = with_map.then(|| ("map", if self.map { "true".to_owned() } else { String::new() }));
        let parts = single.into_iter().chain(lists).chain(map).filter(|(_, value)| !value.is_empty());
        parts.map(|(name, value)| format!("{name}={}", encoded(&value).replace("%2C", ","))).collect::<Vec<_>>().join("&")
    }
    pub fn path(&self) -> String {
        match self.query(true) {
            query if query.is_empty() => "/providers".to_owned(),
            query => format!("/providers?{query}"),
        }
    }

    pub fn toggled(&self, facet: usize, value: &str) -> Self {
        let mut to = self.clone();
        let list = &mut to.chosen[facet];
        match list.iter().position(|v| v == value) {
            Some(at) => {
                list.remove(at);
            }
            None => list.push(value.to_owned()),
        }
        to
    }
    pub fn is_filtered(&self) -> bool {
        self.chosen.iter().any(|l| !l.is_empty()) || !self.claimed.is_empty() || !self.has_capacity.is_empty()
    }
}
