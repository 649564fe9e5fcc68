//! Exact figures of 10,000,000 readings in 200 groups: computed at once, and kept up reading by reading.
//!
//! `cargo bench -p kazi-core --bench peers`; `cargo xtask bench peers` sets it beside DuckDB on the same readings. With
//! `KAZI_BENCH_FOLDER` it leaves the readings and its figures there, in the machine's byte order. Ends with 1 when the two ways
//! differ.

use kazi_core::metrics::peers::{Figures, Kept, figures_by_group};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const GROUPS: usize = 200;
const ROUNDS: usize = 15;
const CHANGES: usize = 100_000;

fn main() -> ExitCode {
    // Without `--bench` cargo only wants to know that it runs.
    let measuring = std::env::args().any(|a| a == "--bench");
    let (count, rounds) = if measuring { (10_000_000, ROUNDS) } else { (200_000, 1) };
    let mut chance = Chance(1);
    let (mut values, groups) = readings(&mut chance, count);
    let sizes = groups.iter().fold([0_usize; GROUPS], |mut sizes, group| {
        sizes[usize::from(*group)] += 1;
        sizes
    });
    let (largest, smallest) = (sizes.iter().max().copied().unwrap_or_default(), sizes.iter().min().copied().unwrap_or_default());
    println!("info peers.readings: {count} in {GROUPS} groups of {smallest} to {largest}");

    let figures = figures_by_group(&values, &groups, GROUPS);
    if let Some(folder) = std::env::var_os("KAZI_BENCH_FOLDER") {
        leave(Path::new(&folder), &values, &groups, &figures).expect("the folder can be written");
    }
    let times = (0..rounds).map(|_| time(|| figures_by_group(black_box(&values), &groups, GROUPS))).collect();
    println!("time peers.figures_by_group {:.3} ms", median(times) * 1e3);

    let mut kept = Kept::of(&values, &groups, GROUPS);
    println!("value peers.kept_bytes_per_reading {:.1}", kept.bytes() as f64 / count as f64);
    let mut same = kept.all() == figures;
    let start = Instant::now();
    for _ in 0..CHANGES.min(count) {
        let (at, new) = (chance.below(count), chance.value());
        same &= kept.replace(usize::from(groups[at]), values[at], new);
        values[at] = new;
    }
    println!("time peers.kept_change {:.6} ms", start.elapsed().as_secs_f64() * 1e3 / CHANGES.min(count) as f64);
    let times = (0..rounds * 10).map(|_| {
        let (at, new) = (chance.below(count), chance.value());
        let old = std::mem::replace(&mut values[at], new);
        time(|| {
            kept.replace(usize::from(groups[at]), old, new);
            black_box(kept.all())
        })
    });
    println!("time peers.kept_served {:.3} ms", median(times.collect()) * 1e3);
    same &= kept.all() == figures_by_group(&values, &groups, GROUPS);
    println!("info peers.kept: {}", if same { "the same figures to the last bit" } else { "OTHER FIGURES" });
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Group sizes fall as 1 ÷ (rank + 5); values have a long tail, one in four is whole.
fn readings(chance: &mut Chance, count: usize) -> (Vec<f64>, Vec<u16>) {
    let mut bounds = vec![];
    let mut total = 0.0;
    for rank in 0..GROUPS {
        total += 1.0 / (rank as f64 + 5.0);
        bounds.push(total);
    }
    let group = |chance: &mut Chance| {
        let at = chance.share() * total;
        bounds.partition_point(|bound| *bound < at).min(GROUPS - 1) as u16
    };
    (0..count).map(|_| (chance.value(), group(chance))).unzip()
}

fn leave(folder: &Path, values: &[f64], groups: &[u16], figures: &[Option<Figures>]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("values.f64"), values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())?;
    std::fs::write(folder.join("groups.u16"), groups.iter().flat_map(|group| group.to_le_bytes()).collect::<Vec<u8>>())?;
    let mut text = String::new();
    for (group, figures) in figures.iter().enumerate() {
        if let Some(f) = figures {
            let p = f.percentiles;
            let _ = writeln!(text, "{group} {} {} {} {} {} {} {}", f.count, f.mean, p.p5, p.p25, p.p50, p.p75, p.p95);
        }
    }
    std::fs::write(folder.join("figures.txt"), text)
}

fn time<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(run());
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// splitmix64
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    fn value(&mut self) -> f64 {
        let value = 100.0 * (3.0 * (self.share() + self.share() + self.share() - 1.5)).exp();
        if self.next() & 3 == 0 { value.round() } else { value }
    }
}
