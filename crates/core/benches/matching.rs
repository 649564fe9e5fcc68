//! The matching index against summing the bytes that it reads, in the same run, on one core.
//!
//! `cargo bench -p kazi-core --bench matching`; `cargo xtask bench` shows the lines that begin with `info`, `value`, `ratio` or
//! `time`. Ends with 1 when a limit is missed.

mod synthetic;

use criterion::Criterion;
use kazi_core::codes::ServiceLine;
use kazi_core::matching::{Index, Preset, Terms};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;
use synthetic::{index, need, today};

const ROUNDS: usize = 31;
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
    let (search, sum) = (median(searches), median(sums));
    println!(
        "info matching.{name}: {} of {} pass, search {:.2} ms, sum of the same {:.1} MB {:.2} ms",
        found.total_passing,
        index.len(),
        search * 1e3,
        bytes as f64 / 1e6,
        sum * 1e3
    );
    println!("time matching.{name} {:.3} ms", search * 1e3);
    let ratio = search / sum;
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

fn time<T>(run: impl FnOnce() -> T) -> f64 {
    let start = clock();
    black_box(run());
    clock() - start
}

/// Seconds that this thread had a processor: others on the machine don't count.
#[cfg(unix)]
fn clock() -> f64 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut now) };
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
#[cfg(not(unix))]
fn clock() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
