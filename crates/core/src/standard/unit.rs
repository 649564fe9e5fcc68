//! Units: products and quotients of a few base units. Two figures add only when their units are equal.

use crate::codes::{code_list, text_code};

code_list! {
    /// What figures are counted in.
    pub enum BaseUnit: "a unit: people, fte, hours, months, days, money, organisations or cases" {
        People = "people",
        /// Full-time equivalents.
        Fte = "fte",
        Hours = "hours", Months = "months", Days = "days",
        /// Of whatever currency; the figure itself says which.
        Money = "money",
        Organisations = "organisations", Cases = "cases",
    }
}

const BASES: usize = BaseUnit::ALL.len();
const LARGEST_POWER: i8 = 4;

/// A product of powers of base units: `people`, `hours/people`, `money/people`, `1`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MetricUnit, value_type = String, example = "hours/people"))]
pub struct Unit([i8; BASES]);

/// Why a text is not a unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a unit such as people, hours/people or 1: {why}")]
pub struct BadUnit {
    pub text: String,
    pub why: String,
}

impl Unit {
    /// A plain number.
    pub const ONE: Unit = Unit([0; BASES]);

    pub fn of(base: BaseUnit) -> Unit {
        let mut powers = [0; BASES];
        powers[base as usize] = 1;
        Unit(powers)
    }
    pub fn power(self, base: BaseUnit) -> i8 {
        self.0[base as usize]
    }
    /// None where a power leaves −4..=4, which no figure of the field does.
    pub fn times(self, other: Unit) -> Option<Unit> {
        self.combine(other, 1)
    }
    /// None where a power leaves −4..=4.
    pub fn over(self, other: Unit) -> Option<Unit> {
        self.combine(other, -1)
    }
    fn combine(self, other: Unit, sign: i8) -> Option<Unit> {
        let mut powers = self.0;
        for (power, by) in powers.iter_mut().zip(other.0) {
            *power += sign * by;
            if power.abs() > LARGEST_POWER {
                return None;
            }
        }
        Some(Unit(powers))
    }
    /// The one base unit that it consists of.
    pub fn base(self) -> Option<BaseUnit> {
        BaseUnit::ALL.iter().copied().find(|base| Unit::of(*base) == self)
    }
    /// Whether its things are counted one by one, so that half of one can't be.
    pub fn is_whole(self) -> bool {
        matches!(self.base(), Some(BaseUnit::People | BaseUnit::Organisations | BaseUnit::Cases))
    }
    pub fn is_money(self) -> bool {
        self.base() == Some(BaseUnit::Money)
    }
    /// Whether a figure of it has a currency: money itself, or money per something.
    pub fn has_currency(self) -> bool {
        self.power(BaseUnit::Money) == 1
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let one = |f: &mut std::fmt::Formatter<'_>, base: BaseUnit, power: i8| match power {
            1 => write!(f, "{base}"),
            power => write!(f, "{base}^{power}"),
        };
        let mut first = true;
        for &base in BaseUnit::ALL.iter().filter(|base| self.power(**base) > 0) {
            f.write_str(if first { "" } else { "*" })?;
            one(f, base, self.power(base))?;
            first = false;
        }
        f.write_str(if first { "1" } else { "" })?;
        for &base in BaseUnit::ALL.iter().filter(|base| self.power(**base) < 0) {
            f.write_str("/")?;
            one(f, base, -self.power(base))?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Unit {
    type Err = BadUnit;

    fn from_str(text: &str) -> Result<Self, BadUnit> {
        let bad = |why: String| BadUnit { text: text.chars().take(80).collect(), why };
        let (mut unit, mut rest, mut divide) = (Unit::ONE, text, false);
        if text.len() > 200 {
            return Err(bad("it is too long".into()));
        }
        loop {
            let end = rest.find(['*', '×', '/', '÷']).unwrap_or(rest.len());
            let (word, power) = match rest[..end].trim().split_once('^') {
                None => (rest[..end].trim(), 1),
                Some((word, power)) => {
                    let power = power.trim().parse().ok().filter(|p| (1..=LARGEST_POWER).contains(p));
                    (word.trim(), power.ok_or_else(|| bad(format!("a power is a number from 1 to {LARGEST_POWER}")))?)
                }
            };
            let base = match word {
                "1" | "one" => Unit::ONE,
                word => Unit::of(word.parse().map_err(|unknown: crate::codes::UnknownCode| bad(unknown.to_string()))?),
            };
            for _ in 0..power {
                let next = if divide { unit.over(base) } else { unit.times(base) };
                unit = next.ok_or_else(|| bad(format!("no power may be above {LARGEST_POWER}")))?;
            }
            let Some(operator) = rest[end..].chars().next() else { return Ok(unit) };
            divide = matches!(operator, '/' | '÷');
            rest = &rest[end + operator.len_utf8()..];
        }
    }
}
text_code!(Unit);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(text: &str) -> Unit {
        text.parse().unwrap()
    }

    #[test]
    fn units_are_written_in_one_way() {
        for text in ["1", "people", "hours/people", "money/people", "hours*cases^2/people/days^2", "1/months"] {
            assert_eq!(unit(text).to_string(), text);
        }
        assert_eq!(unit("one").to_string(), "1");
        assert_eq!(unit("people / people"), Unit::ONE);
        assert_eq!(unit("cases ÷ people × hours").to_string(), "hours*cases/people");
        for bad in ["", "persons", "people/", "people^0", "people^9", "people*people*people*people*people", "2"] {
            assert!(bad.parse::<Unit>().is_err(), "{bad}");
        }
        assert!("heads".parse::<Unit>().unwrap_err().to_string().contains("people, fte"));
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        proptest::array::uniform8(-2i8..=2).prop_map(Unit)
    }

    proptest! {
        #[test]
        fn text_reads_back_and_division_undoes(a in any_unit(), b in any_unit()) {
            prop_assert_eq!(unit(&a.to_string()), a);
            prop_assert_eq!(a.times(b).unwrap().over(b).unwrap(), a);
            prop_assert_eq!(a.times(b), b.times(a));
        }
    }
}
