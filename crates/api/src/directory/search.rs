//! Search over HTTP: the query's words, one request for answers and counts, answers kept ready as
//! long as the index stands as it was.

use super::index::{SearchFail, SearchIndex};
use crate::http::{Answer, Fail, List, Words, next_page};
use crate::identity::Who;
use crate::state::State;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use kazi_core::codes::{CertificateKind, Country, Language, OrganisationKind, Region, ServiceLine, TargetGroup};
use kazi_core::directory::{Search, SearchResult, SearchSort};
use kazi_core::page::MAX_LIMIT;
use kazi_core::problem::{Code, FieldError, Refusal};
use serde::Deserialize;

/// Words and filters of a search. Values within one filter are alternatives; different filters must all hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchWords {
    /// Words; spelling mistakes are forgiven.
    #[param(max_length = 300, example = "data annotation")]
    pub q: Option<String>,
    /// Kinds, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "issp,bpo")]
    pub kind: List<OrganisationKind>,
    /// ISO 3166-1 alpha-2 countries, separated by commas: head office, sites and countries of delivery.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "KE,UG")]
    pub country: List<Country>,
    /// Regions, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "eastern_africa")]
    pub region: List<Region>,
    /// Service lines, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "data_annotation")]
    pub service: List<ServiceLine>,
    /// BCP 47 languages, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "en,sw")]
    pub language: List<Language>,
    /// Target groups, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "women,youth")]
    pub target_group: List<TargetGroup>,
    /// Certificates that have not expired, separated by commas.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "iso_27001")]
    pub certificate: List<CertificateKind>,
    /// Kept by somebody who belongs to the organisation.
    pub claimed: Option<bool>,
    /// `true`: with people free now.
    pub has_capacity: Option<bool>,
    /// relevance, name, newest or headcount.
    #[param(value_type = Option<SearchSort>)]
    pub sort: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

fn refused(pointer: &str, code: &str, message: String) -> Fail {
    let errors = vec![FieldError { pointer: pointer.into(), code: code.into(), message: message.clone() }];
    Refusal { code: Code::InvalidQuery, detail: message, errors }.into()
}

impl SearchWords {
    pub fn checked(self) -> Answer<Search> {
        let sort = self.sort.as_deref().map(|word| {
            let known = SearchSort::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
            word.parse().map_err(|_| refused("sort", "unknown", format!("sort does not know '{word}'; it knows {known}.")))
        });
        if let Some(limit) = self.limit
            && !(1..=MAX_LIMIT).contains(&limit)
        {
            return Err(refused("limit", "range", format!("limit is {limit}; it must be from 1 to {MAX_LIMIT}.")));
        }
        if self.q.as_ref().is_some_and(|q| q.chars().count() > 300) {
            return Err(refused("q", "length", "q may have at most 300 characters.".into()));
        }
        Ok(Search {
            q: self.q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()),
            kind: self.kind.0,
            country: self.country.0,
            region: self.region.0,
            service: self.service.0,
            language: self.language.0,
            target_group: self.target_group.0,
            certificate: self.certificate.0,
            claimed: self.claimed,
            has_capacity: self.has_capacity,
            sort: sort.transpose()?,
            after: self.after,
            limit: self.limit,
        })
    }
}

impl From<SearchFail> for Fail {
    fn from(fail: SearchFail) -> Self {
        match fail {
            SearchFail::After => refused("after", "format", fail.to_string()),
            SearchFail::Index(error) => Self::inside(error),
        }
    }
}

/// An answer, and where the next page begins.
#[derive(Clone)]
struct Found {
    body: Bytes,
    next: Option<String>,
}

/// Answers to searches of one state of the index.
pub struct ReadySearches {
    kept: moka::sync::Cache<(u64, String), Found>,
}

impl Default for ReadySearches {
    fn default() -> Self {
        let weigh = |key: &(u64, String), found: &Found| u32::try_from(key.1.len() + found.body.len() + 128).unwrap_or(u32::MAX);
        Self { kept: moka::sync::Cache::builder().max_capacity(32 * 1024 * 1024).weigher(weigh).build() }
    }
}

/// Search organisations
///
/// Answers and, beside them, how many there would be for each value of each filter.
#[utoipa::path(
    tag = "directory", operation_id = "search_organisations", params(SearchWords),
    responses((status = 200, body = SearchResult, description = "A page of answers, the number of all, and the counts by facet."))
)]
#[get("/organisations")]
pub async fn search_organisations(state: web::Data<State>, req: HttpRequest, _who: Who, words: Words<SearchWords>) -> Answer<HttpResponse> {
    let directory = &state.directory;
    let key = (directory.index.state_number().map_err(SearchFail::from)?, req.query_string().to_owned());
    if let Some(found) = directory.searches.kept.get(&key) {
        return Ok(json(&req, found));
    }
    let search = words.0.checked()?;
    let index = directory.index.clone();
    let found = web::block(move || answer(&index, &search)).await.map_err(Fail::inside)??;
    directory.searches.kept.insert(key, found.clone());
    Ok(json(&req, found))
}

fn answer(index: &SearchIndex, search: &Search) -> Answer<Found> {
    let found = index.search(search)?;
    Ok(Found { body: serde_json::to_vec(&found).map_err(Fail::inside)?.into(), next: found.next })
}

fn json(req: &HttpRequest, found: Found) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(next) = &found.next {
        response.insert_header(next_page(req, next));
    }
    response.content_type("application/json").body(found.body)
}
