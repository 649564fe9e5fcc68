use super::*;
use crate::metrics::FigureRow;
use crate::standard::{Metric, MetricCode, MetricValue, Outcome, Pillar, ReadingGrade, Tier, first};
use proptest::prelude::*;

fn year() -> crate::metrics::ReportingPeriod {
    "2026-Q3".parse().unwrap()
}

fn row(metric: &Metric, outcome: Outcome, grade: Option<ReadingGrade>) -> FigureRow {
    FigureRow {
        metric: metric.code.clone(),
        outcome,
        grade,
        step: None,
        reading: None,
        rests_on: vec![],
        from_quarters: false,
        before: None,
        doubts: vec![],
    }
}

/// The value that lies that far between floor and target.
fn at(metric: &Metric, way: f64) -> Option<MetricValue> {
    Some(match metric.scoring.as_ref()?.thresholds {
        None => MetricValue::YesNo(way >= 0.5),
        Some(t) => MetricValue::Number(t.floor + way * (t.target - t.floor)),
    })
}

fn all_at(way: f64, grade: ReadingGrade) -> Vec<FigureRow> {
    first().metrics.iter().filter_map(|m| Some(row(m, Outcome::Value(at(m, way)?), Some(grade)))).collect()
}

fn rated(rows: &[FigureRow]) -> Rating {
    rate(first(), METHOD, year(), rows)
}

fn set(rows: &mut [FigureRow], of: impl Fn(&Metric) -> bool, outcome: Outcome) {
    for row in rows.iter_mut().filter(|row| first().metric(&row.metric).is_some_and(&of)) {
        row.outcome = outcome.clone();
    }
}

#[test]
fn evidence_decides_how_far_the_same_figures_carry() {
    let level = |grade| rated(&all_at(1.0, grade)).level;
    assert_eq!(level(ReadingGrade::SelfDeclared), Some(Level::Established));
    assert_eq!(level(ReadingGrade::Documented), Some(Level::Leading));
    let band = rated(&all_at(1.0, ReadingGrade::ThirdPartyAudited)).band.unwrap();
    assert!((band.score - 100.0).abs() < 1e-9 && (band.low - 95.0).abs() < 1e-9 && (band.high - 100.0).abs() < 1e-9);
    assert_eq!(rated(&all_at(0.0, ReadingGrade::ThirdPartyAudited)).level, None);
}

#[test]
fn too_little_known_is_not_rated_and_says_where() {
    let mut rows = all_at(1.0, ReadingGrade::Documented);
    set(&mut rows, |m| m.pillar == Pillar::Pay, Outcome::Unknown);
    let rating = rated(&rows);
    assert_eq!((rating.band, rating.level), (None, None));
    assert_eq!(rating.missing, [NotRated { pillar: Pillar::Pay, why: Why::TooLittleKnown }]);
    set(&mut rows, |m| m.pillar == Pillar::Pay, Outcome::NotApplicable);
    assert_eq!(rated(&rows).missing, [NotRated { pillar: Pillar::Pay, why: Why::NothingApplies }]);
    let nothing = rated(&[]);
    assert!(nothing.band.is_none() && nothing.pillars.iter().all(|p| p.band.is_none() && p.known == 0.0));
}

#[test]
fn advanced_metrics_bring_points_only_where_the_basics_hold() {
    let mut rows = all_at(1.0, ReadingGrade::ThirdPartyAudited);
    set(&mut rows, |m| m.pillar == Pillar::Training && m.tier == Tier::Basic, Outcome::Value(MetricValue::Number(8.0)));
    let rating = rated(&rows);
    let training = rating.pillars.iter().find(|p| p.pillar == Pillar::Training).unwrap();
    assert_eq!(training.basics_hold, Some(false));
    assert_eq!(training.band.map(|b| (b.score, b.low)), Some((0.0, 0.0)));
    let held = training.metrics.iter().find(|m| m.tier == Tier::Advanced).unwrap();
    assert_eq!((held.normalised, held.counted), (Some(1.0), Some(0.0)));
    assert!(rating.level.is_none(), "one pillar at nothing keeps the whole from a level: {:?}", rating.band);
}

#[test]
fn what_does_not_apply_is_no_part_of_the_score() {
    let mut rows = all_at(1.0, ReadingGrade::ThirdPartyAudited);
    let code: MetricCode = "on_time_share".parse().unwrap();
    set(&mut rows, |m| m.code == code, Outcome::NotApplicable);
    let rating = rated(&rows);
    let delivery = rating.pillars.iter().find(|p| p.pillar == Pillar::Delivery).unwrap();
    assert!((delivery.metrics.iter().map(|m| m.weight).sum::<f64>() - 1.0).abs() < 1e-9 && delivery.known > 0.999);
}

#[test]
fn a_lift_names_what_is_unknown_first_where_it_brings_most() {
    let mut rows = all_at(0.8, ReadingGrade::Documented);
    let code: MetricCode = "living_wage_share".parse().unwrap();
    set(&mut rows, |m| m.code == code, Outcome::Unknown);
    let found = lifts(first(), METHOD, year(), &rows, 5);
    assert_eq!((&found[0].metric, found[0].unknown), (&code, true));
    assert!(found.windows(2).all(|pair| pair[0].points >= pair[1].points));
    assert!(lifts(first(), METHOD, year(), &all_at(1.0, ReadingGrade::OutcomeVerified), 5).is_empty());
}

fn any_rows() -> impl Strategy<Value = Vec<FigureRow>> {
    let scored: Vec<&Metric> = first().metrics.iter().filter(|m| m.scoring.is_some()).collect();
    let each = prop_oneof![
        3 => (0.0..=1.0f64).prop_map(Some).prop_map(Ok),
        1 => Just(Err(Outcome::Unknown)),
        1 => Just(Err(Outcome::NotApplicable)),
        1 => Just(Err(Outcome::Withheld)),
    ];
    let grade = prop::sample::select(ReadingGrade::ALL.to_vec());
    prop::collection::vec((each, grade), scored.len()).prop_map(move |list| {
        let one = |(metric, (outcome, grade)): (&&Metric, (Result<Option<f64>, Outcome>, ReadingGrade))| match outcome {
            Ok(way) => row(metric, Outcome::Value(at(metric, way.unwrap_or_default()).unwrap()), Some(grade)),
            Err(outcome) => row(metric, outcome, None),
        };
        scored.iter().zip(list).map(one).collect()
    })
}

proptest! {
    #[test]
    fn a_score_lies_in_its_band_and_its_parts_add_up(rows in any_rows()) {
        let rating = rated(&rows);
        for band in rating.band.into_iter().chain(rating.pillars.iter().filter_map(|p| p.band)) {
            prop_assert!(0.0 <= band.low && band.low <= band.score + 1e-9 && band.score <= band.high + 1e-9 && band.high <= 100.0 + 1e-9, "{band:?}");
        }
        for pillar in &rating.pillars {
            let weights: f64 = pillar.metrics.iter().map(|m| m.weight).sum();
            prop_assert!(weights == 0.0 || (weights - 1.0).abs() < 1e-9);
            if let Some(band) = pillar.band {
                let sum: f64 = pillar.metrics.iter().map(|m| m.weight * m.counted.unwrap_or_default()).sum();
                prop_assert!((100.0 * sum / pillar.known - band.score).abs() < 1e-6);
            }
        }
        prop_assert_eq!(rating.band.is_none(), !rating.missing.is_empty());
    }

    /// Saying an unknown figure, however bad, never lowers what is certain.
    #[test]
    fn nothing_is_won_by_saying_nothing(rows in any_rows(), which in 0usize..100, way in 0.0..=1.0f64) {
        let before = rated(&rows);
        let mut said = rows.clone();
        let unknown: Vec<usize> = (0..rows.len()).filter(|i| matches!(rows[*i].outcome, Outcome::Unknown | Outcome::Withheld)).collect();
        prop_assume!(!unknown.is_empty());
        let i = unknown[which % unknown.len()];
        let metric = first().metric(&rows[i].metric).unwrap();
        said[i].outcome = Outcome::Value(at(metric, way).unwrap());
        said[i].grade = Some(ReadingGrade::SelfDeclared);
        let after = rated(&said);
        if let (Some(before), Some(after)) = (before.band, after.band) {
            prop_assert!(after.low >= before.low - 1e-9, "{before:?} {after:?}");
        }
    }
}
