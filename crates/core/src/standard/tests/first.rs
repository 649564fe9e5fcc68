//! The first standard is whole and says nothing of other catalogues that is not so.

use super::*;
use std::collections::BTreeMap;

#[test]
fn it_has_no_faults() {
    assert_eq!(first().check(), []);
    assert!((28..=34).contains(&first().metrics.len()), "{}", first().metrics.len());
    assert!(first().metrics.iter().all(|metric| metric.change == Change::New));
    assert_eq!((first().version, first().check_after(&Standard { version: 0, metrics: vec![], ..first().clone() })), (1, vec![]));
}

#[test]
fn every_metric_speaks_both_languages() {
    for metric in &first().metrics {
        let rationale = metric.scoring.iter().map(|scoring| &scoring.rationale);
        for text in [&metric.name, &metric.definition, &metric.usage].into_iter().chain(rationale) {
            assert!(!text.en.trim().is_empty() && !text.fr.trim().is_empty(), "{}", metric.code);
            assert_ne!(text.en, text.fr, "{}: the French is still English", metric.code);
            let loose = [" :", " ;", " ?", " !"].iter().any(|mark| text.fr.contains(mark));
            assert!(!loose, "{}: a plain space before a French mark can break the line: {}", metric.code, text.fr);
        }
    }
}

#[test]
fn each_pillars_weights_are_all_of_it() {
    for pillar in Pillar::ALL {
        let sum: f64 = first().of_pillar(*pillar).filter_map(|metric| first().weight(metric)).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{pillar}: {sum}");
        let whole: u32 = first().of_pillar(*pillar).filter_map(|m| m.scoring.as_ref()).map(|s| u32::from(s.weight)).sum();
        assert_eq!(whole, 100, "{pillar}: weights read as percent");
    }
}

#[test]
fn the_two_turnovers_differ_as_their_usage_says() {
    let answers = |code: &MetricCode, period| {
        let number = match (code.as_str(), period) {
            ("permanent_employees", Period::Current) => 200.0,
            ("permanent_employees", Period::Previous) => 100.0,
            ("departures_voluntary", _) => 20.0,
            ("departures_involuntary", _) => 10.0,
            _ => return Answer::Unknown,
        };
        Answer::Value(MetricValue::Number(number))
    };
    let of = |name: &str| first().evaluate(&code(name), &answers).unwrap().outcome;
    assert_eq!(of("turnover_rate"), Outcome::Value(MetricValue::Number(0.2)));
    assert_eq!(of("turnover_rate_at_end"), Outcome::Value(MetricValue::Number(0.15)));
    assert_eq!(of("impact_worker_share"), Outcome::Unknown);
}

#[test]
fn each_iris_metric_that_is_cited_exists_and_is_in_use() {
    const DISCONTINUED: [&str; 3] = ["PD1392", "PD2587", "PI8768"];
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/iris_plus_5_3.csv");
    let Ok(list) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no reference data at {path}");
        return;
    };
    let known: BTreeMap<&str, &str> = list.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
    let mut cited = 0;
    for metric in &first().metrics {
        for entry in metric.crosswalk.iter().filter(|entry| entry.catalogue == Catalogue::Iris) {
            assert!(known.contains_key(entry.id.as_str()), "{}: {} is not in IRIS+ 5.3", metric.code, entry.id);
            assert!(!DISCONTINUED.contains(&entry.id.as_str()), "{}: {} is discontinued", metric.code, entry.id);
            cited += 1;
        }
    }
    assert!(cited >= 15, "{cited}");
}
