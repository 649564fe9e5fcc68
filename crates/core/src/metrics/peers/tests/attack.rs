//! An attacker who has kept every table that was ever published, and knows who is in which group: all that the sums and counts in
//! them determine is looked at, by linear algebra, and no part of it may rest on fewer than five organisations or on one above all.
//! The attack is given exact sums, where the tables have three digits.

use super::samples::*;
use crate::codes::ServiceLine;
use crate::ids::OrganisationId;
use crate::metrics::peers::safety::Tally;
use crate::metrics::peers::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is not known of one organisation: the sum of its readings in a place, in one of its states.
type Unknown = (OrganisationId, Place, u64);

/// A published sum: which unknowns it adds, what they are, and of how many readings.
type Sum = BTreeMap<Unknown, (f64, f64, usize)>;

fn sum<'a>(parcels: impl Iterator<Item = (OrganisationId, Place, &'a [f64])>, group: Group) -> Sum {
    let total = |values: &[f64]| ExactSum::of(values).value() + 0.0;
    let magnitude = |values: &[f64]| values.iter().map(|value| value.abs()).sum();
    let held = parcels.filter(|(_, place, _)| group.holds(*place));
    held.map(|(who, place, values)| ((who, place, total(values).to_bits()), (total(values), magnitude(values), values.len()))).collect()
}

/// Every sum of every table.
fn sums(ledgers: &[Ledger]) -> Vec<Sum> {
    let of = |ledger: &Ledger| {
        let parcels = ledger.parcels.clone();
        let groups = ledger.table().rows().iter().map(|row| row.group).collect::<Vec<_>>();
        groups
            .into_iter()
            .map(move |group| sum(parcels.iter().map(|p| (p.organisation, p.place, p.values.as_slice())), group))
            .collect::<Vec<_>>()
    };
    ledgers.iter().flat_map(of).collect()
}

/// Some fewer than five organisations of whom the sums determine something together, if there are such.
fn exposed(sums: &[Sum]) -> Option<BTreeSet<OrganisationId>> {
    let mut columns: BTreeMap<Vec<bool>, BTreeSet<OrganisationId>> = BTreeMap::new();
    for unknown in sums.iter().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>() {
        columns.entry(sums.iter().map(|sum| sum.contains_key(unknown)).collect()).or_default().insert(unknown.0);
    }
    let all = rank(columns.keys());
    // A combination of the sums that is nought for all but a few organisations exists if leaving out what only these have lowers
    // the rank. Only unions of columns of few can be all that a few have.
    let few: Vec<&BTreeSet<OrganisationId>> = columns.values().filter(|who| who.len() < MINIMUM).collect();
    let (mut seen, mut open) = (BTreeSet::new(), vec![BTreeSet::new()]);
    while let Some(who) = open.pop() {
        let rest = columns.iter().filter(|(_, have)| !have.is_subset(&who)).map(|(column, _)| column);
        if rank(rest) < all {
            return Some(who);
        }
        for more in &few {
            let union: BTreeSet<OrganisationId> = who.union(more).copied().collect();
            if union.len() < MINIMUM && seen.insert(union.clone()) {
                open.push(union);
            }
        }
    }
    None
}

/// Modulo the prime 2^61 - 1, in which small whole numbers behave as they do over the rationals, but for a chance of 2^-50 or so.
fn rank<'a>(vectors: impl Iterator<Item = &'a Vec<bool>>) -> usize {
    const PRIME: u128 = (1 << 61) - 1;
    let inverse = |x: u128| {
        let (mut result, mut base, mut power) = (1, x, PRIME - 2);
        while power > 0 {
            if power & 1 == 1 {
                result = result * base % PRIME;
            }
            (base, power) = (base * base % PRIME, power >> 1);
        }
        result
    };
    let mut basis: BTreeMap<usize, Vec<u128>> = BTreeMap::new();
    for vector in vectors {
        let mut vector: Vec<u128> = vector.iter().map(|bit| u128::from(*bit)).collect();
        while let Some(lead) = vector.iter().position(|x| *x != 0) {
            let Some(reduce) = basis.get(&lead) else {
                let scale = inverse(vector[lead]);
                vector.iter_mut().for_each(|x| *x = *x * scale % PRIME);
                basis.insert(lead, vector);
                break;
            };
            let factor = PRIME - vector[lead];
            vector.iter_mut().zip(reduce).for_each(|(x, r)| *x = (*x + factor * r) % PRIME);
        }
    }
    basis.len()
}

/// One sum less another, by what it tells of each organisation: of one that is in both, only how it changed.
fn difference(a: &Sum, b: &Sum) -> Tally {
    let mut tally = Tally::default();
    let state_in =
        |sum: &Sum, (who, place, _): Unknown| sum.range((who, place, 0)..=(who, place, u64::MAX)).next().map(|(_, state)| *state);
    for (unknown, (total, magnitude, readings)) in a {
        match state_in(b, *unknown) {
            None => tally.add(unknown.0, *magnitude, *readings),
            Some((other, ..)) if other != *total => tally.add(unknown.0, total - other, *readings),
            Some(_) => {}
        }
    }
    for (unknown, (_, magnitude, readings)) in b.iter().filter(|(unknown, _)| state_in(a, **unknown).is_none()) {
        tally.add(unknown.0, *magnitude, *readings);
    }
    tally
}

fn history(seed: u64, organisations: usize, publications: u32) -> Vec<Ledger> {
    let mut c = Chance(seed);
    let mut seen = vec![c.readings(organisations)];
    let mut ledgers = vec![Ledger::default().publish(&seen[0], at(1))];
    for n in 1..publications {
        let next = c.later(seen.last().unwrap(), &seen);
        ledgers.push(ledgers.last().unwrap().publish(&next, at(1 + n)));
        seen.push(next);
    }
    ledgers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_few_organisations_are_exposed_by_all_tables_together(seed: u64, organisations in 5usize..70, publications in 1u32..6) {
        prop_assert_eq!(exposed(&sums(&history(seed, organisations, publications))), None);
    }

    #[test]
    fn no_difference_of_two_sums_is_of_few_or_of_one_above_all(seed: u64, organisations in 5usize..70, publications in 1u32..5) {
        let sums = sums(&history(seed, organisations, publications));
        for (n, a) in sums.iter().enumerate() {
            prop_assert!(difference(a, &Sum::new()).is_safe());
            for b in &sums[..n] {
                prop_assert!(difference(a, b).is_safe(), "{:?}\n{:?}", a, b);
            }
        }
    }

    #[test]
    fn a_group_less_its_parts_along_any_dimension_is_safe(seed: u64, organisations in 20usize..150) {
        let ledgers = history(seed, organisations, 1);
        let rows = ledgers[0].table().rows();
        let sums = sums(&ledgers);
        for (whole, sum) in rows.iter().zip(&sums) {
            for level in Level::ALL.iter().filter(|level| **level != whole.group.level()) {
                let parts = rows.iter().zip(&sums).filter(|(part, _)| part.group.level() == *level);
                let mut rest = sum.clone();
                for part in parts.filter(|(_, part)| part.keys().all(|unknown| sum.contains_key(unknown))).map(|(_, part)| part) {
                    rest.retain(|unknown, _| !part.contains_key(unknown));
                }
                prop_assert!(difference(&rest, &Sum::new()).is_safe(), "{:?} less its {}", whole.group, level);
            }
        }
    }

    #[test]
    fn a_table_says_of_its_groups_what_is_published_and_in_any_order(seed: u64, organisations in 5usize..120) {
        let mut c = Chance(seed);
        let readings = c.readings(organisations);
        let ledger = Ledger::default().publish(&readings, at(1));
        for row in ledger.table().rows() {
            let mut held: Vec<f64> = readings.iter().filter(|r| row.group.holds(r.place)).map(|r| r.value).collect();
            let figures = Figures::of(&mut held).unwrap();
            prop_assert_eq!(row.readings, figures.count);
            prop_assert!((row.mean - figures.mean).abs() <= figures.mean.abs() * 0.005 + 1e-12);
            for (told, exact) in row.percentiles.into_array().into_iter().zip(figures.percentiles.into_array()) {
                prop_assert!(told.is_none_or(|told| (told - exact).abs() <= exact.abs() * 0.005 + 1e-12));
            }
        }
        let mut shuffled = readings.clone();
        (1..shuffled.len()).for_each(|n| shuffled.swap(n, c.below(n + 1)));
        prop_assert_eq!(Ledger::default().publish(&shuffled, at(1)), ledger);
    }

    #[test]
    fn what_is_shown_stays_shown_and_a_provider_sees_what_all_see(seed: u64, organisations in 5usize..90) {
        let ledgers = history(seed, organisations, 5);
        for pair in ledgers.windows(2) {
            for row in pair[0].table().rows() {
                let now = pair[1].table().row(row.group);
                prop_assert!(now.is_ok_and(|now| now.contributors >= row.contributors && (now.as_of == row.as_of) == (now == row)));
            }
        }
        let mut c = Chance(seed);
        let (place, value) = (c.place(), c.value());
        let table = ledgers[4].table();
        if let Some(comparison) = table.compare(place, value) {
            prop_assert_eq!(table.row(comparison.row.group), Ok(&comparison.row));
            prop_assert!(comparison.row.group.holds(place) && comparison.row.contributors >= 2 * MINIMUM);
            for passed in comparison.passed {
                prop_assert!(passed.group.holds(place));
                prop_assert!(table.row(passed.group).map_or_else(|why| why == passed.why, |row| row.percentiles.p50.is_none()));
            }
        }
    }
}

/// Shows every group of five, as one without complementary suppression would.
fn careless(readings: &[Reading]) -> Vec<Sum> {
    let mut parcels: BTreeMap<(OrganisationId, Place), Vec<f64>> = BTreeMap::new();
    readings.iter().for_each(|r| parcels.entry((r.organisation, r.place)).or_default().push(r.value));
    let groups: BTreeSet<Group> = Level::ALL.iter().flat_map(|level| parcels.keys().filter_map(|(_, place)| place.group(*level))).collect();
    let sums = groups.into_iter().map(|group| sum(parcels.iter().map(|((who, place), v)| (*who, *place, v.as_slice())), group));
    sums.filter(|sum| sum.keys().map(|unknown| unknown.0).collect::<BTreeSet<_>>().len() >= MINIMUM).collect()
}

#[test]
fn the_attack_finds_what_a_careless_table_gives_away() {
    let (here, there) = (in_line(LINE), in_line(OTHER_LINE));
    let alone = exposed(&careless(&[some(0..6, here), some(6..7, there)].concat()));
    assert_eq!(alone, Some([organisation(6)].into()), "all less the six");

    let found = (0..200).filter(|seed| exposed(&careless(&Chance(*seed).readings(50))).is_some()).count();
    assert!(found > 150, "in {found} of 200 random tables");
}

#[test]
fn the_attack_finds_a_change_that_was_published_for_one() {
    let before = some(0..9, in_line(LINE));
    let mut after = before.clone();
    after[3].value = 7.0;
    assert_eq!(exposed(&[careless(&before), careless(&after)].concat()), Some([organisation(3)].into()));
}

#[test]
fn the_attack_finds_what_takes_four_tables() {
    // who changes when: half of them as 1 1 2 2, half as 1 2 1 2, one as 1 2 2 2; no two tables differ by fewer than five
    let table = |n: usize| {
        let state = |who: usize| match who {
            0..6 => n / 2,
            6..12 => n % 2,
            _ => n.min(1),
        };
        (0..13).map(|who| reading(who, in_line(ServiceLine::Sales), (10 * who + state(who)) as f64)).collect::<Vec<_>>()
    };
    let all: Vec<Sum> = (0..4).flat_map(|n| careless(&table(n))).collect();
    assert_eq!(exposed(&all), Some([organisation(12)].into()));
}

#[test]
fn the_attacks_have_tables_to_read() {
    let histories: Vec<Vec<Ledger>> = (0..100).map(|seed| history(seed, 60, 5)).collect();
    let rows = |ledgers: &[Ledger]| ledgers[4].table().rows().len();
    let levels = |ledgers: &[Ledger]| ledgers[4].table().rows().iter().map(|row| row.group.level()).collect::<BTreeSet<_>>().len();
    let count = |holds: &dyn Fn(&[Ledger]) -> bool| histories.iter().filter(|ledgers| holds(ledgers)).count();
    assert!(count(&|ledgers| rows(ledgers) >= 6) > 50);
    assert!(count(&|ledgers| levels(ledgers) >= 4) > 20);
    assert!(count(&|ledgers| ledgers[4].table().publication() >= 3) > 50);
}
