//! Words, a filter and the counts of every facet against tantivy's own query for the same work, on
//! the same index in the same run: `cargo run --release -p kazi-api --example directory_search`.

use kazi_api::demo;
use kazi_api::directory::Directory;
use kazi_core::codes::OrganisationKind;
use kazi_core::directory::{Facet, FacetCode, Search};
use kazi_store::{Options, Store};
use std::time::{Duration, Instant};
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

const ROUNDS: usize = 40;
const LIMIT: f64 = 2.0;
const WORDS: [&str; 10] = [
    "data annotation",
    "transcription",
    "customer support",
    "nairobi",
    "translation research",
    "payroll",
    "baobab",
    "software testing",
    "annotaton",
    "made-up provider",
];

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(&Options::new(folder.path().join("bench.db").display().to_string()))?;
    store.migrate()?;
    demo::list_providers(&store, 1, count, chrono::Utc::now().into(), |_| {})?;
    let directory = Directory::open(&store, folder.path(), &Default::default())?;
    while directory.index.documents() < count {
        std::thread::sleep(Duration::from_millis(100));
    }
    let index = &directory.index;
    let (mut ours, mut raw) = (Vec::new(), Vec::new());
    let counts: Aggregations = serde_json::from_value(serde_json::json!({ "facets": { "terms": { "field": "facets", "size": 5000 } } }))?;
    for round in 0..ROUNDS {
        for words in WORDS {
            let search = Search { q: Some(words.into()), kind: vec![OrganisationKind::Issp], ..Search::default() };
            let start = Instant::now();
            let found = index.search(&search)?;
            let took = start.elapsed();

            let searcher = index.searcher();
            let start = Instant::now();
            let text = index.words(words)?.ok_or("no words")?;
            let filter = TermQuery::new(index.facet_term(Facet::Kind, OrganisationKind::Issp.facet_code()), IndexRecordOption::Basic);
            let query = BooleanQuery::new(vec![(Occur::Must, text), (Occur::Must, Box::new(filter) as Box<dyn Query>)]);
            let aggregation = AggregationCollector::from_aggs(counts.clone(), Default::default());
            let (_, total, _) = searcher.search(&query, &(TopDocs::with_limit(20).order_by_score(), Count, aggregation))?;
            let took_raw = start.elapsed();
            assert_eq!(total as u64, found.total, "{words}: both find the same");
            if round > 0 {
                ours.push(took);
                raw.push(took_raw);
            }
        }
    }
    let p99 = |list: &mut Vec<Duration>| {
        list.sort_unstable();
        list[list.len() * 99 / 100].as_secs_f64() * 1000.0
    };
    let (ours, raw) = (p99(&mut ours), p99(&mut raw));
    let ratio = ours / raw;
    println!("{count} organisations: search p99 {ours:.2} ms, tantivy's own query p99 {raw:.2} ms");
    println!("ratio directory.search_vs_tantivy {ratio:.2} (limit {LIMIT:.1})");
    if ratio > LIMIT { Err("slower than the limit".into()) } else { Ok(()) }
}
