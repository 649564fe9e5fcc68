//! The search: blocks scanned, near the bar scored exactly, the best explained.

use super::plan::{Part, Plan};
use super::scan::{BLOCK, SLACK, Scratch, block};
use super::top::{Hit, Top};
use super::{Index, Place, place, whereabouts};
use crate::matching::naive::{failures, finish};
use crate::matching::{
    Candidate, NEAR_FAILURES, NEAR_MISSES, Ranking, Shares, Terms, Weights, WeightsError, criteria, explain, near_miss, order, score,
};

impl Index {
    /// The best `top` organisations for a need, with reasons, and the near misses.
    pub fn search(&self, terms: &Terms, weights: &Weights, top: usize) -> Result<Ranking, WeightsError> {
        let shares = weights.over(terms.asked)?;
        let plan = Plan::of(self, terms, &shares);
        let mut run = Run { index: self, plan: &plan, passing: Top::new(top), near: Top::new(NEAR_MISSES), total: 0, seen: None };
        run.all();
        let reason = |hit: &Hit| self.read(hit.row, terms);
        let ranked = run.passing.hits.iter().map(|h| explain(terms, &shares, &reason(h))).collect();
        let near = run.near.hits.iter().map(|h| near_miss(terms, &shares, &reason(h))).collect();
        finish(terms, weights, ranked, run.total, near)
    }
}

struct Run<'a> {
    index: &'a Index,
    plan: &'a Plan<'a>,
    passing: Top,
    near: Top,
    /// Organisations that pass.
    total: usize,
    /// Which they are, where several rows of one could.
    seen: Option<Vec<u64>>,
}

impl Run<'_> {
    fn all(&mut self) {
        let rows = |p: &Part| self.index.segments[p.segment].rows();
        if self.plan.parts.iter().filter(|p| p.failures == 0 && rows(p) > 0).count() > 1 {
            self.seen = Some(vec![0; self.index.organisations.len().div_ceil(64)]);
        }
        let mut scratch = Scratch::new();
        for part in &self.plan.parts {
            let patches = self.patches(part.segment);
            let mut patches = patches.as_slice();
            let segment = &self.index.segments[part.segment];
            for start in (0..segment.rows()).step_by(BLOCK) {
                let n = BLOCK.min(segment.rows() - start);
                let here = patches.partition_point(|(row, _)| (*row as usize) < start + n);
                block(self.plan, part, segment, start, n, &patches[..here], &mut scratch);
                patches = &patches[here..];
                self.take(part.segment, start, &scratch.points[..n], &scratch.failures[..n]);
            }
        }
        if let Some(seen) = &self.seen {
            self.total = seen.iter().map(|w| w.count_ones() as usize).sum();
        }
    }

    /// Rows whose certificates stand otherwise on the day asked about than on the index's.
    fn patches(&self, segment: usize) -> Vec<(u32, u16)> {
        let today = self.plan.terms.today;
        if today == self.index.day || self.plan.certificates == 0 {
            return vec![];
        }
        let between = self.index.expiries_between(self.index.day, today);
        let here = between.into_iter().filter(|at| whereabouts(*at).0 == segment);
        here.map(|at| (whereabouts(at).1, self.index.expired(at, today))).collect()
    }

    fn take(&mut self, segment: usize, start: usize, points: &[f32], failures: &[u8]) {
        let mut passing = 0u32;
        for f in failures {
            passing += u32::from(*f == 0);
        }
        match &mut self.seen {
            None => self.total += passing as usize,
            Some(seen) if passing > 0 => {
                let numbers = &self.index.segments[segment].organisation[start..];
                for (number, _) in numbers.iter().zip(failures).filter(|(_, f)| **f == 0) {
                    seen[*number as usize / 64] |= 1 << (number % 64);
                }
            }
            Some(_) => {}
        }
        let mut bars = self.bars();
        for (at, (points, failures)) in (start..).step_by(64).zip(points.chunks(64).zip(failures.chunks(64))) {
            if !near_the_bar(points, failures, &bars) {
                continue;
            }
            for (i, (p, f)) in points.iter().zip(failures).enumerate() {
                if *p >= bars[usize::from((*f).min(3))] {
                    self.weigh(place(segment, (at + i) as u32));
                    bars = self.bars();
                }
            }
        }
    }

    /// The least points by which a row with 0, 1, 2, more failures is worth a closer look.
    fn bars(&self) -> [f32; 4] {
        [self.passing.bar(0) - SLACK, self.near.bar(1) - SLACK, self.near.bar(2) - SLACK, f32::INFINITY]
    }

    /// Scores a row exactly, and takes it in if it is the best of its organisation.
    fn weigh(&mut self, at: Place) {
        let Some((hit, line)) = self.hit(at) else { return };
        for other in self.index.siblings(at).filter(|other| *other != at) {
            if let Some((other, other_line)) = self.hit(other) {
                let better = other.failures.cmp(&hit.failures).then(order((other.score, other_line), (hit.score, line)));
                if better.is_lt() {
                    return;
                }
            }
        }
        if hit.failures == 0 { self.passing.offer(hit) } else { self.near.offer(hit) }
    }

    fn hit(&self, at: Place) -> Option<(Hit, Option<crate::codes::ServiceLine>)> {
        let (terms, shares): (&Terms, &Shares) = (self.plan.terms, self.plan.shares);
        let c: Candidate = self.index.read(at, terms);
        let failed = failures(terms, &c).filter(|n| *n <= NEAR_FAILURES)?;
        let score = score(&criteria::values(terms, &c), shares).0;
        Some((Hit { failures: failed as u8, score, organisation: c.organisation, row: at }, c.service_line))
    }
}

/// Whether any of these rows is worth a closer look.
#[inline(always)]
fn near_the_bar(points: &[f32], failures: &[u8], bars: &[f32; 4]) -> bool {
    let mut any = false;
    for (p, f) in points.iter().zip(failures) {
        let bar = if *f == 0 {
            bars[0]
        } else if *f == 1 {
            bars[1]
        } else if *f == 2 {
            bars[2]
        } else {
            bars[3]
        };
        any |= *p >= bar;
    }
    any
}
