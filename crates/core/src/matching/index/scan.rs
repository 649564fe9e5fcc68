//! One block of rows against the plan: failures counted and points added, column after column, in loops
//! that the compiler turns into vector code. The points are good to a thousandth; whoever comes near the
//! bar is scored again exactly.

use super::plan::{Part, Plan};
use super::segment::{ALIVE, LANGUAGES_STATED, SKILLS_STATED, Segment};
use crate::matching::{Criterion, Curve};

/// Rows a block; a multiple of 64.
pub(super) const BLOCK: usize = 1024;
/// More than the points can be off by.
pub(super) const SLACK: f32 = 0.001;
/// Failures of a row that is not there.
const DEAD: u8 = 100;

/// What came out for each row of a block.
pub(super) struct Scratch {
    pub points: [f32; BLOCK],
    pub failures: [u8; BLOCK],
    sum: [f32; BLOCK],
    bytes: [u8; BLOCK],
    more: [u8; BLOCK],
    codes: [u8; BLOCK],
    words: [u16; BLOCK],
}

impl Scratch {
    pub fn new() -> Box<Self> {
        Box::new(Self {
            points: [0.0; BLOCK],
            failures: [0; BLOCK],
            sum: [0.0; BLOCK],
            bytes: [0; BLOCK],
            more: [0; BLOCK],
            codes: [0; BLOCK],
            words: [0; BLOCK],
        })
    }
}

/// The block from `start` on, with `n` rows. `patches` are rows whose expired certificates differ from the column.
pub(super) fn block(plan: &Plan, part: &Part, s: &Segment, start: usize, n: usize, patches: &[(u32, u16)], out: &mut Scratch) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it knows AVX2.
        return unsafe { block_avx2(plan, part, s, start, n, patches, out) };
    }
    block_plain(plan, part, s, start, n, patches, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn block_avx2(plan: &Plan, part: &Part, s: &Segment, start: usize, n: usize, patches: &[(u32, u16)], out: &mut Scratch) {
    block_plain(plan, part, s, start, n, patches, out);
}

#[inline(always)]
fn block_plain(plan: &Plan, part: &Part, s: &Segment, start: usize, n: usize, patches: &[(u32, u16)], out: &mut Scratch) {
    let rows = start..start + n;
    let t = plan.terms;
    let points_of = |c: Criterion| plan.points[c.ordinal()];
    let asked = |c: Criterion| t.asked.has(c);
    let Scratch { points, failures, sum, bytes, more, codes, words } = out;
    let (points, failures, sum) = (&mut points[..n], &mut failures[..n], &mut sum[..n]);
    let (bytes, more, codes, words) = (&mut bytes[..n], &mut more[..n], &mut codes[..n], &mut words[..n]);
    let flags = &s.flags[rows.clone()];

    points.fill(part.points);
    for (f, flag) in failures.iter_mut().zip(flags) {
        *f = part.failures + (1 - (flag & ALIVE)) * DEAD;
    }

    if t.restricts_countries() {
        for (f, set) in failures.iter_mut().zip(&s.countries[rows.clone()]) {
            *f += plan.country_fails[*set as usize];
        }
    }
    if asked(Criterion::Skills) {
        skills(plan, s, start, flags, points, failures, bytes, more);
    }
    if asked(Criterion::Languages) {
        languages(plan, s, start, flags, points, failures, sum, bytes, more, codes);
    }
    if let Some(least) = t.fte_from {
        for ((f, x), all) in failures.iter_mut().zip(&s.available[rows.clone()]).zip(&s.capacity[rows.clone()]) {
            *f += u8::from(*x < least) | (u8::from(x.is_nan()) & u8::from(*all < least));
        }
    }
    if let Some(team) = t.largest_team() {
        for (f, least) in failures.iter_mut().zip(&s.minimum[rows.clone()]) {
            *f += u8::from(*least > team);
        }
    }
    if asked(Criterion::Capacity) {
        curve(points, &s.available[rows.clone()], t.capacity, points_of(Criterion::Capacity));
    }
    if let (Some(budget), Some(currency)) = (&t.budget, plan.currency) {
        let same = &s.currency[rows.clone()];
        for ((f, low), c) in failures.iter_mut().zip(&s.price_low[rows.clone()]).zip(same) {
            *f += u8::from(*low > budget.to) & u8::from(*c == currency);
        }
        let full = points_of(Criterion::Price);
        for ((p, middle), c) in points.iter_mut().zip(&s.price_middle[rows.clone()]).zip(same) {
            *p += if *c == currency { full * budget.curve.at(*middle) } else { 0.0 };
        }
    }
    if t.overlap.is_some() {
        for ((f, p), shift) in failures.iter_mut().zip(points.iter_mut()).zip(&s.shift[rows.clone()]) {
            *f += plan.shift_fails[*shift as usize];
            *p += plan.shift_points[*shift as usize];
        }
    }
    if let Some(day) = t.start_by {
        let (day, today, full) = (day as f32, t.today as f32, points_of(Criterion::Start));
        let from_day = &s.from_day[rows.clone()];
        for (f, from) in failures.iter_mut().zip(from_day) {
            *f += u8::from(*from > day);
        }
        for ((p, from), ramp) in points.iter_mut().zip(from_day).zip(&s.ramp_days[rows.clone()]) {
            let ready = if *from > today { *from } else { today } + ramp;
            let value = full * t.start.at(ready);
            *p += if from.is_nan() | ramp.is_nan() { 0.0 } else { value };
        }
    }
    if plan.certificates != 0 {
        for ((w, stated), expired) in words.iter_mut().zip(&s.stated[rows.clone()]).zip(&s.expired[rows.clone()]) {
            *w = stated & !expired;
        }
        for (row, expired) in patches {
            words[*row as usize - start] = s.stated[*row as usize] & !expired;
        }
        for ((f, w), stated) in failures.iter_mut().zip(words.iter()).zip(&s.stated[rows.clone()]) {
            *f += u8::from(w & plan.certificates != plan.certificates) & u8::from(*stated != 0);
        }
        members(points, words, plan.certificates, points_of(Criterion::Certificates));
    }
    let share = &s.share[rows.clone()];
    if let Some(least) = t.minimum_share {
        for (f, x) in failures.iter_mut().zip(share) {
            *f += u8::from(*x < least);
        }
    }
    curve(points, share, t.impact_share, points_of(Criterion::ImpactShare));
    if plan.groups != 0 {
        members(points, &s.groups[rows.clone()], plan.groups, points_of(Criterion::TargetGroup));
    }
    curve(points, &s.evidence[rows.clone()], Curve::IDENTITY, points_of(Criterion::Evidence));
    curve(points, &s.responsiveness[rows], Curve::IDENTITY, points_of(Criterion::Responsiveness));
}

#[inline(always)]
fn curve(points: &mut [f32], column: &[f32], curve: Curve, full: f32) {
    for (p, x) in points.iter_mut().zip(column) {
        let value = full * curve.at(*x);
        *p += if x.is_nan() { 0.0 } else { value };
    }
}

/// Points for each member of `mask` that the bits have.
#[inline(always)]
fn members(points: &mut [f32], column: &[u16], mask: u16, full: f32) {
    let each = full / mask.count_ones() as f32;
    for (p, bits) in points.iter_mut().zip(column) {
        *p += each * ones(bits & mask) as f32;
    }
}

/// Bits that are set, in plain arithmetic that vectorises everywhere.
#[inline(always)]
fn ones(bits: u16) -> i32 {
    let b = i32::from(bits);
    let b = b - (b >> 1 & 0x5555);
    let b = (b & 0x3333) + (b >> 2 & 0x3333);
    let b = (b + (b >> 4)) & 0x0F0F;
    (b + (b >> 8)) & 0x1F
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn skills(
    plan: &Plan,
    s: &Segment,
    start: usize,
    flags: &[u8],
    points: &mut [f32],
    failures: &mut [u8],
    required: &mut [u8],
    wished: &mut [u8],
) {
    required.fill(0);
    wished.fill(0);
    for n in plan.required.iter().flatten() {
        if let Some(list) = s.skills.get(*n as usize) {
            list.count_into(start, 1, required);
        }
    }
    for n in &plan.wished {
        if let Some(list) = s.skills.get(*n as usize) {
            list.count_into(start, 1, wished);
        }
    }
    let all = plan.required.len() as u8;
    for ((f, has), flag) in failures.iter_mut().zip(required.iter()).zip(flags) {
        *f += u8::from(*has < all) & u8::from(flag & SKILLS_STATED != 0);
    }
    for ((p, r), w) in points.iter_mut().zip(required.iter()).zip(wished.iter()) {
        *p += plan.skill_point * f32::from(2 * r + w);
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn languages(
    plan: &Plan,
    s: &Segment,
    start: usize,
    flags: &[u8],
    points: &mut [f32],
    failures: &mut [u8],
    sum: &mut [f32],
    fails: &mut [u8],
    open: &mut [u8],
    codes: &mut [u8],
) {
    sum.fill(0.0);
    fails.fill(0);
    open.fill(0);
    for asked in &plan.languages {
        codes.fill(0);
        for tag in &asked.tags {
            if let Some(levels) = s.languages.get(*tag as usize) {
                levels.max_into(start, codes);
            }
        }
        match asked.rank {
            None => {
                for ((v, f), code) in sum.iter_mut().zip(fails.iter_mut()).zip(codes.iter()) {
                    *v += if *code == 0 { 0.0 } else { 1.0 };
                    *f |= u8::from(*code == 0);
                }
            }
            Some(rank) => {
                let (enough, per) = (rank as u8 + 1, 1.0 / rank);
                for ((f, o), code) in fails.iter_mut().zip(open.iter_mut()).zip(codes.iter()) {
                    *f |= u8::from(*code < enough) & u8::from(*code != 1);
                    *o |= u8::from(*code == 1);
                }
                for (v, code) in sum.iter_mut().zip(codes.iter()) {
                    let value = f32::from(code.saturating_sub(1)) * per;
                    *v += if value < 1.0 { value } else { 1.0 };
                }
            }
        }
    }
    let full = plan.points[Criterion::Languages.ordinal()] / plan.languages.len() as f32;
    for ((f, fail), flag) in failures.iter_mut().zip(fails.iter()).zip(flags) {
        *f += fail & u8::from(flag & LANGUAGES_STATED != 0);
    }
    for ((p, v), o) in points.iter_mut().zip(sum.iter()).zip(open.iter()) {
        *p += if *o == 0 { full * v } else { 0.0 };
    }
}
