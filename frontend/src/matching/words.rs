//! Matching's codes and numbers in words: shortfalls, lifts, what a ceiling waits for.

use crate::i18n::{code, country_name, date, k, language_name, money, number, percent, t, tf};
use kazi_core::codes::Currency;
use kazi_core::matching::*;
use kazi_core::money::Money;

pub fn criterion(c: Criterion) -> String {
    code("criterion", c.as_str())
}
pub fn constraint(c: Constraint) -> String {
    code("constraint", c.as_str())
}

/// The score in whole points.
pub fn points(score: f32) -> String {
    number(f64::from((score * 10.0).round() / 10.0))
}

/// "up to 81 once they state price and languages", if there is something to state.
pub fn ceiling(ranked_score: f32, ceiling: f32, unknown: &[Criterion]) -> Option<String> {
    if unknown.is_empty() || ceiling - ranked_score < 0.5 {
        return None;
    }
    let points = number(f64::from(ceiling.round()));
    // How a provider answers is measured by the platform; everything else is the provider's to state.
    let stated: Vec<_> = unknown.iter().filter(|c| **c != Criterion::Responsiveness).map(|c| code("fact", c.as_str())).collect();
    Some(match stated.is_empty() {
        true => tf(k::matching::CEILING_MEASURED, &[("n", &points)]),
        false => tf(k::matching::CEILING, &[("n", &points), ("facts", &and(&stated))]),
    })
}

/// "a, b and c".
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => tf(k::matching::AND, &[("a", &init.join(", ")), ("b", last)]),
    }
}

/// A code of whatever kind the constraint speaks of, in words.
fn missing_name(about: Constraint, text: &str) -> String {
    match about {
        Constraint::ServiceLine => code("service_line", text),
        Constraint::Country => country_name(text),
        Constraint::Certificates => code("certificate", text),
        Constraint::Languages => match text.split_once('/') {
            Some((tag, level)) => format!("{} {}", language_name(tag), code("level", level)),
            None => language_name(text),
        },
        _ => text.to_owned(),
    }
}

pub fn shortfall(s: &Shortfall, currency: Option<Currency>) -> String {
    let names = |list: &[String]| and(&list.iter().map(|m| missing_name(s.constraint, m)).collect::<Vec<_>>());
    let by = |key, amount: String| tf(key, &[("n", &amount)]);
    let n = s.by.unwrap_or_default();
    match (s.constraint, s.unit) {
        (Constraint::ServiceLine, _) => tf(k::matching::LACKS_SERVICE, &[("missing", &names(&s.missing))]),
        (Constraint::Country, _) => tf(k::matching::LACKS_COUNTRY, &[("instead", &names(&s.instead))]),
        (_, Some(Unit::Fte)) if s.constraint == Constraint::Capacity => by(k::matching::LACKS_FTE, number(f64::from(n))),
        (_, Some(Unit::Fte)) => by(k::matching::MINIMUM_ABOVE, number(f64::from(n))),
        (_, Some(Unit::MinorPerHour)) => {
            let amount = currency.map_or_else(|| number(f64::from(n)), |currency| money(Money { minor: n.round() as i64, currency }));
            by(k::matching::OVER_BUDGET, amount)
        }
        (_, Some(Unit::Hours)) => by(k::matching::LACKS_HOURS, number(f64::from(n))),
        (_, Some(Unit::Days)) => by(k::matching::LATE_DAYS, number(f64::from(n))),
        (_, Some(Unit::Share)) => by(k::matching::LACKS_SHARE, percent(f64::from(n))),
        _ => tf(k::matching::LACKS, &[("what", &constraint(s.constraint)), ("missing", &names(&s.missing))]),
    }
}

pub fn lift(l: &Lift, currency: Option<Currency>) -> String {
    let named = |c: &String| match l.kind {
        LiftKind::AddLanguage | LiftKind::RaiseLanguageLevel => {
            let level = l.level.map(|l| format!(" {}", code("level", l.as_str()))).unwrap_or_default();
            language_name(c) + &level
        }
        LiftKind::ObtainCertificate | LiftKind::RenewCertificate => code("certificate", c),
        LiftKind::EmployTargetGroup => code("target_group", c),
        _ => c.to_owned(),
    };
    let name = (!l.codes.is_empty()).then(|| l.codes.iter().map(named).collect::<Vec<_>>().join(", "));
    let to = l.to.map(|to| match l.kind {
        LiftKind::RaiseImpactShare => percent(f64::from(to)),
        LiftKind::LowerPrice | LiftKind::PriceInCurrency => {
            let currency = l.code.as_deref().and_then(|c| c.parse().ok()).or(currency);
            currency.map_or_else(|| number(f64::from(to)), |currency| money(Money { minor: to.round() as i64, currency }))
        }
        _ => number(f64::from(to)),
    });
    let by = l.by.map(|d| date(&d.to_string()));
    let what = [name, to.or(by)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let kind = code(if l.unstated { "lift_state" } else { "lift" }, l.kind.as_str());
    let sentence = if what.is_empty() || !kind.contains("{what}") { kind.replace(" {what}", "") } else { kind.replace("{what}", &what) };
    let gain = number(f64::from((l.gain * 10.0).round() / 10.0));
    format!("{sentence} {}", tf(if l.unstated { k::matching::GAIN_AT_MOST } else { k::matching::GAIN }, &[("n", &gain)]))
}

pub fn unknown(why: Option<Unknown>) -> String {
    why.map_or_else(|| t(k::ui::NOT_STATED).to_owned(), |w| code("unknown", w.as_str()))
}
