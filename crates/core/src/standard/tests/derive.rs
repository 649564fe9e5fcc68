//! Derived metrics rest on each other; answers are of their metric's kind.

use super::*;
use crate::money::Money;

fn given(answers: &'static [(&'static str, f64)]) -> impl Fn(&MetricCode, Period) -> Answer<MetricValue> {
    move |code, period| {
        let name = if period == Period::Previous { format!("previous {code}") } else { code.to_string() };
        answers.iter().find(|(known, _)| *known == name).map_or(Answer::Unknown, |(_, n)| Answer::Value(MetricValue::Number(*n)))
    }
}

#[test]
fn a_derived_metric_opens_down_to_what_was_reported() {
    let all = standard([
        derived("rate", MetricKind::Ratio, "1", "leavers ÷ mean(previous(staff), staff)"),
        derived("leavers", MetricKind::Count, "people", "resigned + dismissed"),
        count("resigned"),
        count("dismissed"),
        count("staff"),
    ]);
    assert_eq!(all.check(), []);
    let answers = given(&[("resigned", 7.0), ("dismissed", 3.0), ("staff", 60.0), ("previous staff", 40.0), ("leavers", 99.0)]);
    let rate = all.evaluate(&code("rate"), &answers).unwrap();
    assert_eq!(rate.outcome, Outcome::Value(MetricValue::Number(0.2)), "leavers are worked out, not asked for");
    assert_eq!(rate.derived.keys().collect::<Vec<_>>(), [&code("leavers")]);
    let shown: Vec<&str> = rate.step.as_ref().unwrap().steps.iter().map(|step| step.expression.as_str()).collect();
    assert_eq!(shown, ["leavers", "mean(previous(staff), staff)"]);
    assert_eq!(all.evaluate(&code("staff"), &answers).unwrap().outcome, Outcome::Value(MetricValue::Number(60.0)));
    assert_eq!(all.evaluate(&code("nobody"), &answers), None);
    assert_eq!(all.evaluate_all(&answers).steps.len(), 2);
    let without_previous = given(&[("resigned", 7.0), ("dismissed", 3.0), ("staff", 60.0)]);
    assert_eq!(all.evaluate(&code("rate"), &without_previous).unwrap().outcome, Outcome::Unknown);
    assert!(serde_json::to_string(&rate).unwrap().contains(r#""outcome":{"state":"value","value":{"number":0.2}}"#));
}

#[test]
fn a_ring_or_a_doubling_chain_ends() {
    let people = |name: &str, formula: &str| derived(name, MetricKind::Count, "people", formula);
    let ring = standard([people("one", "two"), people("two", "one"), count("staff")]);
    assert_eq!(ring.evaluate(&code("one"), &given(&[])).unwrap().outcome, Outcome::Fault(EvalFault::Cycle));
    let doubling = (1..=100).map(|n| people(&format!("step_{n}"), &format!("step_{0} + step_{0}", n - 1)));
    let chain = standard(doubling.chain([count("step_0")]));
    assert_eq!(chain.check(), []);
    let last = chain.evaluate(&code("step_100"), &given(&[("step_0", 1.0)])).unwrap();
    assert_eq!(last.outcome, Outcome::Value(MetricValue::Number(2f64.powi(100))));
    assert_eq!(last.derived.len(), 99);
}

#[test]
fn an_answer_is_of_its_metrics_kind() {
    let option = |name: &str| ChoiceOption { code: code(name), name: text(name) };
    let of =
        |kind, unit: &str| Metric { kind, unit: unit.parse().unwrap(), options: vec![option("some"), option("all")], ..count("result") };
    let says = |kind, unit: &str, value: MetricValue| of(kind, unit).accepts(&value, "/value").err().map(|e| e.code);
    let (number, usd) = (MetricValue::Number, |minor| MetricValue::Money(Money { minor, currency: crate::codes::Currency::USD }));
    let no = |code: &str| Some(code.to_owned());
    use MetricKind::{Choice, Count, Ratio, Share, YesNo};
    assert_eq!(says(Count, "people", number(12.0)), None);
    assert_eq!(says(Count, "people", number(12.5)), no("format"));
    assert_eq!(says(Count, "hours", number(12.5)), None);
    assert_eq!(says(Count, "people", number(-1.0)), no("range"));
    assert_eq!(says(Count, "people", number(f64::NAN)), no("range"));
    assert_eq!(says(Share, "1", number(1.01)), no("range"));
    assert_eq!(says(Ratio, "1", number(1.01)), None);
    assert_eq!(says(MetricKind::Money, "money", number(5.0)), no("format"));
    assert_eq!(says(MetricKind::Money, "money", usd(5)), None);
    assert_eq!(says(MetricKind::Money, "money", usd(-5)), no("range"));
    assert_eq!(says(Ratio, "1", usd(5)), no("format"));
    assert_eq!(says(YesNo, "1", MetricValue::YesNo(false)), None);
    assert_eq!(says(YesNo, "1", number(1.0)), no("format"));
    assert_eq!(says(Choice, "1", MetricValue::Choice("all".into())), None);
    assert_eq!(says(Choice, "1", MetricValue::Choice("none".into())), no("unknown"));
    assert_eq!(says(Choice, "1", MetricValue::YesNo(true)), no("format"));
}
