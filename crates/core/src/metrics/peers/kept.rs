//! Exact figures kept up reading by reading: one reading more, less or changed costs microseconds, and the figures of all groups
//! are there at any moment, the same numbers that `figures_by_group` gives.

use super::figures::{Figures, ranks};
use super::sum::ExactSum;

/// A block holds at most so many numbers, and fewer than the second only where there are no more.
const FULL: usize = 512;
const LOADED: usize = 448;
const SCANT: usize = 128;

/// Readings in groups. Values are finite.
#[derive(Debug, Clone)]
pub struct Kept {
    groups: Vec<Sorted>,
}

impl Kept {
    pub fn new(how_many: usize) -> Self {
        Self { groups: vec![Sorted::default(); how_many] }
    }

    /// As after inserting each, in less time.
    ///
    /// # Panics
    /// Where the two are not equally long, or a group is beyond `how_many`.
    pub fn of(values: &[f64], groups: &[u16], how_many: usize) -> Self {
        assert_eq!(values.len(), groups.len(), "a group for each value");
        let mut by_group = vec![vec![]; how_many];
        values.iter().zip(groups).for_each(|(value, group)| by_group[usize::from(*group)].push(*value));
        Self { groups: by_group.into_iter().map(Sorted::of).collect() }
    }

    pub fn insert(&mut self, group: usize, value: f64) {
        self.groups[group].insert(value);
    }

    /// Whether there was such a reading.
    pub fn remove(&mut self, group: usize, value: f64) -> bool {
        self.groups[group].remove(value)
    }

    /// Whether there was such a reading; otherwise nothing changes.
    pub fn replace(&mut self, group: usize, old: f64, new: f64) -> bool {
        let there = self.remove(group, old);
        if there {
            self.insert(group, new);
        }
        there
    }

    pub fn figures(&self, group: usize) -> Option<Figures> {
        self.groups[group].figures()
    }

    pub fn all(&self) -> Vec<Option<Figures>> {
        self.groups.iter().map(Sorted::figures).collect()
    }

    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.count).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory that it holds.
    pub fn bytes(&self) -> usize {
        let block = |block: &Vec<f64>| size_of::<Vec<f64>>() + block.capacity() * size_of::<f64>();
        let group = |group: &Sorted| size_of::<Sorted>() + group.blocks.iter().map(block).sum::<usize>() + group.firsts.capacity() * 8;
        self.groups.iter().map(group).sum()
    }
}

/// Numbers in order, in blocks of a few hundred; no block is empty.
#[derive(Debug, Clone, Default)]
struct Sorted {
    blocks: Vec<Vec<f64>>,
    /// The first number of each block.
    firsts: Vec<f64>,
    count: usize,
    sum: ExactSum,
}

impl Sorted {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let blocks: Vec<Vec<f64>> = values.chunks(LOADED).map(block).collect();
        Self { firsts: blocks.iter().map(|block| block[0]).collect(), blocks, count: values.len(), sum: ExactSum::of(&values) }
    }

    /// The last block that begins at or below the value: it has the value, if any has.
    fn block_of(&self, value: f64) -> usize {
        self.firsts.partition_point(|first| *first <= value).saturating_sub(1)
    }

    fn insert(&mut self, value: f64) {
        self.sum.add(value);
        self.count += 1;
        let which = self.block_of(value);
        let Some(block) = self.blocks.get_mut(which) else {
            self.blocks.push(block(&[value]));
            self.firsts.push(value);
            return;
        };
        let at = block.partition_point(|other| *other <= value);
        block.insert(at, value);
        self.firsts[which] = block[0];
        if block.len() == FULL {
            let upper = self::block(&block[FULL / 2..]);
            block.truncate(FULL / 2);
            self.firsts.insert(which + 1, upper[0]);
            self.blocks.insert(which + 1, upper);
        }
    }

    fn remove(&mut self, value: f64) -> bool {
        let which = self.block_of(value);
        let Some(block) = self.blocks.get_mut(which) else { return false };
        let at = block.partition_point(|other| *other < value);
        if block.get(at) != Some(&value) {
            return false;
        }
        // the one that is there: 0 and -0 are equal
        let gone = block.remove(at);
        self.sum.subtract(gone);
        self.count -= 1;
        match block.first() {
            Some(first) => self.firsts[which] = *first,
            None => self.drop_block(which),
        }
        self.join(which);
        true
    }

    fn drop_block(&mut self, which: usize) {
        self.blocks.remove(which);
        self.firsts.remove(which);
    }

    /// A scant block moves in with its neighbour, where there is room.
    fn join(&mut self, which: usize) {
        let scant = |block: Option<&Vec<f64>>| block.is_some_and(|block| block.len() < SCANT);
        let left = if which + 1 < self.blocks.len() { which } else { which.saturating_sub(1) };
        let [Some(a), Some(b)] = [self.blocks.get(left), self.blocks.get(left + 1)] else { return };
        if scant(self.blocks.get(which)) && a.len() + b.len() <= LOADED {
            let moving = std::mem::take(&mut self.blocks[left + 1]);
            self.blocks[left].extend(moving);
            self.drop_block(left + 1);
        }
    }

    fn figures(&self) -> Option<Figures> {
        let ranks = ranks(self.count)?;
        let (mut which, mut before) = (0, 0);
        let found = ranks.map(|rank| {
            while rank >= before + self.blocks[which].len() {
                before += self.blocks[which].len();
                which += 1;
            }
            self.blocks[which][rank - before]
        });
        Some(Figures::at(self.count, &self.sum, ranks, found))
    }
}

/// A block of its full size, so that it never moves.
fn block(values: &[f64]) -> Vec<f64> {
    let mut block = Vec::with_capacity(FULL);
    block.extend_from_slice(values);
    block
}
