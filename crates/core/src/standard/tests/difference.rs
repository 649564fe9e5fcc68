//! Two versions side by side, and changes called by their name.

use super::*;

fn scored(floor: f64, target: f64) -> Option<Scoring> {
    Some(Scoring { weight: 10, thresholds: Some(Thresholds { floor, target }), rationale: text("Our proposal.") })
}
fn before() -> Standard {
    standard([count("staff"), Metric { scoring: scored(0.1, 0.5), ..derived("rate", MetricKind::Share, "1", "share(staff, staff)") }])
}
/// The version after, with one metric edited.
fn after(edit: impl FnOnce(&mut Metric), change: Change) -> Standard {
    let mut after = Standard { version: 2, ..before() };
    after.metrics.iter_mut().for_each(|metric| metric.change = Change::Unchanged);
    edit(&mut after.metrics[1]);
    after.metrics[1].change = change;
    after
}

#[test]
fn a_change_of_substance_is_never_called_editorial() {
    let edits: [(&str, fn(&mut Metric)); 9] = [
        ("formula", |m| m.formula = Some("share(staff, staff + staff)".parse().unwrap())),
        ("unit", |m| m.unit = "people".parse().unwrap()),
        ("kind", |m| m.kind = MetricKind::Ratio),
        ("direction", |m| m.direction = Direction::Lower),
        ("timing", |m| m.timing = Timing::During),
        ("tier", |m| m.tier = Tier::Advanced),
        ("by", |m| m.by = vec![Dimension::Gender]),
        ("scoring/thresholds/target", |m| m.scoring = scored(0.1, 0.6)),
        ("pillar", |m| m.pillar = Pillar::Pay),
    ];
    for (field, edit) in edits {
        for (change, honest) in [(Change::Editorial, false), (Change::Unchanged, false), (Change::New, false), (Change::Material, true)] {
            let faults = after(edit, change).check_after(&before());
            assert_eq!(faults.is_empty(), honest, "{field} {change}: {faults:?}");
            assert!(honest || (faults[0].kind == FaultKind::DishonestChange && faults[0].pointer == "/metrics/1/change"));
        }
        let difference = Difference::between(&before(), &after(edit, Change::Material));
        assert!(difference.is_material());
        assert_eq!(difference.metrics.len(), 1);
        assert_eq!(difference.metrics[0].fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), [field]);
    }
}

#[test]
fn better_words_are_editorial() {
    let edit = |m: &mut Metric| {
        m.definition.fr = "Ce qui est compté.".into();
        m.crosswalk = vec![Crosswalk { catalogue: Catalogue::Gri, id: "401-1".into(), match_type: MatchType::Broader }];
    };
    for (change, honest) in [(Change::Editorial, true), (Change::Material, true), (Change::Unchanged, false), (Change::Retired, true)] {
        assert_eq!(after(edit, change).check_after(&before()).is_empty(), honest, "{change}");
    }
    let difference = Difference::between(&before(), &after(edit, Change::Editorial));
    let fields = &difference.metrics[0].fields;
    assert!(!difference.is_material() && difference.metrics[0].least == Some(Change::Editorial));
    assert_eq!((fields[0].field.as_str(), &fields[0].before, fields[0].after.as_deref()), ("crosswalk/gri/401-1", &None, Some("broader")));
    let (was, is) = (Some("What is counted."), Some("Ce qui est compté."));
    assert_eq!((fields[1].field.as_str(), fields[1].before.as_deref(), fields[1].after.as_deref()), ("definition/fr", was, is));
}

#[test]
fn metrics_come_and_are_retired_but_never_go() {
    let same = after(|_| {}, Change::Unchanged);
    assert_eq!(same.check_after(&before()), []);
    assert_eq!(Difference::between(&before(), &same).metrics, []);
    let kinds = |after: &Standard, before: &Standard| after.check_after(before).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();

    let mut more = same.clone();
    more.metrics.push(count("newcomers"));
    assert_eq!(kinds(&more, &before()), []);
    more.metrics.last_mut().unwrap().change = Change::Material;
    assert_eq!(kinds(&more, &before()), [FaultKind::DishonestChange]);

    let mut fewer = same.clone();
    fewer.metrics.remove(1);
    assert_eq!(kinds(&fewer, &before()), [FaultKind::Removed]);
    assert_eq!(Difference::between(&before(), &fewer).metrics[0].declared, None);

    let retired = after(|_| {}, Change::Retired);
    assert_eq!(kinds(&retired, &before()), []);
    let later = |change| Standard { version: 3, ..after(|_| {}, change) };
    assert_eq!(kinds(&later(Change::Retired), &retired), []);
    assert_eq!(kinds(&later(Change::Unchanged), &retired), [FaultKind::DishonestChange], "one that comes back is a material change");
    assert_eq!(kinds(&later(Change::Material), &retired), []);
}

#[test]
fn versions_follow_each_other() {
    let wrong = Standard { version: 4, adopted: chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(), ..after(|_| {}, Change::Unchanged) };
    let faults = wrong.check_after(&before());
    assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/version", "/adopted"]);
    let mut slower = after(|_| {}, Change::Unchanged);
    slower.decay.documented = 12;
    let difference = Difference::between(&before(), &slower);
    assert_eq!(difference.fields[0].field, "decay/documented");
    assert!(difference.is_material());
}
