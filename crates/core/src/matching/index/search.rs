//! The search: blocks scanned, near the bar scored exactly, the best explained.

use super::exact::exact;
use super::plan::{Part, Plan};
use super::scan::{BLOCK, Bars, GROUP, Rows, Scratch, block, passes};
use super::top::{Hit, Top};
use super::{Index, Place, place, whereabouts};
use crate::codes::ServiceLine;
use crate::matching::naive::finish;
use crate::matching::{Candidate, CandidateMatrix, NEAR_MISSES, Ranking, Terms, Weights, WeightsError, explain, near_miss, order, score};
use std::sync::LazyLock;

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

/// How many threads share so many rows: each takes long enough to be worth its start. Tests share few rows too.
fn shares(rows: usize) -> usize {
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));
    if cfg!(test) { (rows / GROUP).clamp(1, 3) } else { (rows / (32 * BLOCK)).clamp(1, *PROCESSORS) }
}

/// Over the index, or a share of it.
struct Run<'a> {
    index: &'a Index,
    plan: &'a Plan<'a>,
    passing: Top,
    near: Top,
    /// Rows that pass.
    total: usize,
    /// Which organisations they are of, where several rows of one could be among them.
    seen: Option<Vec<u64>>,
}

impl<'a> Run<'a> {
    /// The passing, the near, both best first, and how many organisations pass.
    fn over(index: &'a Index, plan: &'a Plan<'a>, top: usize, near: usize) -> (Vec<Hit>, Vec<Hit>, usize) {
        let rows = |part: &Part| index.segments[part.segment].rows();
        let several = plan.parts.iter().filter(|p| p.failures == 0 && rows(p) > 0).count() > 1;
        let whole: usize = plan.parts.iter().filter(|p| p.failures == 0 || near > 0).map(rows).sum();
        let shares = shares(whole);
        let run = |share: usize| {
            let seen = several.then(|| vec![0; index.organisations.len().div_ceil(64)]);
            let mut run = Self { index, plan, passing: Top::new(top), near: Top::new(near), total: 0, seen };
            run.scan(share, shares);
            run
        };
        let mut first = std::thread::scope(|threads| {
            let others: Vec<_> = (1..shares).map(|share| threads.spawn(move || run(share))).collect();
            let mut first = run(0);
            for other in others {
                match other.join() {
                    Ok(other) => first.take_in(other),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            first
        });
        if let Some(seen) = &first.seen {
            first.total = seen.iter().map(|w| w.count_ones() as usize).sum();
        }
        (first.passing.sorted(), first.near.sorted(), first.total)
    }

    /// Goes over one share of each segment.
    fn scan(&mut self, share: usize, shares: usize) {
        let mut scratch = Scratch::new(self.plan);
        for part in &self.plan.parts {
            if part.failures > 0 && self.near.bar(part.failures) == f32::INFINITY {
                continue;
            }
            let segment = &self.index.segments[part.segment];
            let from = |share: usize| segment.rows() / GROUP * share / shares * GROUP;
            let (begin, end) = (from(share), from(share + 1));
            let mut patches = self.patches(part.segment);
            patches.retain(|(row, _)| (begin..end).contains(&(*row as usize)));
            let mut patches = patches.as_slice();
            for start in (begin..end).step_by(BLOCK) {
                let end = end.min(start + BLOCK);
                let (here, later) = patches.split_at(patches.partition_point(|(row, _)| (*row as usize) < end));
                let rows = Rows { segment, start, groups: (end - start) / GROUP, patches: here };
                block(self.plan, part, rows, self.bars(), &mut scratch);
                patches = later;
                self.take(part.segment, rows, &scratch);
            }
        }
    }

    fn take_in(&mut self, other: Self) {
        self.passing.take_in(other.passing);
        self.near.take_in(other.near);
        self.total += other.total;
        for (mine, theirs) in self.seen.iter_mut().flatten().zip(other.seen.iter().flatten()) {
            *mine |= theirs;
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

    fn take(&mut self, number: usize, rows: Rows, scratch: &Scratch) {
        let keys = &scratch.keys[..rows.groups];
        match &mut self.seen {
            None => self.total += scratch.passing as usize,
            Some(seen) if scratch.passing > 0 => {
                let organisations = &rows.segment.organisation[rows.start..];
                for (organisation, _) in organisations.iter().zip(keys.as_flattened()).filter(|(_, key)| passes(**key)) {
                    seen[*organisation as usize / 64] |= 1 << (organisation % 64);
                }
            }
            Some(_) => {}
        }
        let mut bars = self.bars();
        for ((group, keys), _) in (0..).zip(keys).zip(scratch.hot).filter(|(_, hot)| *hot) {
            for (i, key) in keys.iter().enumerate() {
                if bars.reached(*key) {
                    self.weigh(place(number, (rows.start + group * GROUP + i) as u32));
                    bars = self.bars();
                }
            }
        }
    }

    fn bars(&self) -> Bars {
        Bars::of([self.passing.bar(0), self.near.bar(1), self.near.bar(2)])
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
