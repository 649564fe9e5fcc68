//! The matching index against summing the columns of all candidates once on one core, in the same run.
//!
//! `cargo bench -p kazi-core --bench matching`; `cargo xtask bench` shows the lines that begin with `info`, `value`, `ratio` or
//! `time`. Ends with 1 when a limit is missed.

mod synthetic;

use criterion::Criterion;
use kazi_core::codes::ServiceLine;
use kazi_core::matching::{Index, Preset, Terms};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use synthetic::{index, need, today};

const ROUNDS: usize = 61;
const TOP: usize = 50;
const LIMIT: f64 = 2.0;

fn main() -> ExitCode {
    // Without `--bench` cargo only wants to know that it runs.
    let measuring = std::env::args().any(|a| a == "--bench");
    let wanted = std::env::var("KAZI_BENCH_CANDIDATES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let (candidates, rounds) = if measuring { (wanted, ROUNDS) } else { (20_000, 3) };
    let lines = index(candidates, None);
    let mut within = value("bytes_per_candidate", lines.bytes_per_candidate(), 200.0);
    within &= measure("search_1m_typical", &lines, true, rounds);
    drop(lines);

    let one = index(candidates, Some(ServiceLine::DataAnnotation));
    within &= value("bytes_per_candidate_one_line", one.bytes_per_candidate(), 200.0);
    within &= measure("search_1m_demanding", &one, true, rounds);
    within &= measure("search_1m_no_filter", &one, false, rounds);

    let mut criterion = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(2)).configure_from_args();
    let terms = Terms::of(&need(false), today());
    let weights = Preset::Balanced.weights();
    criterion.bench_function("search no filter", |b| b.iter(|| black_box(one.search(&terms, &weights, TOP))));
    criterion.bench_function("sum of the same bytes", |b| b.iter(|| black_box(one.touch(&terms))));
    criterion.final_summary();
    if within || !measuring { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Search and sum in turns, so that both meet the machine in the same mood. Answers whether the ratio is within its limit.
fn measure(name: &str, index: &Index, demanding: bool, rounds: usize) -> bool {
    let terms = Terms::of(&need(demanding), today());
    let weights = Preset::Balanced.weights();
    let (mut searches, mut sums) = (vec![], vec![]);
    for _ in 0..rounds {
        sums.push(time(|| index.touch(black_box(&terms))));
        searches.push(time(|| index.search(black_box(&terms), &weights, TOP)));
    }
    let found = index.search(&terms, &weights, TOP).expect("weights are positive");
    let bytes = index.touch(&terms).bytes;
    // Of each pair by itself: both of a pair met the same mood.
    let ratio = median(searches.iter().zip(&sums).map(|(search, sum)| search / sum).collect());
    let (search, sum) = (median(searches), median(sums));
    println!(
        "info matching.{name}: {} of {} pass, search {:.2} ms, sum of the {:.1} MB of its criteria {:.2} ms",
        found.total_passing,
        index.len(),
        search * 1e3,
        bytes as f64 / 1e6,
        sum * 1e3
    );
    println!("time matching.{name} {:.3} ms", search * 1e3);
    println!("ratio matching.{name}_vs_bytesum {ratio:.2} (limit {LIMIT}){}", said(ratio <= LIMIT));
    ratio <= LIMIT
}

fn value(name: &str, value: f64, limit: f64) -> bool {
    println!("value matching.{name} {value:.1} (limit {limit}){}", said(value <= limit));
    value <= limit
}

fn said(within: bool) -> &'static str {
    if within { "" } else { "  BEYOND ITS LIMIT" }
}

/// Seconds on the clock: a search uses all processors.
fn time<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(run());
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
