//! Rows against the plan, 64 at a time, column after column, in loops of fixed length that the compiler turns into
//! vector code. Going through all columns side by side keeps each of them a stream that the processor fetches ahead.
//!
//! Each row gets a key: its points, less a penalty a failure. Criteria that only bring points are read where some row
//! of the 64 can still reach the bar with them. Keys that matter are at most `SLACK` too low; whoever comes near the
//! bar is scored again exactly (`exact`).

use super::plan::{Part, Plan};
use super::postings::{Levels, Postings};
use super::segment::{ALIVE, BEST_CERTIFICATE, LANGUAGES_STATED, SKILLS_STATED, Segment};
use crate::matching::{Criterion, Curve, evidence};

/// Rows that are looked at together: columns end with a whole group, and a word of `Postings` is one.
pub(super) const GROUP: usize = 64;
/// Groups whose hits are weighed before the bars are set anew.
const GROUPS: usize = 64;
pub(super) const BLOCK: usize = GROUPS * GROUP;
/// More than a key can be too low by.
const SLACK: f32 = 0.02;
/// What each failure costs: far more than all points together.
pub(super) const PENALTY: f32 = 1000.0;
/// One language at the level asked for: a number that every rank of a level divides.
const WHOLE: u16 = 420;
/// Keys of rows that are not there lie below those of any failures.
const DEAD: f32 = 1e6;

pub(super) type Keys = [f32; GROUP];

/// What came out for each row of a block.
pub(super) struct Scratch {
    pub keys: [Keys; GROUPS],
    /// For each group, whether one of its rows reaches the bars.
    pub hot: [bool; GROUPS],
    /// Rows without a failure.
    pub passing: i32,
    /// For each skill required, then each wished, who has it.
    required: Vec<[u64; GROUPS]>,
    wished: Vec<[u64; GROUPS]>,
    /// For each language, the code of the best level.
    languages: Vec<[u8; BLOCK]>,
}

impl Scratch {
    pub fn new(plan: &Plan) -> Self {
        Self {
            keys: [[0.0; GROUP]; GROUPS],
            hot: [false; GROUPS],
            passing: 0,
            required: vec![[0; GROUPS]; plan.required.len()],
            wished: vec![[0; GROUPS]; plan.wished.len()],
            languages: vec![[0; BLOCK]; plan.languages.len()],
        }
    }
}

/// The least keys of rows with no, one and two failures that are worth a closer look.
#[derive(Clone, Copy)]
pub(super) struct Bars {
    passing: f32,
    one: f32,
    two: f32,
}

impl Bars {
    /// From the scores that rows with so many failures must have.
    pub fn of([passing, one, two]: [f32; 3]) -> Self {
        Self { passing, one: one - PENALTY, two: two - 2.0 * PENALTY }.less(SLACK)
    }
    /// The bars for keys to which so many points may still be added. None is so low that a row with more failures,
    /// or none at all, could reach it.
    fn less(self, points: f32) -> Self {
        Self {
            passing: (self.passing - points).max(-0.5 * PENALTY),
            one: (self.one - points).max(-1.5 * PENALTY),
            two: (self.two - points).max(-2.5 * PENALTY),
        }
    }
    #[inline(always)]
    pub fn reached(&self, key: f32) -> bool {
        (key >= self.passing) | (key >= self.one) & !passes(key) | (key >= self.two) & (key < -1.5 * PENALTY)
    }
    /// Looks at all of them: without a way out early it becomes vector code.
    #[inline(always)]
    fn reached_by_any(self, keys: &Keys) -> bool {
        keys.iter().fold(0, |any, key| any | i32::from(self.reached(*key))) != 0
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
    pub groups: usize,
    pub patches: &'a [(u32, u16)],
}

/// Fills the keys and judges them.
pub(super) fn block(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512bw") && has!("avx512vl") && has!("avx512dq") && has!("avx512bitalg") && has!("fma") {
            // SAFETY: the processor has just said that it knows these instructions.
            return unsafe { block_avx512(plan, part, rows, bars, out) };
        }
        if has!("avx2") && has!("fma") {
            // SAFETY: as above.
            return unsafe { block_avx2(plan, part, rows, bars, out) };
        }
    }
    weigh::<false>(plan, part, rows, bars, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512bitalg,fma")]
fn block_avx512(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    weigh::<true>(plan, part, rows, bars, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn block_avx2(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    weigh::<true>(plan, part, rows, bars, out);
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

    /// Goes over the columns of one criterion: `of` answers the number that the points are for, and the key with all
    /// else that the columns bring.
    #[inline(always)]
    fn add<const FUSED: bool>(self, keys: &mut Keys, of: impl Fn(usize, f32) -> (f32, f32)) {
        if self.1.gain == 0.0 {
            each(keys, |i, key| {
                let (x, key) = of(i, key);
                self.0.add::<FUSED>(key, x)
            });
        } else {
            each(keys, |i, key| {
                let (x, key) = of(i, key);
                self.1.add::<FUSED>(self.0.add::<FUSED>(key, x), x)
            });
        }
    }
}

#[inline(always)]
fn each(keys: &mut Keys, of: impl Fn(usize, f32) -> f32) {
    for (i, key) in keys.iter_mut().enumerate() {
        *key = of(i, *key);
    }
}
#[inline(always)]
fn group<T>(column: &[T], start: usize) -> &[T; GROUP] {
    column[start..].first_chunk().expect("columns end with a whole group")
}
#[inline(always)]
fn penalty(fails: bool) -> f32 {
    if fails { -PENALTY } else { 0.0 }
}
#[inline(always)]
fn or_nothing(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}
/// Whether the bit of a row is set; by halves, because vectors compare 32 bits at a time.
#[inline(always)]
fn has(word: u64, i: usize) -> bool {
    let half = if i < 32 { word as u32 } else { (word >> 32) as u32 };
    half & 1 << (i % 32) != 0
}

#[inline(always)]
fn weigh<const FUSED: bool>(plan: &Plan, part: &Part, rows: Rows, bars: Bars, out: &mut Scratch) {
    let Scratch { keys, hot, passing, required, wished, languages } = out;
    look_up(plan, rows, required, wished, languages);
    *passing = 0;
    let later = bars.less(plan.later);
    let low = later.less(wished.len() as f32 * plan.skill_point);
    let mut patches = rows.patches;
    for (g, (keys, hot)) in keys.iter_mut().zip(hot).take(rows.groups).enumerate() {
        let start = rows.start + g * GROUP;
        let (mine, others) = patches.split_at(patches.iter().take_while(|(row, _)| (*row as usize) < start + GROUP).count());
        patches = others;
        decide::<FUSED>(plan, part, rows.segment, start, mine, keys);
        if !required.is_empty() {
            must_have::<FUSED>(plan, rows.segment, start, required.iter().map(|list| list[g]), keys);
        }
        if !languages.is_empty() {
            must_speak::<FUSED>(plan, rows.segment, start, languages.iter().map(|codes| group(codes, g * GROUP)), keys);
        }
        *passing += keys.iter().map(|key| i32::from(passes(*key))).sum::<i32>();
        *hot = low.reached_by_any(keys);
        if *hot {
            for word in wished.iter().map(|list| list[g]) {
                each(keys, |i, key| if has(word, i) { key + plan.skill_point } else { key });
            }
            *hot = later.reached_by_any(keys);
        }
        if *hot {
            bring_more::<FUSED>(plan, rows.segment, start, keys);
            *hot = bars.reached_by_any(keys);
        }
    }
}

/// Who of the block has the skills and speaks the languages.
#[inline(always)]
fn look_up(plan: &Plan, rows: Rows, required: &mut [[u64; GROUPS]], wished: &mut [[u64; GROUPS]], languages: &mut [[u8; BLOCK]]) {
    let words = |skill: Option<u32>, out: &mut [u64; GROUPS]| {
        out.fill(0);
        if let Some(list) = skill.and_then(|n| rows.segment.skills.get(n as usize)) {
            Postings::words_into(list, rows.start, out);
        }
    };
    plan.required.iter().zip(required).for_each(|(skill, out)| words(*skill, out));
    plan.wished.iter().zip(wished).for_each(|(skill, out)| words(Some(*skill), out));
    for (asked, out) in plan.languages.iter().zip(languages) {
        out.fill(0);
        for levels in asked.tags.iter().filter_map(|tag| rows.segment.languages.get(*tag as usize)) {
            Levels::max_into(levels, rows.start, out);
        }
    }
}

/// The criteria that decide who passes, skills and languages apart.
#[inline(always)]
fn decide<const FUSED: bool>(plan: &Plan, part: &Part, s: &Segment, start: usize, patches: &[(u32, u16)], keys: &mut Keys) {
    let t = plan.terms;
    let (share, flags) = (group(&s.share, start), group(&s.flags, start));
    let base = part.points - PENALTY * f32::from(part.failures);
    let least = t.minimum_share.unwrap_or(f32::NEG_INFINITY);
    plan.share.add::<FUSED>(keys, |i, _| {
        let dead = if flags[i] & ALIVE == 0 { DEAD } else { 0.0 };
        (share[i], base - dead + penalty(share[i] < least))
    });
    if let Some(team) = t.largest_team() {
        let (available, minimum) = (group(&s.available, start), group(&s.minimum, start));
        match t.fte_from {
            None => plan.capacity.add::<FUSED>(keys, |i, key| (available[i], key + penalty(minimum[i] > team))),
            Some(from) => {
                let all = group(&s.capacity, start);
                plan.capacity.add::<FUSED>(keys, |i, key| {
                    let few = (available[i] < from) | (available[i].is_nan() & (all[i] < from));
                    (available[i], key + penalty(minimum[i] > team) + penalty(few))
                });
            }
        }
    }
    if let (Some(budget), Some(currency)) = (&t.budget, plan.currency) {
        let (low, middle, stated) = (group(&s.price_low, start), group(&s.price_middle, start), group(&s.currency, start));
        plan.price.add::<FUSED>(keys, |i, key| {
            let same = stated[i] == currency;
            (if same { middle[i] } else { f32::NAN }, key + penalty((low[i] > budget.to) & same))
        });
    }
    if t.overlap.is_some() {
        plan.by_shift.add(keys, group(&s.shift, start));
    }
    if t.restricts_countries() {
        plan.by_countries.add(keys, group(&s.countries, start));
    }
    if let Some(day) = t.start_by {
        let (day, today) = (day as f32, t.today as f32);
        let (from, ramp) = (group(&s.from_day, start), group(&s.ramp_days, start));
        // A NaN in the ramp-up stays one; one in the day does because NaN is not smaller than today.
        plan.start.add::<FUSED>(keys, |i, key| {
            let first = if from[i] < today { today } else { from[i] };
            (first + ramp[i], key + penalty(from[i] > day))
        });
    }
    if plan.certificates != 0 {
        let each_one = plan.points[Criterion::Certificates.ordinal()] / plan.certificates.count_ones() as f32;
        let worth = |stated: u16, expired: u16| {
            let held = stated & !expired & plan.certificates;
            fma::<FUSED>(held.count_ones() as f32, each_one, penalty((held != plan.certificates) & (stated != 0)))
        };
        let (stated, expired) = (group(&s.stated, start), group(&s.expired, start));
        each(keys, |i, key| key + worth(stated[i], expired[i]));
        for (row, today) in patches {
            let i = *row as usize - start;
            keys[i] += worth(stated[i], *today) - worth(stated[i], expired[i]);
        }
    }
}

#[inline(always)]
fn must_have<const FUSED: bool>(plan: &Plan, s: &Segment, start: usize, required: impl Iterator<Item = u64>, keys: &mut Keys) {
    let flags = group(&s.flags, start);
    let mut all = u64::MAX;
    for word in required {
        all &= word;
        each(keys, |i, key| if has(word, i) { key + 2.0 * plan.skill_point } else { key });
    }
    each(keys, |i, key| key + penalty(!has(all, i) & (flags[i] & SKILLS_STATED != 0)));
}

#[inline(always)]
fn must_speak<'a, const FUSED: bool>(
    plan: &Plan,
    s: &Segment,
    start: usize,
    languages: impl Iterator<Item = &'a [u8; GROUP]>,
    keys: &mut Keys,
) {
    let flags = group(&s.flags, start);
    let (mut sum, mut fails, mut open) = ([0u16; GROUP], [0u8; GROUP], [0u8; GROUP]);
    for (asked, codes) in plan.languages.iter().zip(languages) {
        // Any level will do: as if a level below the first were asked for.
        let (enough, unclear, less, full) = match asked.level {
            None => (1, u8::MAX, 0, 1),
            Some(level) => (level as u8 + 2, 1, 1, level as u8 + 1),
        };
        let each_rank = WHOLE / u16::from(full);
        for i in 0..GROUP {
            fails[i] |= u8::from(codes[i] < enough) & u8::from(codes[i] != unclear);
            open[i] |= u8::from(codes[i] == unclear);
            sum[i] = sum[i].saturating_add(u16::from(codes[i].saturating_sub(less).min(full)) * each_rank);
        }
    }
    let point = plan.points[Criterion::Languages.ordinal()] / (plan.languages.len() * usize::from(WHOLE)) as f32;
    each(keys, |i, key| {
        let fails = penalty((fails[i] != 0) & (flags[i] & LANGUAGES_STATED != 0));
        fma::<FUSED>(f32::from(if open[i] == 0 { sum[i] } else { 0 }), point, key + fails)
    });
}

/// The criteria that bring points and no more.
#[inline(always)]
fn bring_more<const FUSED: bool>(plan: &Plan, s: &Segment, start: usize, keys: &mut Keys) {
    let (grades, answers) = (group(&s.grades, start), group(&s.responsiveness, start));
    let (asked, responsive) = (plan.terms.evidence.mask, plan.points[Criterion::Responsiveness.ordinal()]);
    each(keys, |i, key| {
        let backed = evidence::sum(grades[i] & asked) as i32 as f32;
        fma::<FUSED>(or_nothing(answers[i]), responsive, fma::<FUSED>(backed, plan.quarter, key))
    });
    if plan.certificates != 0 {
        // As if none had expired and all were of the best grade among them: never too little.
        let stated = group(&s.stated, start);
        each(keys, |i, key| {
            let best = ((grades[i] >> BEST_CERTIFICATE) as i32 + 1) as f32;
            fma::<FUSED>((stated[i] & plan.certificates).count_ones() as f32 * best, plan.quarter, key)
        });
    }
    if plan.groups != 0 {
        let each_one = plan.points[Criterion::TargetGroup.ordinal()] / plan.groups.count_ones() as f32;
        let employed = group(&s.groups, start);
        each(keys, |i, key| fma::<FUSED>((employed[i] & plan.groups).count_ones() as f32, each_one, key));
    }
}
