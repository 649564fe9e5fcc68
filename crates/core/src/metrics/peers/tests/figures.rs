//! Figures against sorting everything, on every path, in any order.

use super::samples::Chance;
use crate::metrics::peers::*;
use proptest::prelude::*;

fn plainly(values: &[f64]) -> Option<Figures> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let percentile = |percent: u8| {
        let position = (sorted.len() - 1) as f64 * (f64::from(percent) / 100.0);
        let (low, high) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
        low + (high - low) * position.fract()
    };
    (!sorted.is_empty()).then(|| Figures {
        count: sorted.len(),
        mean: ExactSum::of(&sorted).value() / sorted.len() as f64,
        percentiles: Percentiles::from_array(PERCENTS.map(percentile)),
    })
}

fn by_group(readings: &[(u16, f64)], how_many: usize) -> Vec<Option<Figures>> {
    let of = |group: usize| readings.iter().filter(|(g, _)| usize::from(*g) == group).map(|(_, v)| *v).collect::<Vec<_>>();
    (0..how_many).map(|group| plainly(&of(group))).collect()
}

fn readings(most: usize) -> impl Strategy<Value = Vec<(u16, f64)>> {
    let value = prop_oneof![4 => -1e6..1e6, 2 => (0..5i32).prop_map(f64::from), 1 => proptest::num::f64::NORMAL.prop_map(|v| v % 1e100)];
    // skewed: the lower of two
    prop::collection::vec(((0..7u16, 0..7u16).prop_map(|(a, b)| a.min(b)), value), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn figures_are_what_sorting_gives(readings in readings(600)) {
        let (groups, values): (Vec<u16>, Vec<f64>) = readings.iter().copied().unzip();
        let plain = by_group(&readings, 7);
        prop_assert_eq!(&figures_by_group(&values, &groups, 7), &plain);
        prop_assert_eq!(&Kept::of(&values, &groups, 7).all(), &plain);
    }

    #[test]
    fn the_order_of_readings_does_not_matter((readings, shuffled) in readings(300).prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))) {
        let figures = |readings: &[(u16, f64)]| {
            let (groups, values): (Vec<u16>, Vec<f64>) = readings.iter().copied().unzip();
            figures_by_group(&values, &groups, 7)
        };
        prop_assert_eq!(figures(&readings), figures(&shuffled));
    }

    #[test]
    fn kept_figures_are_those_of_a_fresh_start(seed: u64, start in readings(2000)) {
        let mut c = Chance(seed);
        let mut now = start.clone();
        let (groups, values): (Vec<u16>, Vec<f64>) = start.into_iter().unzip();
        let mut kept = Kept::of(&values, &groups, 7);
        let shrinking = c.one_in(2);
        for _ in 0..3000 {
            let group = c.below(7).min(c.below(7));
            let value = c.below(1 << 20) as f64 / 64.0;
            match c.below(3) {
                _ if now.is_empty() => {}
                0 => {
                    let at = c.below(now.len());
                    let (group, old) = now[at];
                    prop_assert!(kept.replace(usize::from(group), old, value));
                    now[at].1 = value;
                    continue;
                }
                1 if shrinking => {
                    let (group, old) = now.swap_remove(c.below(now.len()));
                    prop_assert!(kept.remove(usize::from(group), old));
                    continue;
                }
                _ => {}
            }
            if !(shrinking && c.one_in(2)) {
                kept.insert(group, value);
                now.push((group as u16, value));
            }
        }
        prop_assert_eq!(kept.len(), now.len());
        prop_assert_eq!(kept.all(), by_group(&now, 7), "to the last bit");
        prop_assert!(!kept.remove(3, -77.5) && !kept.replace(3, -77.5, 1.0));
        prop_assert_eq!(kept.len(), now.len());
    }
}

#[test]
fn a_mean_does_not_drift() {
    let mut c = Chance(7);
    let mut kept = Kept::new(1);
    let mut now: Vec<f64> = (0..5000).map(|_| c.below(1 << 30) as f64 / 1e3).collect();
    now.iter().for_each(|value| kept.insert(0, *value));
    for _ in 0..200_000 {
        let (at, new) = (c.below(now.len()), c.below(1 << 30) as f64 * 1e7);
        assert!(kept.replace(0, now[at], new) && kept.replace(0, new, now[at] + 0.1));
        now[at] += 0.1;
    }
    assert_eq!(kept.figures(0), plainly(&now));
}

#[test]
fn removing_all_leaves_nothing() {
    let mut kept = Kept::new(2);
    (0..5000).for_each(|n| kept.insert(1, f64::from(n % 97)));
    assert!((0..5000).all(|n| kept.remove(1, f64::from(n % 97))));
    assert!(kept.is_empty() && kept.all() == [None, None]);
    kept.insert(1, 3.0);
    assert_eq!(kept.figures(1).map(|f| (f.count, f.mean, f.percentiles.p5)), Some((1, 3.0, 3.0)));
}
