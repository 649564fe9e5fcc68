//! The index answers what scoring one by one answers, through every change.

use super::samples::*;
use crate::matching::{Candidate, Index, Terms, matrix_naively, search_naively};
use chrono::Days;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn all(held: &BTreeMap<u128, Vec<Candidate>>) -> impl Iterator<Item = &Candidate> {
    held.values().flatten()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn index_equals_the_plain_way(seed: u64, top in 0usize..12, later in 0u64..40, advance: bool) {
        let mut c = Chance(seed);
        let mut index = Index::default();
        index.advance(today());
        let mut held = BTreeMap::new();
        for _ in 0..150 {
            let id = c.below(60) as u128;
            if c.one_in(6) {
                index.remove(organisation(id));
                held.remove(&id);
            } else {
                let rows = any_candidates(&mut c, id);
                index.upsert(organisation(id), &rows);
                held.insert(id, rows);
            }
        }
        prop_assert_eq!(index.len(), all(&held).count());
        let day = today() + Days::new(later);
        if advance {
            index.advance(day);
        }
        for _ in 0..6 {
            let terms = Terms::of(&any_wanted(&mut c), day);
            let weights = any_weights(&mut c);
            let plain = search_naively(all(&held), &terms, &weights, top).unwrap();
            let indexed = index.search(&terms, &weights, top).unwrap();
            let matrix = index.matrix(&terms, &weights, top).unwrap();
            prop_assert_eq!(matrix_naively(all(&held), &terms, &weights, top).unwrap(), matrix);
            prop_assert_eq!(plain, indexed);
        }
    }
}

#[test]
fn many_rows_use_whole_columns_and_blocks() {
    let mut c = Chance(5);
    let mut index = Index::default();
    index.advance(today());
    let mut held = BTreeMap::new();
    for id in 0..6000u128 {
        let rows = any_candidates(&mut c, id);
        index.upsert(organisation(id), &rows);
        held.insert(id, rows);
    }
    for id in (0..6000).step_by(7) {
        let rows = any_candidates(&mut c, id);
        index.upsert(organisation(id), &rows);
        held.insert(id, rows);
    }
    index.compact();
    for _ in 0..10 {
        let terms = Terms::of(&any_wanted(&mut c), today());
        let weights = any_weights(&mut c);
        let plain = search_naively(all(&held), &terms, &weights, 50).unwrap();
        assert_eq!(plain, index.search(&terms, &weights, 50).unwrap());
    }
}

#[test]
fn an_emptied_index_finds_nobody() {
    let mut index = Index::default();
    let mut c = Chance(1);
    let rows: Vec<Candidate> = (0..20).flat_map(|_| any_candidates(&mut c, 1)).collect();
    index.upsert(organisation(1), &rows[..1]);
    index.remove(organisation(1));
    index.remove(organisation(2));
    assert!(index.is_empty());
    let found = index.search(&terms(|_| {}), &Default::default(), 5).unwrap();
    assert_eq!((found.total_passing, found.ranked.len(), found.near_misses.len()), (0, 0, 0));
}
