//! Each fault is found, and named.

use super::*;
use crate::problem::FieldError;

fn kinds(standard: &Standard) -> Vec<FaultKind> {
    standard.check().into_iter().map(|fault| fault.kind).collect()
}
fn kind_of(metric: Metric) -> Vec<FaultKind> {
    kinds(&standard([count("staff"), metric]))
}

#[test]
fn a_sound_standard_has_no_faults() {
    let share = derived("share_of_leavers", MetricKind::Share, "1", "share(leavers, staff)");
    assert_eq!(standard([count("staff"), count("leavers"), share]).check(), []);
}

#[test]
fn formulas_refer_to_numbers_that_are_there() {
    use FaultKind::*;
    let of = |formula: &str| kind_of(derived("result", MetricKind::Count, "people", formula));
    assert_eq!(of("staff + staff"), []);
    assert_eq!(of("staff + nobody"), [UnknownReference]);
    assert_eq!(of("staff + previous(nobody) + others"), [UnknownReference, UnknownReference], "each is told");
    assert_eq!(of("staff × policy_on_pay"), [NotANumber]);
    assert_eq!(of("staff ÷ staff"), [UnitMismatch]);
    assert_eq!(of("staff + 1"), [UnitMismatch]);
    let retired = Metric { change: Change::Retired, ..count("old_staff") };
    let user = derived("result", MetricKind::Count, "people", "old_staff");
    assert_eq!(kinds(&standard([retired.clone(), user.clone()])), [RetiredReference]);
    assert_eq!(kinds(&standard([retired, Metric { change: Change::Retired, ..user }])), []);
}

#[test]
fn nothing_needs_itself() {
    let people = |name: &str, formula: &str| derived(name, MetricKind::Count, "people", formula);
    let places = |standard: Standard| standard.check().into_iter().map(|fault| (fault.kind, fault.pointer)).collect::<Vec<_>>();
    let at = |n: usize| (FaultKind::Cycle, format!("/metrics/{n}/formula"));
    assert_eq!(places(standard([people("own", "own")])), [at(0)]);
    assert_eq!(places(standard([people("own", "previous(own)")])), [at(0)], "nor through earlier periods");
    let ring = [people("one", "two"), people("two", "three"), people("three", "one + staff"), count("staff"), people("fine", "one")];
    assert_eq!(places(standard(ring)), [at(0), at(2), at(1)], "what only uses the ring is not in it");
}

#[test]
fn kind_unit_options_and_dimensions_agree() {
    let of = |kind, unit: &str| kind_of(Metric { kind, unit: unit.parse().unwrap(), ..count("result") });
    assert_eq!(of(MetricKind::Count, "hours"), []);
    assert_eq!(of(MetricKind::Count, "money"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::Count, "1"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::Money, "people"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::Share, "people"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::Ratio, "money/people"), []);
    assert_eq!(of(MetricKind::Ratio, "people/money"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::YesNo, "people"), [FaultKind::KindMismatch]);
    assert_eq!(of(MetricKind::Choice, "1"), [FaultKind::Options]);
    assert_eq!(kind_of(derived("result", MetricKind::Share, "1", "staff ÷ staff")), [FaultKind::KindMismatch]);
    assert_eq!(kind_of(derived("result", MetricKind::YesNo, "1", "share(staff, staff)")), [FaultKind::KindMismatch]);

    let option = |name: &str| ChoiceOption { code: code(name), name: text(name) };
    let choice = |options| Metric { kind: MetricKind::Choice, unit: Unit::ONE, options, ..count("result") };
    assert_eq!(kind_of(choice(vec![option("one"), option("two")])), []);
    assert_eq!(kind_of(choice(vec![option("one"), option("one")])), [FaultKind::Options]);
    assert_eq!(kind_of(Metric { options: vec![option("one")], ..count("result") }), [FaultKind::Options]);

    let by = |kind, by| kind_of(Metric { kind, unit: Unit::ONE, by, ..count("result") });
    assert_eq!(by(MetricKind::Share, vec![Dimension::Gender, Dimension::Site]), []);
    assert_eq!(by(MetricKind::Share, vec![Dimension::Gender, Dimension::Gender]), [FaultKind::Dimension]);
    assert_eq!(by(MetricKind::YesNo, vec![Dimension::Gender]), [FaultKind::Dimension]);
}

#[test]
fn texts_codes_and_crosswalks_are_whole() {
    let half = Text { en: "Said".into(), fr: " ".into() };
    let faults = standard([Metric { definition: half, ..count("staff") }]).check();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].kind, faults[0].pointer.as_str(), &faults[0].metric),
        (FaultKind::EmptyText, "/metrics/0/definition/fr", &Some(code("staff")))
    );
    assert_eq!(FieldError::from(faults[0].clone()).code, "empty_text");
    assert_eq!(kind_of(Metric { name: text(&"a".repeat(121)), ..count("result") }), [FaultKind::LongText, FaultKind::LongText]);
    assert_eq!(kind_of(count("staff")), [FaultKind::DuplicateCode]);
    let entry = |id: &str| Crosswalk { catalogue: Catalogue::Iris, id: id.into(), match_type: MatchType::Exact };
    assert_eq!(kind_of(Metric { crosswalk: vec![entry("401-1")], ..count("result") }), [FaultKind::Crosswalk]);
    assert_eq!(kind_of(Metric { crosswalk: vec![entry("OI8869"), entry("OI8869")], ..count("result") }), [FaultKind::Crosswalk]);
    let mut many = standard((0..201).map(|n| count(&format!("metric_{n}"))));
    assert_eq!(kinds(&many), [FaultKind::TooMany]);
    many = Standard { version: 0, ..standard([]) };
    many.decay.documented = 0;
    many.metrics.pop();
    assert_eq!(kinds(&many), [FaultKind::Version, FaultKind::Decay, FaultKind::EmptyPillar]);
}

#[test]
fn points_follow_the_direction() {
    let of = |kind, unit: &str, direction, weight, thresholds: Option<(f64, f64)>| {
        let thresholds = thresholds.map(|(floor, target)| Thresholds { floor, target });
        let scoring = Some(Scoring { weight, thresholds, rationale: text("Our proposal.") });
        !kind_of(Metric { kind, unit: unit.parse().unwrap(), direction, scoring, ..count("result") }).contains(&FaultKind::Scoring)
    };
    use Direction::{Higher, Lower, Neutral};
    assert!(of(MetricKind::Ratio, "1", Higher, 1, Some((0.0, 1.0))) && of(MetricKind::Ratio, "1", Lower, 100, Some((1.0, 0.0))));
    assert!(!of(MetricKind::Ratio, "1", Higher, 1, Some((1.0, 0.0))) && !of(MetricKind::Ratio, "1", Lower, 1, Some((0.0, 1.0))));
    assert!(!of(MetricKind::Ratio, "1", Neutral, 1, Some((0.0, 1.0))) && !of(MetricKind::Ratio, "1", Higher, 1, None));
    assert!(!of(MetricKind::Ratio, "1", Higher, 0, Some((0.0, 1.0))) && !of(MetricKind::Ratio, "1", Higher, 101, Some((0.0, 1.0))));
    assert!(
        !of(MetricKind::Ratio, "1", Higher, 1, Some((0.0, f64::INFINITY))) && !of(MetricKind::Ratio, "1", Higher, 1, Some((f64::NAN, 1.0)))
    );
    assert!(
        !of(MetricKind::Money, "money", Higher, 1, Some((0.0, 1.0))) && !of(MetricKind::Ratio, "money/people", Higher, 1, Some((0.0, 1.0)))
    );
    assert!(of(MetricKind::YesNo, "1", Higher, 1, None) && !of(MetricKind::YesNo, "1", Lower, 1, None));
    assert!(!of(MetricKind::YesNo, "1", Higher, 1, Some((0.0, 1.0))));
}
