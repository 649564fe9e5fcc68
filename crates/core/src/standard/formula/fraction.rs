//! Exact arithmetic, so that no cent is lost between the inputs and the last step.

use super::Number;

/// numerator ÷ denominator in lowest terms; the denominator is above 0. Every operation is None where the
/// numbers grow beyond what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    top: i128,
    bottom: i128,
}

/// Figures are read to nine places after the point.
const PLACES: usize = 9;
const LARGEST: f64 = 1e18;

impl Fraction {
    pub const ZERO: Self = Self { top: 0, bottom: 1 };

    fn new(top: i128, bottom: i128) -> Option<Self> {
        let by = gcd(top, bottom).max(1);
        let (top, bottom) = (top / by, bottom / by);
        match bottom.signum() {
            0 => None,
            1 => Some(Self { top, bottom }),
            _ => Some(Self { top: top.checked_neg()?, bottom: bottom.checked_neg()? }),
        }
    }
    pub fn whole(number: i64) -> Self {
        Self { top: number.into(), bottom: 1 }
    }
    pub fn literal(number: Number) -> Self {
        Self::new(number.digits.into(), 10i128.pow(number.places.into())).unwrap_or(Self::ZERO)
    }
    /// None for what is no number or out of all proportion.
    pub fn read(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > LARGEST {
            return None;
        }
        let digits = format!("{number:.PLACES$}").replace('.', "");
        Self::new(digits.parse().ok()?, 10i128.pow(PLACES as u32))
    }

    pub fn is_zero(self) -> bool {
        self.top == 0
    }
    pub fn is_negative(self) -> bool {
        self.top < 0
    }
    pub fn plus(self, other: Self) -> Option<Self> {
        let shared = gcd(self.bottom, other.bottom).max(1);
        let (left, right) = (other.bottom / shared, self.bottom / shared);
        let top = self.top.checked_mul(left)?.checked_add(other.top.checked_mul(right)?)?;
        Self::new(top, self.bottom.checked_mul(left)?)
    }
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { top: other.top.checked_neg()?, ..other })
    }
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (Self::new(self.top, other.bottom)?, Self::new(other.top, self.bottom)?);
        Self::new(a.top.checked_mul(b.top)?, a.bottom.checked_mul(b.bottom)?)
    }
    /// None too for a division by zero; ask `is_zero` before.
    pub fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.bottom, other.top)?)
    }

    pub fn number(self) -> f64 {
        self.top as f64 / self.bottom as f64
    }
    /// The nearest whole number, halves to the even one; and whether that changed anything.
    pub fn rounded(self) -> Option<(i64, bool)> {
        let (whole, rest) = (self.top.div_euclid(self.bottom), self.top.rem_euclid(self.bottom));
        let up = match rest.cmp(&(self.bottom - rest)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => whole % 2 != 0,
            std::cmp::Ordering::Greater => true,
        };
        Some((whole.checked_add(up.into())?.try_into().ok()?, rest != 0))
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.try_into().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let round = |top, bottom| Fraction::new(top, bottom).unwrap().rounded().unwrap();
        assert_eq!((round(5, 2), round(7, 2), round(-5, 2), round(-7, 2)), ((2, true), (4, true), (-2, true), (-4, true)));
        assert_eq!((round(8, 3), round(7, 3), round(6, 3), round(-7, 3)), ((3, true), (2, true), (2, false), (-2, true)));
        assert_eq!(Fraction::new(i128::from(i64::MAX) + 1, 1).unwrap().rounded(), None);
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        assert_eq!(Fraction::read(0.1), Fraction::new(1, 10));
        assert_eq!(Fraction::read(-12.5), Fraction::new(-25, 2));
        assert_eq!((Fraction::read(f64::NAN), Fraction::read(f64::INFINITY), Fraction::read(1e300)), (None, None, None));
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::whole(1).over(Fraction::ZERO), None);
    }

    proptest! {
        #[test]
        fn what_is_undone_leaves_nothing_behind(a in -1_000_000i64..1_000_000, b in 1i64..1_000_000, c in 1i64..1_000_000) {
            let (a, b, c) = (Fraction::whole(a), Fraction::whole(b), Fraction::whole(c));
            let x = a.over(b).unwrap();
            prop_assert_eq!(x.plus(c).unwrap().minus(c).unwrap(), x);
            prop_assert_eq!(x.times(c).unwrap().over(c).unwrap(), x);
            prop_assert_eq!(x.times(b).unwrap(), a);
        }
        #[test]
        fn extremes_do_not_panic(a: i128, b: i128, c: i128, d: i128) {
            if let (Some(x), Some(y)) = (Fraction::new(a, b), Fraction::new(c, d)) {
                let _ = (x.plus(y), x.minus(y), x.times(y), x.over(y), x.rounded(), x.number());
            }
        }
    }
}
