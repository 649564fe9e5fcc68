//! Formulas: text, units, evaluation and their laws.

use super::*;
use crate::codes::Currency;
use crate::money::Money;
use crate::standard::{Answer, MetricValue, MoneyRate, Unit};
use proptest::prelude::*;

pub fn formula(text: &str) -> Formula {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}
fn code(text: &str) -> MetricCode {
    text.parse().unwrap()
}
fn money(minor: i64, currency: &str) -> MetricValue {
    MetricValue::Money(Money { minor, currency: currency.parse().unwrap() })
}

#[test]
fn text_is_canonical() {
    for (text, canonical) in [
        ("aaa+bbb*ccc", "aaa + bbb × ccc"),
        ("(aaa + bbb) × ccc", "(aaa + bbb) × ccc"),
        ("aaa - (bbb - ccc)", "aaa - (bbb - ccc)"),
        ("((aaa − bbb)) − ccc", "aaa - bbb - ccc"),
        ("aaa/(bbb/ccc)/2.50", "aaa ÷ (bbb ÷ ccc) ÷ 2.5"),
        ("aaa·bbb", "aaa × bbb"),
        (" share( aaa , sum(aaa,bbb,007.100) ) ", "share(aaa, sum(aaa, bbb, 7.1))"),
        ("per(aaa, mean(previous(bbb), bbb))", "per(aaa, mean(previous(bbb), bbb))"),
        ("0.000", "0"),
    ] {
        assert_eq!(formula(text).to_string(), canonical);
        assert_eq!(formula(canonical), formula(text));
    }
    assert_eq!(serde_json::to_value(formula("aaa*2")).unwrap(), "aaa × 2");
}

#[test]
fn an_error_says_where_and_what_was_expected() {
    let wrong = |text: &str| text.parse::<Formula>().unwrap_err();
    for (text, at, expected) in [
        ("", 1, "a number, a metric's code"),
        ("aaa +", 6, "a number, a metric's code"),
        ("aaa bbb", 5, "an operator"),
        ("(aaa", 5, "')'"),
        ("aaa)", 4, "the end"),
        ("aaa # bbb", 5, "a comma or a bracket"),
        ("share(aaa)", 10, "the part and the whole"),
        ("share(aaa, bbb, ccc)", 20, "the part and the whole"),
        ("sum()", 5, "a number, a metric's code"),
        ("sum(aaa,)", 9, "a number, a metric's code"),
        ("median(aaa)", 1, "sum, mean, share, per or previous"),
        ("previous(1)", 10, "the period before"),
        ("previous(aaa + bbb)", 14, "')'"),
        ("Aaa + 1", 1, "small letters"),
        ("é + 1", 1, "small letters"),
        ("sum + 1", 1, "word of formulas"),
        ("1.", 1, "a number like 12"),
        ("1.2.3", 1, "a number like 12"),
        ("1234567890123456", 1, "15 digits"),
        ("-aaa", 1, "a number, a metric's code"),
    ] {
        let error = wrong(text);
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.expected.contains(expected), "{text}: {error}");
    }
    assert_eq!(wrong("é× + 1").at, 1);
    assert_eq!(wrong("aaa × × 1").to_string(), "at character 7: expected a number, a metric's code, a function or '(', found '×'");
}

#[test]
fn hostile_formulas_are_refused_without_harm() {
    let refused = |text: String| text.parse::<Formula>().unwrap_err();
    assert!(refused("(".repeat(100_000)).expected.contains("2000 characters"));
    assert!(refused(format!("{}aaa{}", "(".repeat(100_000), ")".repeat(100_000))).expected.contains("2000 characters"));
    assert!(refused("(".repeat(1_999)).expected.contains("32 levels"));
    assert!(refused("sum(".repeat(400)).expected.contains("32 levels"));
    assert!(refused(vec!["aaa"; 300].join("+")).expected.contains("sum(…)"));
    assert!(refused(vec!["1"; 300].join("×")).expected.contains("32 levels"));
    assert!(refused("1+(".repeat(600)).expected.contains("32 levels"));
    assert!(refused("previous(".repeat(200)).expected.contains("word of formulas"));
    let wide = format!("sum({})", vec!["aaa"; 300].join(","));
    assert_eq!(formula(&wide).references().len(), 1);
    assert!(format!("{}aaa{}", "(".repeat(31), ")".repeat(31)).parse::<Formula>().is_ok());
}

const UNITS: [(&str, &str); 6] =
    [("staff", "people"), ("leavers", "people"), ("hours", "hours"), ("wages", "money"), ("fees", "money"), ("score", "1")];

fn units(code: &MetricCode) -> Option<Unit> {
    UNITS.iter().find(|(name, _)| *name == code.as_str()).map(|(_, unit)| unit.parse().unwrap())
}

#[test]
fn units_have_to_fit() {
    let unit = |text: &str| formula(text).unit(&units).map(|unit| unit.to_string());
    for (text, expected) in [
        ("share(leavers, staff)", "1"),
        ("per(hours, staff)", "hours/people"),
        ("leavers ÷ mean(previous(staff), staff)", "1"),
        ("wages ÷ fees × score", "1"),
        ("wages × 12 ÷ staff", "money/people"),
        ("sum(staff, leavers) × 0.5", "people"),
    ] {
        assert_eq!(unit(text).as_deref(), Ok(expected), "{text}");
    }
    for (text, expression) in [
        ("1 + share(leavers, hours)", "share(leavers, hours)"),
        ("staff + 1", "staff + 1"),
        ("mean(staff, wages)", "mean(staff, wages)"),
        ("wages × fees", "wages × fees"),
        ("staff ÷ wages", "staff ÷ wages"),
        ("staff × staff × staff × staff × staff", "staff × staff × staff × staff × staff"),
        ("nobody", "nobody"),
    ] {
        assert_eq!(unit(text).unwrap_err().expression, expression);
    }
}

fn outcome(text: &str, answers: &[(&str, Answer<MetricValue>)]) -> Outcome {
    step(text, answers).outcome
}
fn step(text: &str, answers: &[(&str, Answer<MetricValue>)]) -> Step {
    formula(text).evaluate(&units, &|code, period| {
        let name = if period == Period::Previous { format!("previous_{code}") } else { code.to_string() };
        answers.iter().find(|(known, _)| *known == name).map_or(Answer::Unknown, |(_, answer)| answer.clone())
    })
}
fn number(number: f64) -> Answer<MetricValue> {
    Answer::Value(MetricValue::Number(number))
}

#[test]
fn known_figures_give_values() {
    let answers = [
        ("staff", number(120.0)),
        ("previous_staff", number(80.0)),
        ("leavers", number(25.0)),
        ("wages", Answer::Value(money(100_001, "KES"))),
        ("fees", Answer::Value(money(30_000, "KES"))),
    ];
    let value = |text: &str| outcome(text, &answers).value().cloned().unwrap_or_else(|| panic!("{text}"));
    assert_eq!(value("leavers ÷ mean(previous(staff), staff)"), MetricValue::Number(0.25));
    assert_eq!(value("share(leavers, staff) × 1.2"), MetricValue::Number(0.25));
    assert_eq!(value("wages + fees"), money(130_001, "KES"));
    assert_eq!(value("wages ÷ fees × 0.3"), MetricValue::Number(1.00001));
    assert_eq!(value("0.1 + 0.2"), MetricValue::Number(0.3));
    assert_eq!(value("wages ÷ staff"), MetricValue::Rate(MoneyRate { minor: 100_001.0 / 120.0, currency: "KES".parse().unwrap() }));

    let halved = step("wages × 0.5 × 2", &answers);
    assert_eq!(halved.outcome, Outcome::Value(money(100_001, "KES")), "no cent is lost between the steps");
    let half = &halved.steps[0];
    assert_eq!((half.expression.as_str(), &half.outcome, half.rounded), ("wages × 0.5", &Outcome::Value(money(50_000, "KES")), true));
    assert_eq!((half.steps[0].metric.as_ref().unwrap().as_str(), half.steps[0].period), ("wages", Some(Period::Current)));
}

#[test]
fn what_gives_no_value_says_why() {
    let fault = |text: &str, answers: &[_]| match outcome(text, answers) {
        Outcome::Fault(fault) => fault,
        other => panic!("{text}: {other:?}"),
    };
    let staff = |n| ("staff", number(n));
    let leavers = |n| ("leavers", number(n));
    let paid = |name, minor, currency| (name, Answer::Value(money(minor, currency)));
    assert_eq!(fault("per(hours, staff)", &[staff(0.0), ("hours", number(1.0))]), EvalFault::DivisionByZero);
    assert_eq!(fault("share(leavers, staff)", &[staff(0.0), leavers(0.0)]), EvalFault::DivisionByZero);
    assert_eq!(fault("share(leavers, staff)", &[staff(3.0), leavers(4.0)]), EvalFault::PartOutsideWhole);
    assert_eq!(fault("share(leavers - 4, staff)", &[staff(3.0), leavers(3.0)]), EvalFault::UnitMismatch);
    assert_eq!(fault("share(leavers - staff, staff)", &[staff(4.0), leavers(3.0)]), EvalFault::PartOutsideWhole);
    for text in ["wages + fees", "wages - fees", "share(fees, wages)", "wages ÷ fees", "mean(wages, fees)"] {
        assert_eq!(fault(text, &[paid("wages", 5, "USD"), paid("fees", 1, "EUR")]), EvalFault::MixedCurrencies, "{text}");
    }
    let most = [paid("wages", i64::MAX, "USD"), paid("fees", 1, "USD")];
    assert_eq!(fault("wages + fees", &most), EvalFault::TooLarge);
    assert_eq!(fault("wages × 999999999999999 × 999999999999999", &most), EvalFault::TooLarge);
    assert_eq!(fault("score × 2", &[("score", number(f64::NAN))]), EvalFault::TooLarge);
    assert_eq!(fault("staff", &[paid("staff", 5, "USD")]), EvalFault::WrongKind);
    assert_eq!(fault("wages", &[("wages", number(5.0))]), EvalFault::WrongKind);
    assert_eq!(fault("staff", &[("staff", Answer::Value(MetricValue::YesNo(true)))]), EvalFault::WrongKind);
    assert_eq!(fault("nobody", &[]), EvalFault::UnknownMetric);
}

#[test]
fn unknown_is_not_zero() {
    assert_eq!(outcome("score × 0", &[]), Outcome::Unknown);
    assert_eq!(outcome("sum(staff, leavers)", &[("staff", number(5.0))]), Outcome::Unknown);
    assert_eq!(outcome("sum(staff, leavers)", &[("staff", number(5.0)), ("leavers", Answer::NotApplicable)]), Outcome::NotApplicable);
    let broken = [("staff", number(0.0)), ("hours", number(0.0)), ("wages", Answer::Withheld)];
    assert_eq!(outcome("wages × per(hours, staff)", &broken), Outcome::Withheld, "withheld comes before a fault");
    assert_eq!(outcome("per(hours, staff) × score", &broken), Outcome::Fault(EvalFault::DivisionByZero), "a fault comes before unknown");
}

fn any_number() -> impl Strategy<Value = Expr> {
    (0u64..1_000_000, 0u8..=6).prop_map(|(digits, places)| Expr::Number(Number::new(digits, places)))
}

pub fn any_expr() -> impl Strategy<Value = Expr> {
    let metric = || proptest::sample::select(UNITS.map(|(name, _)| code(name)).to_vec());
    let leaf = prop_oneof![any_number(), metric().prop_map(Expr::Metric), metric().prop_map(Expr::Previous)];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let operator = proptest::sample::select(vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide]);
        let many = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            (operator, inner.clone(), inner.clone()).prop_map(|(o, l, r)| Expr::Binary(o, Box::new(l), Box::new(r))),
            many.prop_map(|of| Expr::Call(Function::Sum, of)),
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|of| Expr::Call(Function::Mean, of)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::Call(Function::Share, vec![a, b])),
            (inner.clone(), inner).prop_map(|(a, b)| Expr::Call(Function::Per, vec![a, b])),
        ]
    })
}

/// Formulas whose units fit, most of them: one unit throughout.
fn fitting_expr() -> impl Strategy<Value = Expr> {
    let leaf = proptest::sample::select(vec![Expr::Metric(code("wages")), Expr::Metric(code("fees")), Expr::Previous(code("fees"))]);
    leaf.prop_recursive(4, 30, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::Binary(Operator::Add, Box::new(a), Box::new(b))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::Binary(Operator::Subtract, Box::new(a), Box::new(b))),
            (inner.clone(), any_number()).prop_map(|(a, n)| Expr::Binary(Operator::Multiply, Box::new(a), Box::new(n))),
            (inner.clone(), any_number()).prop_map(|(a, n)| Expr::Binary(Operator::Divide, Box::new(a), Box::new(n))),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, part, whole)| {
                Expr::Binary(Operator::Multiply, Box::new(a), Box::new(Expr::Call(Function::Share, vec![part, whole])))
            }),
            (inner.clone(), inner).prop_map(|(a, b)| Expr::Call(Function::Mean, vec![a, b])),
        ]
    })
}

/// An answer of any kind, of the metric's kind or not.
fn any_answer() -> impl Strategy<Value = Answer<MetricValue>> {
    let currency = || proptest::sample::select(vec![Currency::USD, "KES".parse().unwrap()]);
    prop_oneof![
        Just(Answer::Unknown),
        Just(Answer::NotApplicable),
        Just(Answer::Withheld),
        any::<f64>().prop_map(number),
        (0.0..1e6f64).prop_map(number),
        any::<bool>().prop_map(|yes| Answer::Value(MetricValue::YesNo(yes))),
        (any::<i64>(), currency()).prop_map(|(minor, currency)| Answer::Value(MetricValue::Money(Money { minor, currency }))),
        (any::<f64>(), currency()).prop_map(|(minor, currency)| Answer::Value(MetricValue::Rate(MoneyRate { minor, currency }))),
    ]
}

fn any_answers() -> impl Strategy<Value = Vec<Answer<MetricValue>>> {
    proptest::collection::vec(any_answer(), UNITS.len() * 2)
}

fn evaluated(expr: &Expr, answers: &[Answer<MetricValue>]) -> Step {
    Formula(expr.clone()).evaluate(&units, &|code, period| {
        let n = UNITS.iter().position(|(name, _)| *name == code.as_str()).unwrap();
        answers[n * 2 + usize::from(period == Period::Previous)].clone()
    })
}

fn fits_by_kind(answers: &[Answer<MetricValue>]) -> Vec<Answer<MetricValue>> {
    let suits = |n: usize, answer: &Answer<MetricValue>| match answer {
        Answer::Value(value) => value.suits(UNITS[n / 2].1.parse().unwrap()),
        _ => true,
    };
    answers.iter().enumerate().map(|(n, answer)| if suits(n, answer) { answer.clone() } else { Answer::Unknown }).collect()
}

fn no_step(step: &Step, wrong: &dyn Fn(&Step) -> bool) -> bool {
    !wrong(step) && step.steps.iter().all(|step| no_step(step, wrong))
}

proptest! {
    #[test]
    fn text_reads_back_as_the_same_tree(expr in any_expr()) {
        let text = expr.to_string();
        prop_assume!(text.chars().count() <= LONGEST_FORMULA);
        prop_assert_eq!(&formula(&text).0, &expr, "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c_0-9.+*/×÷(), -]{0,60}|\\PC{0,40}") {
        match text.parse::<Formula>() {
            Ok(read) => prop_assert_eq!(formula(&read.to_string()), read),
            Err(error) => prop_assert!(error.at >= 1 && error.at <= text.chars().count() + 1),
        }
    }

    #[test]
    fn evaluation_never_panics(expr in any_expr(), answers in any_answers()) {
        evaluated(&expr, &answers);
    }

    #[test]
    fn units_that_were_checked_hold(expr in prop_oneof![any_expr(), fitting_expr()], answers in any_answers()) {
        let answers = fits_by_kind(&answers);
        if let Ok(unit) = Formula(expr.clone()).unit(&units) {
            let step = evaluated(&expr, &answers);
            prop_assert_eq!(step.unit, Some(unit));
            let wrong = |step: &Step| {
                use EvalFault::{UnitMismatch, UnknownMetric, WrongKind};
                let fault = matches!(step.outcome, Outcome::Fault(UnitMismatch | WrongKind | UnknownMetric));
                let value = step.outcome.value().is_some_and(|value| !value.suits(step.unit.unwrap()));
                fault || value
            };
            prop_assert!(no_step(&step, &wrong), "{:?}", step);
        }
    }

    #[test]
    fn nothing_known_makes_nothing_known(expr in any_expr(), answers in any_answers()) {
        let wrong = |step: &Step| {
            let has = |outcome: fn(&Outcome) -> bool| step.steps.iter().any(|part| outcome(&part.outcome));
            let expected = if step.steps.is_empty() {
                return false;
            } else if has(|o| matches!(o, Outcome::Withheld)) {
                matches!(step.outcome, Outcome::Withheld)
            } else if has(|o| matches!(o, Outcome::Fault(_))) {
                matches!(step.outcome, Outcome::Fault(_))
            } else if has(|o| matches!(o, Outcome::Unknown)) {
                matches!(step.outcome, Outcome::Unknown)
            } else if has(|o| matches!(o, Outcome::NotApplicable)) {
                matches!(step.outcome, Outcome::NotApplicable)
            } else {
                matches!(step.outcome, Outcome::Value(_) | Outcome::Fault(_))
            };
            !expected
        };
        let step = evaluated(&expr, &answers);
        prop_assert!(no_step(&step, &wrong), "{:?}", step);
    }

    #[test]
    fn shares_stay_between_none_and_all(part in 0.0..1e9f64, whole in 0.0..1e9f64) {
        let answers = [("leavers", number(part)), ("staff", number(whole))];
        match outcome("share(leavers, staff)", &answers) {
            Outcome::Value(MetricValue::Number(share)) => prop_assert!((0.0..=1.0).contains(&share)),
            Outcome::Fault(EvalFault::PartOutsideWhole) => prop_assert!(part > whole),
            Outcome::Fault(EvalFault::DivisionByZero) => prop_assert!(whole < 1e-9),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn money_is_added_to_the_last_cent(a in -1_000_000_000_000i64..1_000_000_000_000, b in -1_000_000_000_000i64..1_000_000_000_000) {
        let answers = [("wages", Answer::Value(money(a, "USD"))), ("fees", Answer::Value(money(b, "USD")))];
        prop_assert_eq!(outcome("wages + fees", &answers), Outcome::Value(money(a + b, "USD")));
        prop_assert_eq!(outcome("(wages ÷ 7 + fees ÷ 7) × 7 - fees", &answers), Outcome::Value(money(a, "USD")));
    }
}
