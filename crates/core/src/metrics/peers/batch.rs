//! Exact figures of many readings in a few hundred groups at once, without laying the readings together first: one pass counts them
//! in buckets of value, a second picks those in the few buckets where a percentile lies. On all processors where there is enough to do.

use super::figures::{Figures, Ranks, ranks};
use super::select::order_statistics;
use super::sum::{ExactSum, NarrowSum};
use std::sync::LazyLock;

/// A thread takes long enough over so many readings to be worth its start. Tests share few readings too.
const READINGS_A_THREAD: usize = if cfg!(test) { 50 } else { 100_000 };
/// Buckets of a group; those of 200 groups stay near the processor.
const BUCKETS: usize = 512;
const LAST: f64 = (BUCKETS - 1) as f64;
/// One reading of so many is looked at to choose the buckets.
const SAMPLED: usize = if cfg!(test) { 4 } else { 128 };

/// Figures of each group, `None` where it has no reading. `groups[i] < how_many` is the group of `values[i]`; values are finite.
///
/// # Panics
/// Where the two are not equally long, or a group is beyond `how_many`.
pub fn figures_by_group(values: &[f64], groups: &[u16], how_many: usize) -> Vec<Option<Figures>> {
    assert_eq!(values.len(), groups.len(), "a group for each value");
    let threads = threads(values.len());
    let share = values.len().div_ceil(threads).max(1);
    let parts: Vec<Part> = values.chunks(share).zip(groups.chunks(share)).map(|(values, groups)| Part { values, groups }).collect();
    let scales = Scale::of_groups(values, groups, how_many);

    let mut counted = on_threads(&parts, |part| part.count(&scales)).into_iter();
    let Some(mut counted_all) = counted.next() else { return vec![None; how_many] };
    for more in counted {
        counted_all.iter_mut().zip(more).for_each(|(all, more)| all.join(more));
    }
    let wanted: Vec<Option<Wanted>> = counted_all.iter().map(|counted| Wanted::of(&counted.buckets)).collect();
    let mut here = vec![Marks::default(); how_many];
    for (here, wanted) in here.iter_mut().zip(&wanted) {
        wanted.iter().flat_map(|wanted| wanted.buckets).for_each(|bucket| here.mark(bucket));
    }
    let picked = on_threads(&parts, |part| part.pick(&scales, &here));
    let shares: Vec<usize> = (0..threads).collect();
    let found = on_threads(&shares, |share| {
        let mine = wanted.iter().enumerate().skip(*share).step_by(threads);
        let of_group = |(group, wanted): (usize, &Option<Wanted>)| {
            let Wanted { count, ranks, among, .. } = wanted.as_ref()?;
            let mut picked: Vec<f64> = picked.iter().flat_map(|part| &part[group]).copied().collect();
            Some((group, Figures::at(*count, &counted_all[group].exact_sum(), *ranks, order_statistics(&mut picked, *among))))
        };
        mine.filter_map(of_group).collect::<Vec<_>>()
    });
    let mut figures = vec![None; how_many];
    found.into_iter().flatten().for_each(|(group, found)| figures[group] = Some(found));
    figures
}

fn threads(readings: usize) -> usize {
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));
    (*PROCESSORS).min(readings / READINGS_A_THREAD).max(1)
}

/// The first part on this thread; a single one starts none, so that a browser can.
fn on_threads<P: Sync, T: Send>(parts: &[P], run: impl Fn(&P) -> T + Sync) -> Vec<T> {
    let (Some((first, others)), run) = (parts.split_first(), &run) else { return vec![] };
    std::thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|part| scope.spawn(move || run(part))).collect();
        let first = std::iter::once(run(first));
        first.chain(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))).collect()
    })
}

/// From a value to its bucket: larger values never come into lower buckets, whatever the scale.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    buckets_a_unit: f64,
}

impl Scale {
    fn of_groups(values: &[f64], groups: &[u16], how_many: usize) -> Vec<Self> {
        let mut samples = vec![vec![]; how_many];
        for (value, group) in values.iter().zip(groups).step_by(SAMPLED) {
            samples[usize::from(*group)].push(*value);
        }
        samples.iter_mut().map(|sample| Self::of(sample)).collect()
    }

    /// Spreads what lies between the third and the 97th percentile of the sample.
    fn of(sample: &mut [f64]) -> Self {
        let tail = sample.len() * 3 / 100;
        let Some(high) = sample.len().checked_sub(1 + tail) else { return Self { low: 0.0, high: 0.0, buckets_a_unit: 0.0 } };
        let mut at = |rank: usize| *sample.select_nth_unstable_by(rank, f64::total_cmp).1;
        let (low, high) = (at(tail), at(high));
        let width = high - low;
        Self { low, high, buckets_a_unit: if width > 0.0 && width.is_finite() { BUCKETS as f64 / width } else { 0.0 } }
    }

    #[inline]
    fn bucket(self, value: f64) -> usize {
        let at = (value - self.low) * self.buckets_a_unit;
        // written so that what is not a number comes into the first
        let at = if at > 0.0 { at } else { 0.0 };
        let at = if at < LAST { at } else { LAST };
        // among doubles of this size the last digit is worth one: the sum is rounded to a whole number
        (at + (1_u64 << 52) as f64).to_bits() as usize % BUCKETS
    }
}

/// How many readings each bucket of a group has, and their sum. What each reading touches lies together.
#[repr(C)]
struct Counted {
    scale: Scale,
    sum: NarrowSum,
    buckets: [u32; BUCKETS],
    /// What the narrow one can't hold.
    rest: ExactSum,
}

impl Counted {
    fn new(scale: Scale) -> Self {
        Self { scale, sum: NarrowSum::around(scale.high), buckets: [0; BUCKETS], rest: ExactSum::default() }
    }

    #[inline]
    fn add(&mut self, value: f64) {
        self.buckets[self.scale.bucket(value)] += 1;
        if !self.sum.add(value) {
            self.rest.add(value);
        }
    }

    fn join(&mut self, more: Self) {
        self.rest.join(more.exact_sum());
        self.buckets.iter_mut().zip(more.buckets).for_each(|(count, more)| *count += more);
    }

    fn exact_sum(&self) -> ExactSum {
        let mut sum = self.rest.clone();
        self.sum.pour_into(&mut sum);
        sum
    }
}

/// Some of the buckets of a group.
#[derive(Clone, Copy, Default)]
struct Marks([u64; BUCKETS / 64]);

impl Marks {
    fn mark(&mut self, bucket: usize) {
        self.0[bucket / 64] |= 1 << (bucket % 64);
    }
    #[inline]
    fn has(&self, bucket: usize) -> bool {
        self.0[bucket / 64] >> (bucket % 64) & 1 == 1
    }
}

struct Part<'a> {
    values: &'a [f64],
    groups: &'a [u16],
}

impl Part<'_> {
    fn readings(&self) -> impl Iterator<Item = (usize, f64)> {
        self.groups.iter().zip(self.values).map(|(group, value)| (usize::from(*group), *value))
    }

    fn count(&self, scales: &[Scale]) -> Vec<Counted> {
        let mut counted: Vec<Counted> = scales.iter().map(|scale| Counted::new(*scale)).collect();
        for (group, value) in self.readings() {
            counted[group].add(value);
        }
        counted
    }

    /// What lies in the buckets that are looked for, by group.
    fn pick(&self, scales: &[Scale], here: &[Marks]) -> Vec<Vec<f64>> {
        let mut picked = vec![vec![]; scales.len()];
        for (group, value) in self.readings() {
            if here[group].has(scales[group].bucket(value)) {
                picked[group].push(value);
            }
        }
        picked
    }
}

/// Where the ranks of a group lie.
struct Wanted {
    count: usize,
    ranks: Ranks,
    buckets: Ranks,
    /// The ranks among what lies in these buckets.
    among: Ranks,
}

impl Wanted {
    fn of(counts: &[u32; BUCKETS]) -> Option<Self> {
        let count = counts.iter().map(|count| *count as usize).sum();
        let ranks = ranks(count)?;
        let (mut bucket, mut before, mut passed_over, mut wanted) = (0, 0, 0, false);
        let (mut buckets, mut among) = (ranks, ranks);
        for (at, rank) in ranks.into_iter().enumerate() {
            while rank >= before + counts[bucket] as usize {
                before += counts[bucket] as usize;
                passed_over += if wanted { 0 } else { counts[bucket] as usize };
                (bucket, wanted) = (bucket + 1, false);
            }
            wanted = true;
            (buckets[at], among[at]) = (bucket, rank - passed_over);
        }
        Some(Self { count, ranks, buckets, among })
    }
}
