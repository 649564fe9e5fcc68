//! What searches need of a segment beyond its words, in memory: who holds each facet value, and the
//! columns that answers are sorted by. A segment never changes, so this is made once for each, and
//! again when the day changes.

use super::bits::{Bits, Holders};
use super::document::holding;
use std::collections::HashMap;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

pub struct Segment {
    pub documents: usize,
    pub ids: Vec<u128>,
    pub created: Vec<i64>,
    /// -1 where unknown.
    pub headcount: Vec<i64>,
    /// Position of the name among the segment's names in their order.
    pub name_order: Vec<u32>,
    names: Option<StrColumn>,
    pub holders: HashMap<u32, Holders>,
}

impl Segment {
    pub fn read(reader: &SegmentReader, day: u64) -> tantivy::Result<Self> {
        let documents = reader.max_doc() as usize;
        let fast = reader.fast_fields();
        let (high, low) = (fast.u64("id_high")?, fast.u64("id_low")?);
        let (created, headcount, facets) = (fast.i64("created")?, fast.i64("headcount")?, fast.u64("facets")?);
        let names = fast.str("name_order")?;
        let each = || 0..reader.max_doc();
        let mut lists: HashMap<u32, Vec<u32>> = HashMap::new();
        for document in each() {
            for key in facets.values_for_doc(document).filter_map(|packed| holding(packed, day)) {
                let list = lists.entry(key).or_default();
                if list.last() != Some(&document) {
                    list.push(document);
                }
            }
        }
        Ok(Self {
            documents,
            ids: each().map(|d| u128::from(high.first(d).unwrap_or(0)) << 64 | u128::from(low.first(d).unwrap_or(0))).collect(),
            created: each().map(|d| created.first(d).unwrap_or(0)).collect(),
            headcount: each().map(|d| headcount.first(d).unwrap_or(-1)).collect(),
            name_order: each().map(|d| names.as_ref().and_then(|n| n.ords().first(d)).unwrap_or(0) as u32).collect(),
            names,
            holders: lists.into_iter().map(|(key, list)| (key, Holders::of(list, documents))).collect(),
        })
    }

    /// Documents that were not deleted since.
    pub fn alive(&self, reader: &SegmentReader) -> Bits {
        let mut alive = Bits::all(self.documents);
        if let Some(set) = reader.alive_bitset() {
            (0..reader.max_doc()).filter(|d| set.is_deleted(*d)).for_each(|d| alive.remove(d));
        }
        alive
    }

    pub fn holders_of_any(&self, keys: &[u32]) -> Bits {
        let mut set = Bits::none(self.documents);
        keys.iter().filter_map(|key| self.holders.get(key)).for_each(|h| h.add_to(&mut set));
        set
    }

    pub fn name(&self, order: u32) -> String {
        let mut name = String::new();
        if let Some(names) = &self.names {
            let _ = names.ord_to_str(u64::from(order), &mut name);
        }
        name
    }

    /// Where `name` stands in the order of names, and whether it is one of them.
    pub fn place_of(&self, name: &str) -> (u32, bool) {
        let (mut low, mut high) = (0, self.names.as_ref().map_or(0, |n| n.num_terms()) as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.name(middle).as_str() < name {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low, self.name(low) == name)
    }
}
