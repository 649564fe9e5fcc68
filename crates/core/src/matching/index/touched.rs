//! The yardstick of the benchmark: the bytes of the criteria of all candidates, summed once and nothing else done.

use super::Index;
use super::segment::Segment;
use crate::matching::{Criterion, Terms, criteria};

/// How much was read, and the sum, which keeps the compiler from leaving the reading out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    pub bytes: usize,
    pub sum: u32,
}

impl Index {
    /// Sums the columns of all candidates that a search for this need asks about, each once, on this thread.
    pub fn touch(&self, terms: &Terms) -> Touched {
        let mut total = Touched::default();
        for segment in &self.segments {
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has just said that it knows AVX2.
                unsafe { touch_avx2(self, segment, terms, &mut total) };
                continue;
            }
            touch(self, segment, terms, &mut total);
        }
        total
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn touch_avx2(index: &Index, s: &Segment, terms: &Terms, total: &mut Touched) {
    touch(index, s, terms, total);
}

#[inline(always)]
fn touch(index: &Index, s: &Segment, terms: &Terms, total: &mut Touched) {
    total.add(&s.grades, words(&s.grades));
    for column in [&s.share, &s.responsiveness] {
        total.add(column, floats(column));
    }
    if terms.asked.has(Criterion::Capacity) {
        total.add(&s.available, floats(&s.available));
        total.add(&s.minimum, floats(&s.minimum));
        if terms.fte_from.is_some() {
            total.add(&s.capacity, floats(&s.capacity));
        }
    }
    if terms.asked.has(Criterion::Price) {
        total.add(&s.price_low, floats(&s.price_low));
        total.add(&s.price_middle, floats(&s.price_middle));
        total.add(&s.currency, bytes(&s.currency));
    }
    if terms.asked.has(Criterion::Start) {
        total.add(&s.from_day, floats(&s.from_day));
        total.add(&s.ramp_days, floats(&s.ramp_days));
    }
    if terms.asked.has(Criterion::TimeOverlap) {
        total.add(&s.shift, words(&s.shift));
    }
    if terms.restricts_countries() {
        total.add(&s.countries, words(&s.countries));
    }
    if terms.asked.has(Criterion::Certificates) {
        total.add(&s.stated, halves(&s.stated));
        total.add(&s.expired, halves(&s.expired));
    }
    if terms.asked.has(Criterion::TargetGroup) {
        total.add(&s.groups, halves(&s.groups));
    }
    total.add(&s.flags, bytes(&s.flags));
    for word in terms.skills_required.iter().chain(&terms.skills_wished) {
        if let Some(list) = index.skills.known(word).and_then(|n| s.skills.get(n as usize)) {
            list.touch(total);
        }
    }
    for (asked, _) in &terms.languages {
        for (tag, levels) in index.languages.iter().zip(&s.languages) {
            if criteria::meets(tag, asked) {
                levels.touch(total);
            }
        }
    }
}

impl Touched {
    #[inline(always)]
    pub(super) fn add<T>(&mut self, column: &[T], sum: u32) {
        self.bytes += size_of_val(column);
        self.sum = self.sum.wrapping_add(sum);
    }
}

#[inline(always)]
pub(super) fn bytes(column: &[u8]) -> u32 {
    u32::from(column.iter().fold(0u8, |sum, x| sum.wrapping_add(*x)))
}
#[inline(always)]
fn floats(column: &[f32]) -> u32 {
    column.iter().fold(0u32, |sum, x| sum.wrapping_add(x.to_bits()))
}
#[inline(always)]
fn halves(column: &[u16]) -> u32 {
    u32::from(column.iter().fold(0u16, |sum, x| sum.wrapping_add(*x)))
}
#[inline(always)]
pub(super) fn words(column: &[u32]) -> u32 {
    column.iter().fold(0u32, |sum, x| sum.wrapping_add(*x))
}
#[inline(always)]
pub(super) fn longs(column: &[u64]) -> u32 {
    column.iter().fold(0u64, |sum, x| sum.wrapping_add(*x)) as u32
}
