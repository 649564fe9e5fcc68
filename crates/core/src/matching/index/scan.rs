//! One block of rows against the plan, column after column, in loops that the compiler turns into vector
//! code. Each row gets a key: its points, less a penalty a failure. Keys are at most `SLACK` too low; whoever comes
//! near the bar is scored again exactly (`exact`).

use super::plan::{Part, Plan};
use super::segment::{ALIVE, BEST_CERTIFICATE, LANGUAGES_STATED, SKILLS_STATED, Segment};
use crate::matching::{Criterion, Curve, evidence};

/// Rows a block; a multiple of 64.
pub(super) const BLOCK: usize = 2048;
/// More than a key can be too low by.
pub(super) const SLACK: f32 = 0.02;
/// What each failure costs: far more than all points together.
pub(super) const PENALTY: f32 = 1000.0;
/// Keys of rows that are not there lie below those of any failures.
const DEAD: f32 = 1e6;

/// What came out for each row of a block.
pub(super) struct Scratch {
    pub keys: [f32; BLOCK],
    /// Rows without a failure.
    pub passing: i32,
    /// For each 64 rows, whether one of them reaches the bars.
    pub hot: [bool; BLOCK / 64],
    sum: [f32; BLOCK],
    fails: [u8; BLOCK],
    open: [u8; BLOCK],
    codes: [u8; BLOCK],
}

impl Scratch {
    pub fn new() -> Box<Self> {
        Box::new(Self {
            keys: [0.0; BLOCK],
            passing: 0,
            hot: [false; BLOCK / 64],
            sum: [0.0; BLOCK],
            fails: [0; BLOCK],
            open: [0; BLOCK],
            codes: [0; BLOCK],
        })
    }
}

/// The least keys of rows with no, one and two failures that are worth a closer look.
#[derive(Clone, Copy)]
pub(super) struct Bars {
    pub passing: f32,
    pub one: f32,
    pub two: f32,
}

impl Bars {
    #[inline(always)]
    pub fn reached(&self, key: f32) -> bool {
        (key >= self.passing) & passes(key)
            | (key >= self.one) & (key < -0.5 * PENALTY) & (key > -1.5 * PENALTY)
            | (key >= self.two) & (key < -1.5 * PENALTY) & (key > -2.5 * PENALTY)
    }
}

#[inline(always)]
pub(super) fn passes(key: f32) -> bool {
    key > -0.5 * PENALTY
}

/// Rows of a segment, and those among them whose expired certificates differ from the column.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub segment: &'a Segment,
    pub start: usize,
    pub count: usize,
    pub patches: &'a [(u32, u16)],
}

/// Fills the keys and judges them.
pub(super) fn block(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512bw") && has!("avx512vl") && has!("avx512dq") && has!("fma") {
            // SAFETY: the processor has just said that it knows these instructions.
            return unsafe { block_avx512(plan, part, rows, bars, out) };
        }
        if has!("avx2") && has!("fma") {
            // SAFETY: as above.
            return unsafe { block_avx2(plan, part, rows, bars, out) };
        }
    }
    fill::<false>(plan, part, rows, out);
    judge(rows.count, bars, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,fma")]
fn block_avx512(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    fill::<true>(plan, part, rows, out);
    judge(rows.count, bars, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn block_avx2(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    fill::<true>(plan, part, rows, out);
    judge(rows.count, bars, out);
}

/// `a × b + c`, in one instruction where there is one; without it the call would be slow.
#[inline(always)]
fn fma<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// Points that rise in a straight line; an unknown (NaN) gets none.
#[derive(Clone, Copy)]
pub(super) struct Ramp {
    x0: f32,
    per: f32,
    gain: f32,
}

impl Ramp {
    #[inline(always)]
    fn add<const FUSED: bool>(self, key: f32, x: f32) -> f32 {
        let t = (x - self.x0) * self.per;
        let t = if t > 0.0 { t } else { 0.0 };
        fma::<FUSED>(if t < 1.0 { t } else { 1.0 }, self.gain, key)
    }
}

/// A curve as ramps from its worthless end. Every curve here is worth nothing at one end.
#[derive(Clone, Copy)]
pub(super) struct Ramps(Ramp, Ramp);

impl Ramps {
    pub fn of(curve: Curve, points: f32) -> Self {
        let [(x0, per01, dy01), (x1, per12, dy12)] = curve.pieces();
        if dy01 + dy12 >= 0.0 {
            return Self(Ramp { x0, per: per01, gain: points * dy01 }, Ramp { x0: x1, per: per12, gain: points * dy12 });
        }
        let fall = |from: f32, per: f32, dy: f32| Ramp { x0: from + 1.0 / per, per: -per, gain: -points * dy };
        Self(fall(x0, per01, dy01), if dy12 == 0.0 { Ramp { x0: x1, per: 0.0, gain: 0.0 } } else { fall(x1, per12, dy12) })
    }

    /// Adds the points of a column, through `known`, which may make more of them unknown.
    #[inline(always)]
    fn add<const FUSED: bool>(self, keys: &mut [f32], values: impl Iterator<Item = f32>) {
        if self.1.gain == 0.0 {
            keys.iter_mut().zip(values).for_each(|(k, x)| *k = self.0.add::<FUSED>(*k, x));
        } else {
            keys.iter_mut().zip(values).for_each(|(k, x)| *k = self.1.add::<FUSED>(self.0.add::<FUSED>(*k, x), x));
        }
    }
}

#[inline(always)]
fn penalty(fails: bool) -> f32 {
    if fails { -PENALTY } else { 0.0 }
}
#[inline(always)]
fn or_nothing(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

#[inline(always)]
fn fill<const FUSED: bool>(plan: &Plan, part: &Part, here: Rows, out: &mut Scratch) {
    let (s, start, n) = (here.segment, here.start, here.count);
    let rows = start..start + n;
    let t = plan.terms;
    let points_of = |c: Criterion| plan.points[c.ordinal()];
    let keys = &mut out.keys[..n];

    let (base, responsive) = (part.points - PENALTY * f32::from(part.failures), points_of(Criterion::Responsiveness));
    let (asked, quarter) = (t.evidence.mask, plan.quarter);
    for ((k, grades), r) in keys.iter_mut().zip(&s.grades[rows.clone()]).zip(&s.responsiveness[rows.clone()]) {
        let backed = evidence::sum(grades & asked) as i32 as f32;
        *k = fma::<FUSED>(or_nothing(*r), responsive, fma::<FUSED>(backed, quarter, base));
    }
    let share = &s.share[rows.clone()];
    plan.share.add::<FUSED>(keys, share.iter().copied());
    if let Some(least) = t.minimum_share {
        keys.iter_mut().zip(share).for_each(|(k, x)| *k += penalty(*x < least));
    }
    if !s.free.is_empty() {
        for (k, flag) in keys.iter_mut().zip(&s.flags[rows.clone()]) {
            *k -= if flag & ALIVE == 0 { DEAD } else { 0.0 };
        }
    }
    if let Some(team) = t.largest_team() {
        let available = &s.available[rows.clone()];
        plan.capacity.add::<FUSED>(keys, available.iter().copied());
        for (k, least) in keys.iter_mut().zip(&s.minimum[rows.clone()]) {
            *k += penalty(*least > team);
        }
        if let Some(from) = t.fte_from {
            for ((k, x), all) in keys.iter_mut().zip(available).zip(&s.capacity[rows.clone()]) {
                *k += penalty((*x < from) | (x.is_nan() & (*all < from)));
            }
        }
    }
    if let (Some(budget), Some(currency)) = (&t.budget, plan.currency) {
        let same = &s.currency[rows.clone()];
        let (low, middle) = (&s.price_low[rows.clone()], &s.price_middle[rows.clone()]);
        for ((k, low), c) in keys.iter_mut().zip(low).zip(same) {
            *k += penalty((*low > budget.to) & (*c == currency));
        }
        plan.price.add::<FUSED>(keys, middle.iter().zip(same).map(|(x, c)| if *c == currency { *x } else { f32::NAN }));
    }
    if t.overlap.is_some() {
        plan.by_shift.add(keys, &s.shift[rows.clone()]);
    }
    if t.restricts_countries() {
        plan.by_countries.add(keys, &s.countries[rows.clone()]);
    }
    if let Some(day) = t.start_by {
        let (day, today) = (day as f32, t.today as f32);
        let from = &s.from_day[rows.clone()];
        keys.iter_mut().zip(from).for_each(|(k, from)| *k += penalty(*from > day));
        // A NaN in the ramp-up stays one; one in the day does because NaN is not smaller than today.
        let ready = |(from, ramp): (&f32, &f32)| if *from < today { today + ramp } else { from + ramp };
        plan.start.add::<FUSED>(keys, from.iter().zip(&s.ramp_days[rows.clone()]).map(ready));
    }
    if plan.certificates != 0 {
        certificates::<FUSED>(plan, here, keys);
    }
    if plan.groups != 0 {
        let each = points_of(Criterion::TargetGroup) / plan.groups.count_ones() as f32;
        for (k, bits) in keys.iter_mut().zip(&s.groups[rows.clone()]) {
            *k = fma::<FUSED>((bits & plan.groups).count_ones() as f32, each, *k);
        }
    }
    let flags = &s.flags[rows];
    if t.asked.has(Criterion::Skills) {
        skills::<FUSED>(plan, here, flags, keys, &mut out.fails[..n], &mut out.open[..n]);
    }
    if t.asked.has(Criterion::Languages) {
        let more = (&mut out.sum[..n], &mut out.fails[..n], &mut out.open[..n], &mut out.codes[..n]);
        languages::<FUSED>(plan, here, flags, keys, more);
    }
}

#[inline(always)]
fn judge(count: usize, bars: Bars, out: &mut Scratch) {
    out.passing = 0;
    for (hot, keys) in out.hot.iter_mut().zip(out.keys[..count].chunks(64)) {
        let (mut passing, mut reached) = (0, 0);
        for key in keys {
            passing += i32::from(passes(*key));
            reached |= i32::from(bars.reached(*key));
        }
        out.passing += passing;
        *hot = reached != 0;
    }
}

#[inline(always)]
fn certificates<const FUSED: bool>(plan: &Plan, here: Rows, keys: &mut [f32]) {
    let (s, rows) = (here.segment, here.start..here.start + here.count);
    let mask = plan.certificates;
    let each = plan.points[Criterion::Certificates.ordinal()] / mask.count_ones() as f32;
    // Each certificate held is evidence too, here as if all were of the best grade among them: never too little.
    let worth = |grades: u32, stated: u16, expired: u16| {
        let held = stated & !expired & mask;
        let each = fma::<FUSED>(((grades >> BEST_CERTIFICATE) as i32 + 1) as f32, plan.quarter, each);
        fma::<FUSED>(held.count_ones() as f32, each, penalty((held != mask) & (stated != 0)))
    };
    let columns = s.grades[rows.clone()].iter().zip(&s.stated[rows.clone()]).zip(&s.expired[rows]);
    for (k, ((grades, stated), expired)) in keys.iter_mut().zip(columns) {
        *k += worth(*grades, *stated, *expired);
    }
    for (row, expired) in here.patches {
        let i = *row as usize;
        keys[i - here.start] += worth(s.grades[i], s.stated[i], *expired) - worth(s.grades[i], s.stated[i], s.expired[i]);
    }
}

#[inline(always)]
fn skills<const FUSED: bool>(plan: &Plan, here: Rows, flags: &[u8], keys: &mut [f32], required: &mut [u8], points: &mut [u8]) {
    points.fill(0);
    for n in &plan.wished {
        if let Some(list) = here.segment.skills.get(*n as usize) {
            list.count_into(here.start, 1, points);
        }
    }
    if !plan.required.is_empty() {
        required.fill(0);
        for n in plan.required.iter().flatten() {
            if let Some(list) = here.segment.skills.get(*n as usize) {
                list.count_into(here.start, 1, required);
            }
        }
        let all = plan.required.len() as u8;
        for (((k, has), points), flag) in keys.iter_mut().zip(required.iter()).zip(points.iter_mut()).zip(flags) {
            *k += penalty((*has < all) & (flag & SKILLS_STATED != 0));
            *points += 2 * has;
        }
    }
    for (k, points) in keys.iter_mut().zip(points.iter()) {
        *k = fma::<FUSED>(f32::from(*points), plan.skill_point, *k);
    }
}

type LanguageScratch<'a> = (&'a mut [f32], &'a mut [u8], &'a mut [u8], &'a mut [u8]);

#[inline(always)]
fn languages<const FUSED: bool>(plan: &Plan, here: Rows, flags: &[u8], keys: &mut [f32], scratch: LanguageScratch) {
    let (sum, fails, open, codes) = scratch;
    sum.fill(0.0);
    fails.fill(0);
    open.fill(0);
    for asked in &plan.languages {
        codes.fill(0);
        for tag in &asked.tags {
            if let Some(levels) = here.segment.languages.get(*tag as usize) {
                levels.max_into(here.start, codes);
            }
        }
        // Any level will do: as if a level below the first were asked for.
        let (enough, unclear, less, per) = match asked.level {
            None => (1, u8::MAX, 0, 1.0),
            Some(level) => (level as u8 + 2, 1, 1, 1.0 / f32::from(level as u8 + 1)),
        };
        for ((f, o), code) in fails.iter_mut().zip(open.iter_mut()).zip(codes.iter()) {
            *f |= u8::from(*code < enough) & u8::from(*code != unclear);
            *o |= u8::from(*code == unclear);
        }
        for (v, code) in sum.iter_mut().zip(codes.iter()) {
            let value = f32::from(code.saturating_sub(less)) * per;
            *v += if value < 1.0 { value } else { 1.0 };
        }
    }
    let full = plan.points[Criterion::Languages.ordinal()] / plan.languages.len() as f32;
    for (((k, v), (f, o)), flag) in keys.iter_mut().zip(sum.iter()).zip(fails.iter().zip(open.iter())).zip(flags) {
        let fails = penalty((*f != 0) & (flag & LANGUAGES_STATED != 0));
        *k = fma::<FUSED>(if *o == 0 { *v } else { 0.0 }, full, *k + fails);
    }
}
