//! Collects what the words find: all of it as bits for the counts, the best of what passes the
//! filters for the page.

use super::bits::Bits;
use super::segment::Segment;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// A place in the order of the answers: first by `key`, then by name where that is the order, then by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub key: u64,
    pub name: String,
    pub id: u128,
}

/// The first few in an order.
pub struct Top {
    most: usize,
    /// Only what comes after this.
    after: Option<(u64, u128)>,
    heap: BinaryHeap<(u64, u128, DocId)>,
}

impl Top {
    pub fn new(most: usize, after: Option<(u64, u128)>) -> Self {
        Self { most, after, heap: BinaryHeap::with_capacity(most + 1) }
    }
    #[inline]
    pub fn offer(&mut self, key: u64, id: u128, document: DocId) {
        if self.heap.len() == self.most && self.heap.peek().is_some_and(|worst| (key, id).cmp(&(worst.0, worst.1)) != Ordering::Less) {
            return;
        }
        if self.after.is_some_and(|after| (key, id) <= after) {
            return;
        }
        self.heap.push((key, id, document));
        if self.heap.len() > self.most {
            self.heap.pop();
        }
    }
    pub fn sorted(self) -> Vec<(u64, u128, DocId)> {
        self.heap.into_sorted_vec()
    }
}

/// A better score is a smaller key.
pub fn score_key(score: Score) -> u64 {
    u64::from(u32::MAX - score.max(0.0).to_bits())
}

/// What was found in one segment.
pub struct Found {
    pub segment: usize,
    pub bits: Bits,
    pub best: Vec<(u64, u128, DocId)>,
}

pub struct Hits {
    pub segments: Vec<(Arc<Segment>, Arc<Bits>)>,
    /// How many to rank by score; `None` leaves the ranking to a column.
    pub rank: Option<usize>,
    pub after: Option<(u64, u128)>,
}

pub struct SegmentHits {
    at: usize,
    bits: Bits,
    segment: Arc<Segment>,
    passing: Arc<Bits>,
    top: Option<Top>,
}

impl Collector for Hits {
    type Fruit = Vec<Found>;
    type Child = SegmentHits;

    fn for_segment(&self, at: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let (segment, passing) = self.segments[at as usize].clone();
        Ok(SegmentHits {
            at: at as usize,
            bits: Bits::none(segment.documents),
            segment,
            passing,
            top: self.rank.map(|most| Top::new(most, self.after)),
        })
    }
    fn requires_scoring(&self) -> bool {
        self.rank.is_some()
    }
    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Vec<Found>> {
        Ok(fruits)
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = Found;
    fn collect(&mut self, document: DocId, score: Score) {
        self.bits.insert(document);
        if let Some(top) = &mut self.top
            && self.passing.has(document)
        {
            top.offer(score_key(score), self.segment.ids[document as usize], document);
        }
    }
    fn harvest(self) -> Found {
        Found { segment: self.at, bits: self.bits, best: self.top.map(Top::sorted).unwrap_or_default() }
    }
}
