//! What stands at a few ranks of many numbers, without sorting them.

use super::figures::{PERCENTS, Ranks};

/// The numbers get into another order.
pub(super) fn order_statistics(values: &mut [f64], ranks: Ranks) -> [f64; 2 * PERCENTS.len()] {
    let mut found = [0.0; 2 * PERCENTS.len()];
    among(values, 0, &ranks, &mut found);
    found
}

/// `values` begin at rank `offset`; `ranks` ascend.
fn among(values: &mut [f64], offset: usize, ranks: &[usize], found: &mut [f64]) {
    if ranks.is_empty() {
        return;
    }
    let middle = ranks.len() / 2;
    let (below, at, above) = values.select_nth_unstable_by(ranks[middle] - offset, f64::total_cmp);
    let same = |rank: &&usize| **rank == ranks[middle];
    let first = middle - ranks[..middle].iter().rev().take_while(same).count();
    let last = middle + 1 + ranks[middle + 1..].iter().take_while(same).count();
    found[first..last].fill(*at);
    among(below, offset, &ranks[..first], &mut found[..first]);
    among(above, ranks[middle] + 1, &ranks[last..], &mut found[last..]);
}
