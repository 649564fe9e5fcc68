//! The rules by example.

use super::samples::*;
use crate::codes::Region;
use crate::metrics::peers::*;

fn published(readings: &[Reading]) -> Ledger {
    Ledger::default().publish(readings, at(1))
}

fn line(of: Place) -> Group {
    of.group(Level::Line).unwrap()
}

#[test]
fn five_are_shown_four_are_not() {
    let (here, there) = (in_line(LINE), in_line(OTHER_LINE));
    let five = published(&[some(0..5, here), some(10..20, there)].concat());
    assert_eq!(five.table().row(line(here)).map(|row| (row.contributors, row.mean)), Ok((5, 102.0)));
    let four = published(&[some(0..4, here), some(10..20, there)].concat());
    assert_eq!(four.table().row(line(here)), Err(Withheld::TooFew));
    assert_eq!(four.table().row(line(there)), Err(Withheld::Protected), "all less these are the four");
    assert_eq!(four.table().row(Group::EVERYONE).map(|row| row.contributors), Ok(14));
}

#[test]
fn several_readings_of_one_are_one_contributor() {
    let here = in_line(LINE);
    let own: Vec<Reading> = some(0..4, here).into_iter().flat_map(|r| [r, Reading { value: r.value + 1.0, ..r }]).collect();
    assert!(published(&own).table().rows().is_empty());
}

#[test]
fn a_group_of_which_one_is_half_is_not_shown() {
    let here = in_line(LINE);
    let with_giant = |giant: f64| {
        let all = [some(0..5, here), vec![reading(5, here, giant)], some(10..20, in_line(OTHER_LINE))].concat();
        published(&all).table().row(line(here)).map(|row| row.contributors)
    };
    assert_eq!(with_giant(510.0), Ok(6));
    assert_eq!(with_giant(511.0), Err(Withheld::Protected));
}

#[test]
fn a_group_that_is_all_alike_is_not_shown() {
    let here = in_line(LINE);
    let alike: Vec<Reading> = (0..9).map(|n| reading(n, here, 100.0)).collect();
    let ledger = published(&[alike, some(10..20, in_line(OTHER_LINE))].concat());
    assert_eq!(ledger.table().row(line(here)), Err(Withheld::Protected));
}

#[test]
fn percentiles_leave_five_on_either_side() {
    let told = |n: usize| {
        let table = published(&some(0..n, in_line(LINE)));
        table.table().rows()[0].percentiles.into_array().map(|percentile| percentile.is_some())
    };
    assert_eq!(told(9), [false; 5]);
    assert_eq!(told(10), [false, false, true, false, false]);
    assert_eq!(told(19), [false, false, true, false, false]);
    assert_eq!(told(20), [false, true, true, true, false]);
    assert_eq!(told(81), [false, true, true, true, false]);
    for n in 82..140 {
        assert_eq!(told(n), [true; 5], "{n}");
    }
    for n in 20..82 {
        assert!(told(n)[1], "{n}");
    }
}

#[test]
fn a_provider_is_compared_with_the_narrowest_group_and_told_why() {
    let full = Place { line: Some(LINE), region: Some(Region::ALL[0]), size: Some(SizeBand::Small) };
    let elsewhere = Place { region: Some(Region::ALL[1]), ..full };
    let ledger =
        published(&[some(0..3, full), some(3..9, Place { size: Some(SizeBand::Large), ..full }), some(20..42, elsewhere)].concat());
    let comparison = ledger.table().compare(full, 122.0).unwrap();
    assert_eq!(comparison.row.group, line(full));
    let passed: Vec<_> = comparison.passed.iter().map(|passed| (passed.group.level(), passed.why)).collect();
    assert_eq!(
        passed,
        [
            (Level::LineRegionSize, Withheld::TooFew),
            (Level::LineRegion, Withheld::TooFewForPercentiles),
            (Level::LineSize, Withheld::Protected)
        ]
    );
    let unknown = ledger.table().compare(Place::default(), 122.0).unwrap();
    assert_eq!((unknown.row.group, unknown.passed), (Group::EVERYONE, vec![]));
    assert_eq!(Ledger::default().table().compare(full, 1.0), None);
}

#[test]
fn a_standing_is_read_off_the_published_figures() {
    let ledger = published(&some(0..21, in_line(LINE)));
    let row = ledger.table().row(Group::EVERYONE).unwrap();
    assert_eq!(row.percentiles, Percentiles { p5: None, p25: Some(105.0), p50: Some(110.0), p75: Some(115.0), p95: None });
    let standing = |value| Standing::of(value, row).map(|s| (s.at_least, s.at_most, s.percentile));
    assert_eq!(standing(90.0), Some((None, Some(25), None)));
    assert_eq!(standing(105.0), Some((Some(25), Some(25), Some(25))));
    assert_eq!(standing(112.0), Some((Some(50), Some(75), Some(60))));
    assert_eq!(standing(116.0), Some((Some(75), None, None)));
    assert_eq!(standing(f64::NAN), None);
    let flat = Row { percentiles: Percentiles { p5: None, p25: Some(1.0), p50: Some(1.0), p75: Some(1.0), p95: None }, ..*row };
    assert_eq!(Standing::of(1.0, &flat), Some(Standing { at_least: Some(25), at_most: Some(75), percentile: Some(50) }));
}

#[test]
fn figures_move_when_five_have_moved() {
    let here = in_line(LINE);
    let mut readings = some(0..12, here);
    let first = published(&readings);
    readings[..4].iter_mut().for_each(|reading| reading.value += 20.0);
    let second = first.publish(&readings, at(2));
    assert_eq!((second.table(), second.waiting()), (first.table(), 4));
    readings.push(reading(12, here, 21.0));
    let third = second.publish(&readings, at(3));
    let row = third.table().row(Group::EVERYONE).unwrap();
    assert_eq!((row.contributors, row.as_of, third.table().publication(), third.waiting()), (13, at(3), 2, 0));
    assert_eq!(third.publish(&readings, at(4)), third, "nothing new, nothing published");
}

#[test]
fn what_is_taken_back_or_moves_stays_until_the_period_ends() {
    let here = in_line(LINE);
    let readings = some(0..12, here);
    let first = published(&readings);
    let fewer = first.publish(&readings[..6], at(2));
    assert_eq!((fewer.table(), fewer.waiting()), (first.table(), 6));
    let moved: Vec<Reading> = readings.iter().map(|r| Reading { place: in_line(OTHER_LINE), ..*r }).collect();
    assert_eq!(first.publish(&moved, at(2)).table(), first.table());
    assert_eq!(first.following().publish(&readings[..4], at(3)).table().rows(), []);
}

#[test]
fn going_back_to_an_earlier_value_hides_nobody() {
    let here = in_line(LINE);
    let before = some(0..12, here);
    let raised =
        |upto: usize| before.iter().enumerate().map(move |(n, r)| Reading { value: r.value + if n < upto { 50.0 } else { 0.0 }, ..*r });
    let first = published(&before);
    let second = first.publish(&raised(6).collect::<Vec<_>>(), at(2));
    assert_eq!(second.table().publication(), 2);
    // five go back, the sixth has news: first and third table would differ by the sixth alone
    let mut back = before.clone();
    back[5].value = 500.0;
    assert_eq!(second.publish(&back, at(3)).table(), second.table());
}

#[test]
fn the_next_period_prefers_what_was_shown() {
    let places: Vec<Place> = [LINE, OTHER_LINE].map(in_line).to_vec();
    let none = Place::default();
    // together with those of no line, either could be shown and not both
    let first = published(&[some(0..8, places[0]), some(10..17, places[1]), some(20..22, none)].concat());
    assert!(first.table().row(line(places[0])).is_ok() && first.table().row(line(places[1])) == Err(Withheld::Protected));
    let grown = [some(0..8, places[0]), some(10..19, places[1]), some(20..22, none)].concat();
    assert!(first.following().publish(&grown, at(9)).table().row(line(places[0])).is_ok());
    assert!(published(&grown).table().row(line(places[1])).is_ok(), "without a past the larger one is");
}

#[test]
fn a_ledger_outlives_a_restart() {
    let ledger = published(&Chance(3).readings(60));
    let kept: Ledger = serde_json::from_str(&serde_json::to_string(&ledger).unwrap()).unwrap();
    assert_eq!(kept, ledger);
    assert!(serde_json::from_str::<Group>(r#"{"country":"KE"}"#).is_err(), "no other filter exists");
}
