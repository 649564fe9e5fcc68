//! Sums without rounding: the order of the addends does not matter, and what was added can be taken away again to the last bit.
//! So a figure kept up over years is the very number that a fresh computation gives.

/// Each limb counts multiples of 2^(32 × its place - 1074); 2^-1074 is the smallest double.
const LIMBS: usize = 67;
const LOW: u64 = u32::MAX as u64;
/// An addend puts less than 2^34 into a limb.
const ADDENDS_BEFORE_CARRY: u32 = 1 << 28;

/// A sum of finite numbers, exact until it is read.
#[derive(Clone)]
pub struct ExactSum {
    limbs: [i64; LIMBS],
    since_carry: u32,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { limbs: [0; LIMBS], since_carry: 0 }
    }
}

impl std::fmt::Debug for ExactSum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ExactSum({})", self.value())
    }
}

impl ExactSum {
    pub fn of(values: &[f64]) -> Self {
        let mut sum = Self::default();
        for piece in values.chunks(ADDENDS_BEFORE_CARRY as usize) {
            piece.iter().for_each(|value| sum.put(*value));
            sum.carry();
        }
        sum
    }

    #[inline]
    pub fn add(&mut self, value: f64) {
        self.put(value);
        self.since_carry += 1;
        if self.since_carry == ADDENDS_BEFORE_CARRY {
            self.carry();
        }
    }

    pub fn subtract(&mut self, value: f64) {
        self.add(-value);
    }

    /// With all that another sum has.
    pub fn join(&mut self, mut other: Self) {
        self.carry();
        other.carry();
        self.limbs.iter_mut().zip(other.limbs).for_each(|(limb, more)| *limb += more);
        self.carry();
    }

    /// A whole number of units of 2^(place - 1074).
    fn add_whole(&mut self, whole: i128, place: u32) {
        let (size, sign) = (whole.unsigned_abs(), whole.signum() as i64);
        let (limb, shift) = ((place >> 5) as usize, place & 31);
        for at in 0..4 {
            let piece = u64::from((size >> (32 * at)) as u32) << shift;
            self.limbs[limb + at] += sign * (piece & LOW) as i64;
            self.limbs[limb + at + 1] += sign * (piece >> 32) as i64;
        }
        self.carry();
    }

    #[inline]
    fn put(&mut self, value: f64) {
        debug_assert!(value.is_finite());
        let bits = value.to_bits();
        let (digits, place) = whole(bits);
        let (limb, shift) = ((place >> 5) as usize, place & 31);
        let (low, high) = ((digits & LOW) << shift, (digits >> 32) << shift);
        let sign = bits as i64 >> 63;
        let signed = |part: u64| (part as i64 ^ sign) - sign;
        let limbs: &mut [i64; 3] = (&mut self.limbs[limb..limb + 3]).try_into().expect("three limbs");
        limbs[0] += signed(low & LOW);
        limbs[1] += signed((low >> 32) + (high & LOW));
        limbs[2] += signed(high >> 32);
    }

    fn carry(&mut self) {
        let mut carried = 0;
        for limb in &mut self.limbs[..LIMBS - 1] {
            let whole = *limb + carried;
            *limb = whole & LOW as i64;
            carried = whole >> 32;
        }
        self.limbs[LIMBS - 1] += carried;
        self.since_carry = 0;
    }

    /// The double nearest to the sum.
    pub fn value(&self) -> f64 {
        let mut sum = self.clone();
        sum.carry();
        let negative = sum.limbs[LIMBS - 1] < 0;
        if negative {
            sum.limbs.iter_mut().for_each(|limb| *limb = -*limb);
            sum.carry();
        }
        let Some(top) = sum.limbs.iter().rposition(|limb| *limb != 0) else { return 0.0 };
        let from = top.saturating_sub(3);
        let mut digits = (from..=top).rev().fold(0_u128, |digits, at| digits << 32 | sum.limbs[at] as u128);
        // what lies below can only break a tie
        digits |= u128::from(sum.limbs[..from].iter().any(|limb| *limb != 0));
        let size = digits as f64 * power_of_two(32 * from as i32 - 1074);
        if negative { -size } else { size }
    }
}

/// Digits, and the place of the last: the size is digits × 2^(place - 1074).
#[inline]
fn whole(bits: u64) -> (u64, u64) {
    let exponent = (bits >> 52) & 0x7ff;
    ((bits & ((1 << 52) - 1)) | (u64::from(exponent != 0) << 52), exponent.saturating_sub(1))
}

/// As exact, in a few bytes, for numbers that are not too far apart in size; others it passes on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NarrowSum {
    sum: i128,
    place: u32,
}

impl NarrowSum {
    /// Digits and their shift take 93 bits, 2^32 addends 32 more.
    const WIDTH: u64 = 40;

    /// Where numbers of about this size fit well.
    pub fn around(size: f64) -> Self {
        let (_, place) = whole(size.to_bits());
        Self { sum: 0, place: (place + 8).saturating_sub(Self::WIDTH).min(1900) as u32 }
    }

    /// Whether it fitted. At most 2^32 times.
    #[inline]
    pub fn add(&mut self, value: f64) -> bool {
        debug_assert!(value.is_finite());
        let bits = value.to_bits();
        let (digits, place) = whole(bits);
        let shift = place.wrapping_sub(u64::from(self.place));
        if shift >= Self::WIDTH {
            return false;
        }
        let (low, high) = (digits << shift, digits >> 1 >> (63 - shift));
        let sign = (bits as i64 >> 63) as i128;
        self.sum += ((u128::from(high) << 64 | u128::from(low)) as i128 ^ sign) - sign;
        true
    }

    pub fn pour_into(self, sum: &mut ExactSum) {
        sum.add_whole(self.sum, self.place);
    }
}

fn power_of_two(exponent: i32) -> f64 {
    if exponent >= -1022 { f64::from_bits(((exponent + 1023) as u64) << 52) } else { f64::from_bits(1 << (exponent + 1074)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_lost() {
        assert_eq!(ExactSum::of(&[1e300, 1.0, -1e300]).value(), 1.0);
        assert_eq!(ExactSum::of(&[5e-324, 5e-324]).value(), 1e-323);
        assert_eq!(ExactSum::of(&[0.1; 10]).value(), 1.0);
        assert_eq!(ExactSum::of(&[-0.25, -0.5]).value(), -0.75);
        assert_eq!(ExactSum::of(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
        assert_eq!(ExactSum::of(&[f64::MAX, f64::MAX, -f64::MAX]).value(), f64::MAX);
        assert_eq!(ExactSum::of(&[]).value(), 0.0);
    }

    proptest! {
        #[test]
        fn one_number_comes_back(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            prop_assert_eq!(ExactSum::of(&[value]).value(), value);
        }

        #[test]
        fn two_numbers_round_as_the_processor_does(a in proptest::num::f64::NORMAL, b in proptest::num::f64::NORMAL) {
            prop_assert_eq!(ExactSum::of(&[a, b]).value(), a + b);
            let mut joined = ExactSum::of(&[a]);
            joined.join(ExactSum::of(&[b]));
            prop_assert_eq!(joined.value(), a + b);
        }

        #[test]
        fn a_narrow_sum_is_as_exact(values in prop::collection::vec(-1e9..1e9, 0..30), size in -1e6..1e12, odd in proptest::num::f64::NORMAL) {
            let (mut narrow, mut rest) = (NarrowSum::around(size), ExactSum::default());
            let values: Vec<f64> = values.into_iter().chain([odd, 0.0]).collect();
            values.iter().filter(|value| !narrow.add(**value)).for_each(|value| rest.add(*value));
            narrow.pour_into(&mut rest);
            prop_assert_eq!(rest.value().to_bits(), ExactSum::of(&values).value().to_bits());
        }

        #[test]
        fn what_was_added_can_be_taken_away(kept in prop::collection::vec(-1e9..1e9, 0..20), passing in prop::collection::vec(-1e200..1e200, 0..20)) {
            let mut sum = ExactSum::of(&passing);
            kept.iter().for_each(|v| sum.add(*v));
            passing.iter().rev().for_each(|v| sum.subtract(*v));
            prop_assert_eq!(sum.value().to_bits(), ExactSum::of(&kept).value().to_bits());
        }
    }
}
