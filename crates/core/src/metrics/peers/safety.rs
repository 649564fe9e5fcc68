//! When what a set of organisations adds up to may be known: the rule for a single set. `blocks` sees to it that every set that
//! can be worked out obeys it.

use crate::ids::OrganisationId;
use std::collections::BTreeMap;

/// Fewer contributors than this are never shown, nor left over by what is shown.
pub const MINIMUM: usize = 5;
/// The second largest contributor, who knows itself, must not come nearer to the largest than this share of it.
const INSIDER: f64 = 0.1;

/// What each organisation adds to a set.
#[derive(Debug, Default)]
pub(super) struct Tally {
    by_organisation: BTreeMap<OrganisationId, (f64, usize)>,
}

impl Tally {
    pub fn add(&mut self, organisation: OrganisationId, magnitude: f64, readings: usize) {
        let (sum, count) = self.by_organisation.entry(organisation).or_default();
        *sum += magnitude.abs();
        *count += readings;
    }

    pub fn contributors(&self) -> usize {
        self.by_organisation.len()
    }

    /// Nobody is in it, or: enough are; none has more than half of the sum or of the readings; and the largest is hidden from the
    /// second largest. A union of sets that obey this obeys it too, and so does any weighted sum of them.
    pub fn is_safe(&self) -> bool {
        let (mut largest, mut second, mut total) = (0.0_f64, 0.0_f64, 0.0_f64);
        let (mut most, mut readings) = (0, 0);
        for (magnitude, count) in self.by_organisation.values() {
            (largest, second) = if *magnitude > largest { (*magnitude, largest) } else { (largest, second.max(*magnitude)) };
            total += magnitude;
            most = most.max(*count);
            readings += count;
        }
        let rest: f64 = total - largest - second;
        // written so that what is not a number is refused
        self.by_organisation.is_empty()
            || self.contributors() >= MINIMUM
                && total.is_finite()
                && 2.0 * largest <= total
                && rest >= INSIDER * largest
                && 2 * most <= readings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn tally(magnitudes: &[f64]) -> Tally {
        let mut tally = Tally::default();
        for (n, magnitude) in magnitudes.iter().enumerate() {
            tally.add(OrganisationId(Uuid::from_u128(n as u128)), *magnitude, 1);
        }
        tally
    }

    #[test]
    fn five_are_enough_four_are_not() {
        assert!(tally(&[]).is_safe());
        assert!(tally(&[1.0; 5]).is_safe());
        assert!(!tally(&[1.0; 4]).is_safe());
    }

    #[test]
    fn nobody_has_more_than_half() {
        assert!(tally(&[40.0, 10.0, 10.0, 10.0, 10.0]).is_safe());
        assert!(!tally(&[40.1, 10.0, 10.0, 10.0, 10.0]).is_safe());
        assert!(!tally(&[-41.0, 10.0, 10.0, 10.0, 10.0]).is_safe(), "by magnitude");
        assert!(!tally(&[f64::MAX, f64::MAX, f64::MAX, 1.0, 1.0]).is_safe(), "a sum that overflows is refused");
    }

    #[test]
    fn the_second_largest_does_not_learn_the_largest() {
        assert!(!tally(&[50.0, 49.0, 0.5, 0.3, 0.2]).is_safe());
        assert!(tally(&[50.0, 45.0, 3.0, 2.0, 1.0]).is_safe());
    }

    #[test]
    fn many_readings_of_one_are_one_contributor_who_may_dominate_by_them() {
        let mut own = tally(&[1.0; 5]);
        own.add(OrganisationId(Uuid::from_u128(0)), 0.0, 5);
        assert_eq!(own.contributors(), 5);
        assert!(!own.is_safe());
    }
}
