//! The search: blocks scanned, near the bar scored exactly, the best explained.

use super::exact::exact;
use super::plan::{Part, Plan};
use super::scan::{BLOCK, Bars, PENALTY, Rows, SLACK, Scratch, block, passes};
use super::top::{Hit, Top};
use super::{Index, Place, place, whereabouts};
use crate::codes::ServiceLine;
use crate::matching::naive::finish;
use crate::matching::{Candidate, CandidateMatrix, NEAR_MISSES, Ranking, Terms, Weights, WeightsError, explain, near_miss, order, score};

impl Index {
    /// The best `top` organisations for a need, with reasons, and the near misses.
    pub fn search(&self, terms: &Terms, weights: &Weights, top: usize) -> Result<Ranking, WeightsError> {
        let shares = weights.over(terms.asked)?;
        let plan = Plan::of(self, terms, &shares);
        let (passing, near, total) = Run::over(self, &plan, top, NEAR_MISSES);
        let offers: Vec<Vec<Candidate>> = passing.iter().map(|hit| self.passing_offers(&plan, hit)).collect();
        let best = |(hit, offers): (&Hit, &Vec<Candidate>)| {
            let line = ServiceLine::ALL.get(whereabouts(hit.row).0).copied();
            offers.iter().find(|c| c.service_line == line).map(|c| explain(terms, &shares, c))
        };
        let ranked = passing.iter().zip(&offers).filter_map(best).collect();
        let near = near.iter().map(|hit| near_miss(terms, &shares, &self.read(hit.row, terms))).collect();
        let matrix = CandidateMatrix::of(terms, offers.iter().flatten(), passing.len() == total);
        finish(terms, weights, ranked, total, near, &matrix)
    }

    /// The values of the best `rows` organisations' offers and how many organisations pass: what a browser orders again.
    pub fn matrix(&self, terms: &Terms, weights: &Weights, rows: usize) -> Result<(CandidateMatrix, u32), WeightsError> {
        let shares = weights.over(terms.asked)?;
        let plan = Plan::of(self, terms, &shares);
        let (passing, _, total) = Run::over(self, &plan, rows, 0);
        let offers: Vec<Candidate> = passing.iter().flat_map(|hit| self.passing_offers(&plan, hit)).collect();
        Ok((CandidateMatrix::of(terms, &offers, passing.len() == total), total as u32))
    }

    /// The offers of a hit's organisation that pass, by service line.
    fn passing_offers(&self, plan: &Plan, hit: &Hit) -> Vec<Candidate> {
        let passes = |at: &Place| *at == hit.row || exact(self, plan, *at).is_some_and(|(failures, _)| failures == 0);
        let mut rows: Vec<Place> = self.siblings(hit.row).filter(passes).collect();
        rows.sort_unstable_by_key(|at| whereabouts(*at).0);
        rows.into_iter().map(|at| self.read(at, plan.terms)).collect()
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

impl<'a> Run<'a> {
    /// The passing, the near, both best first, and how many organisations pass.
    fn over(index: &'a Index, plan: &'a Plan<'a>, top: usize, near: usize) -> (Vec<Hit>, Vec<Hit>, usize) {
        let mut run = Self { index, plan, passing: Top::new(top), near: Top::new(near), total: 0, seen: None };
        run.all();
        (run.passing.sorted(), run.near.sorted(), run.total)
    }

    fn all(&mut self) {
        let rows = |p: &Part| self.index.segments[p.segment].rows();
        if self.plan.parts.iter().filter(|p| p.failures == 0 && rows(p) > 0).count() > 1 {
            self.seen = Some(vec![0; self.index.organisations.len().div_ceil(64)]);
        }
        let mut scratch = Scratch::new();
        for part in &self.plan.parts {
            if part.failures > 0 && self.near.bar(part.failures) == f32::INFINITY {
                continue;
            }
            let patches = self.patches(part.segment);
            let mut patches = patches.as_slice();
            let segment = &self.index.segments[part.segment];
            for start in (0..segment.rows()).step_by(BLOCK) {
                let n = BLOCK.min(segment.rows() - start);
                let here = patches.partition_point(|(row, _)| (*row as usize) < start + n);
                block(self.plan, part, Rows { segment, start, count: n, patches: &patches[..here] }, self.bars(), &mut scratch);
                patches = &patches[here..];
                self.take(part.segment, start, n, &scratch);
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

    fn take(&mut self, segment: usize, start: usize, n: usize, scratch: &Scratch) {
        let keys = &scratch.keys[..n];
        match &mut self.seen {
            None => self.total += scratch.passing as usize,
            Some(seen) if scratch.passing > 0 => {
                let numbers = &self.index.segments[segment].organisation[start..];
                for (number, _) in numbers.iter().zip(keys).filter(|(_, key)| passes(**key)) {
                    seen[*number as usize / 64] |= 1 << (number % 64);
                }
            }
            Some(_) => {}
        }
        for ((at, keys), _) in (start..).step_by(64).zip(keys.chunks(64)).zip(scratch.hot).filter(|(_, hot)| *hot) {
            for (i, key) in keys.iter().enumerate() {
                if self.bars().reached(*key) {
                    self.weigh(place(segment, (at + i) as u32));
                }
            }
        }
    }

    fn bars(&self) -> Bars {
        Bars {
            passing: self.passing.bar(0) - SLACK,
            one: self.near.bar(1) - SLACK - PENALTY,
            two: self.near.bar(2) - SLACK - 2.0 * PENALTY,
        }
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

    fn hit(&self, at: Place) -> Option<(Hit, Option<ServiceLine>)> {
        let (failures, values) = exact(self.index, self.plan, at)?;
        let score = score(&values, self.plan.shares).0;
        let (which, row) = whereabouts(at);
        let number = self.index.segments[which].organisation[row as usize];
        let organisation = self.index.organisations[number as usize].id;
        Some((Hit { failures, score, organisation, row: at }, ServiceLine::ALL.get(which).copied()))
    }
}
