use super::*;
use crate::Instant;
use crate::ids::SiteId;
use crate::problem::Refusal;
use crate::standard::{Answer, Dimension, MetricCode, MetricValue, Outcome, ReadingGrade, first};
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

fn period(text: &str) -> ReportingPeriod {
    text.parse().unwrap()
}
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
fn code(text: &str) -> MetricCode {
    text.parse().unwrap()
}
fn people(n: f64) -> Answer<MetricValue> {
    Answer::Value(MetricValue::Number(n))
}
fn stated(answer: Answer<MetricValue>) -> Stated {
    Stated { answer, parts: vec![], method: None, documents: vec![], audience: Audience::Organisation }
}
fn figure(metric: &str, of: &str) -> Figure {
    Figure { metric: code(metric), period: period(of), site: None }
}
fn reading(metric: &str, of: &str, answer: Answer<MetricValue>) -> Reading {
    let id = Uuid::from_u128(
        format!("{metric} {of}").bytes().fold(7, |hash: u128, b| hash.wrapping_mul(0x0001_0000_01b3).wrapping_add(u128::from(b))),
    );
    let new = NewReading { organisation: Uuid::from_u128(1).into(), figure: figure(metric, of), stated: stated(answer) };
    Reading { id: id.into(), ..Reading::tried(&new, 1, Instant::from_micros(0)) }
}
fn around(sites: &[SiteId]) -> Surroundings<'_> {
    Surroundings { standard: first(), sites, today: day("2026-11-27") }
}
fn refused(metric: &str, stated: &Stated) -> Vec<String> {
    let check = check(around(&[]), first().metric(&code(metric)).unwrap(), stated, "/stated");
    check.err().map(|r: Refusal| r.errors.into_iter().map(|e| format!("{} {}", e.pointer, e.code)).collect()).unwrap_or_default()
}
fn part(by: Dimension, code: &str, n: f64) -> Part {
    Part { by, code: code.into(), answer: people(n) }
}

#[test]
fn a_figure_is_of_a_reported_metric_and_a_period_that_is_over() {
    let site: SiteId = Uuid::from_u128(7).into();
    let why = |figure: &Figure| metric_of(around(&[site]), figure, "/figure").err().map(|e| format!("{} {}", e.pointer, e.code));
    assert_eq!(why(&figure("permanent_employees", "2026-Q3")), None);
    assert_eq!(why(&figure("permanent_employees", "2026-Q4")), Some("/figure/period range".into()));
    assert_eq!(why(&figure("impact_worker_share", "2026-Q3")), Some("/figure/metric conflict".into()));
    assert_eq!(why(&figure("happiness", "2026-Q3")), Some("/figure/metric unknown".into()));
    let at = |site| Figure { site: Some(site), ..figure("permanent_employees", "2026-Q3") };
    assert_eq!((why(&at(site)), why(&at(Uuid::from_u128(8).into()))), (None, Some("/figure/site unknown".into())));
    let yes_no = Figure { site: Some(site), ..figure("fair_hiring_policy", "2026-Q3") };
    assert_eq!(why(&yes_no), Some("/figure/site conflict".into()));
}

#[test]
fn parts_are_of_the_metrics_lists_and_not_above_the_whole() {
    let with = |parts: Vec<Part>| Stated { parts, ..stated(people(100.0)) };
    use Dimension::{AgeBand, Gender, TargetGroup};
    assert!(refused("impact_workers", &with(vec![part(Gender, "women", 60.0), part(Gender, "men", 40.0)])).is_empty());
    assert_eq!(refused("impact_workers", &with(vec![part(Gender, "women", 60.0), part(Gender, "men", 41.0)])), ["/stated/parts conflict"]);
    // Somebody may belong to two target groups.
    assert!(refused("impact_workers", &with(vec![part(TargetGroup, "youth", 90.0), part(TargetGroup, "women", 60.0)])).is_empty());
    assert_eq!(refused("impact_workers", &with(vec![part(TargetGroup, "youth", 101.0)])), ["/stated/parts conflict"]);
    assert_eq!(refused("impact_workers", &with(vec![part(AgeBand, "young", 1.0)])), ["/stated/parts/0/code unknown"]);
    let twice = with(vec![part(Gender, "women", 1.0), part(Gender, "women", 1.0)]);
    assert_eq!(refused("impact_workers", &twice), ["/stated/parts/1/code conflict"]);
    assert_eq!(refused("permanent_employees", &stated(people(1.5))), ["/stated/answer/value format"]);
    assert_eq!(refused("permanent_employees", &stated(people(-1.0))), ["/stated/answer/value range"]);
    assert!(refused("permanent_employees", &stated(Answer::Withheld)).is_empty());
}

#[test]
fn a_jump_is_asked_about_and_not_refused() {
    let metric = first().metric(&code("permanent_employees")).unwrap();
    let asked = |now: f64, before: f64| {
        let others = [(figure("permanent_employees", "2026-Q2"), MetricValue::Number(before))];
        doubts(metric, &figure("permanent_employees", "2026-Q3"), &stated(people(now)), &others).iter().map(|d| d.doubt).collect::<Vec<_>>()
    };
    assert_eq!((asked(100.0, 49.0), asked(49.0, 100.0)), (vec![Doubt::Jump], vec![Doubt::Jump]));
    assert!(asked(100.0, 50.0).is_empty() && asked(6.0, 2.0).is_empty());
    let hired = first().metric(&code("impact_workers_hired")).unwrap();
    let year = [(figure("impact_workers_hired", "2025"), MetricValue::Number(10.0))];
    let doubts = doubts(hired, &figure("impact_workers_hired", "2025-Q2"), &stated(people(11.0)), &year);
    assert_eq!(doubts[0].doubt, Doubt::AboveYear);
}

#[test]
fn derived_figures_follow_from_what_was_reported_and_unknown_stays_unknown() {
    let mut readings = vec![reading("impact_workers", "2026-Q3", people(30.0)), reading("permanent_employees", "2026-Q3", people(120.0))];
    let rows = figures(first(), &readings, period("2026-Q3"), None);
    let row = |rows: &[FigureRow], metric: &str| rows.iter().find(|r| r.metric == code(metric)).unwrap().clone();
    let share = row(&rows, "impact_worker_share");
    assert_eq!(share.outcome, Outcome::Value(MetricValue::Number(0.25)));
    assert_eq!((share.rests_on.len(), share.grade, share.step.is_some()), (2, Some(ReadingGrade::SelfDeclared), true));
    assert_eq!(row(&rows, "turnover_rate").outcome, Outcome::Unknown);
    readings.remove(1);
    assert_eq!(row(&figures(first(), &readings, period("2026-Q3"), None), "impact_worker_share").outcome, Outcome::Unknown);
}

#[test]
fn a_year_is_put_together_from_its_quarters() {
    let mut readings = vec![];
    for (n, quarter) in ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"].into_iter().enumerate() {
        readings.push(reading("impact_workers_hired", quarter, people(n as f64 + 1.0)));
        readings.push(reading("permanent_employees", quarter, people(100.0 + n as f64)));
    }
    let year = |readings: &[Reading], metric: &str| {
        figures_of_year_to(first(), readings, period("2026-Q3")).into_iter().find(|r| r.metric == code(metric)).unwrap()
    };
    let hired = year(&readings, "impact_workers_hired");
    assert_eq!((hired.outcome, hired.from_quarters, hired.rests_on.len()), (Outcome::Value(MetricValue::Number(10.0)), true, 4));
    assert_eq!(year(&readings, "permanent_employees").outcome, Outcome::Value(MetricValue::Number(103.0)));
    readings.remove(0);
    assert_eq!(year(&readings, "impact_workers_hired").outcome, Outcome::Unknown, "three quarters are no year");
    assert_eq!(periods_of_year_to(period("2026-Q4")).len(), 10, "two years and their quarters");
}

#[test]
fn figures_are_expected_forty_five_days_after_their_period() {
    assert_eq!((due_on(period("2026-Q3")), due_on(period("2025"))), (day("2026-11-14"), day("2026-02-14")));
}

#[test]
fn what_a_provider_does_not_show_is_missing_also_below_a_formula() {
    let mut readings = vec![reading("impact_workers", "2026-Q3", people(30.0)), reading("permanent_employees", "2026-Q3", people(120.0))];
    readings[1].stated.audience = Audience::Partners;
    let seen = |audiences: &[Audience], metric: &str| {
        let figures = compared(first(), readings.clone(), period("2026-Q3"), audiences);
        figures.into_iter().find(|f| f.metric == code(metric)).unwrap().outcome
    };
    let partners = [Audience::Partners, Audience::Everyone];
    assert_eq!(seen(&[], "impact_worker_share"), Outcome::Value(MetricValue::Number(0.25)));
    assert_eq!(seen(&partners, "permanent_employees"), Outcome::Value(MetricValue::Number(120.0)));
    assert_eq!((seen(&partners, "impact_workers"), seen(&partners, "impact_worker_share")), (Outcome::Unknown, Outcome::Unknown));
    assert_eq!(seen(&[Audience::Everyone], "permanent_employees"), Outcome::Unknown);
}

#[test]
fn others_learn_nothing_about_fewer_than_five() {
    let shown = |whole: f64, women: f64, men: Option<f64>| {
        let mut r = reading("impact_workers", "2026-Q3", people(whole));
        r.stated.parts =
            [Some(("women", women)), men.map(|m| ("men", m))].into_iter().flatten().map(|(c, n)| part(Dimension::Gender, c, n)).collect();
        let seen = r.to_others(first().metric(&code("impact_workers")).unwrap());
        (seen.stated.answer != Answer::Withheld, seen.stated.parts.iter().all(|p| p.answer != Answer::Withheld))
    };
    assert_eq!(shown(100.0, 60.0, Some(40.0)), (true, true));
    assert_eq!(shown(100.0, 97.0, Some(3.0)), (true, false));
    assert_eq!(shown(100.0, 97.0, None), (true, false), "the rest would be told by the whole");
    assert_eq!(shown(4.0, 4.0, None), (false, false));
    assert_eq!(shown(0.0, 0.0, None), (true, true));
}

#[test]
fn a_grade_wears_off_by_whole_months() {
    let decay = first().decay;
    let on = |today: &str| worn_off(decay, ReadingGrade::Documented, day("2024-03-15"), day(today));
    assert_eq!((on("2026-03-14"), on("2026-03-15")), (ReadingGrade::Documented, ReadingGrade::SelfDeclared));
    assert_eq!(on("2020-01-01"), ReadingGrade::Documented, "a day in the future wears nothing off");
}

#[test]
fn a_row_of_the_template_names_the_wrong_cell() {
    let header = template_columns();
    let metric = first().metric(&code("permanent_employees")).unwrap();
    let mut cells = template_row(metric, "Permanent employees", period("2026-Q3"), None, None, None);
    assert_eq!(read_template_row(first(), &header, &cells), Ok(None), "an empty row says nothing");
    let at = |column: &str| header.iter().position(|c| c == column).unwrap();
    cells[at("value")] = "1,200".into();
    cells[at("gender:women")] = "many".into();
    let errors = read_template_row(first(), &header, &cells).unwrap_err();
    assert_eq!(errors.iter().map(|e| e.pointer.as_str()).collect::<Vec<_>>(), ["value", "gender:women"]);
    cells[at("value")] = "1200".into();
    cells[at("gender:women")] = "700".into();
    let read = read_template_row(first(), &header, &cells).unwrap().unwrap();
    assert_eq!(read.stated.answer, people(1200.0));
    assert_eq!(read.stated.parts, [part(Dimension::Gender, "women", 700.0)]);
}

#[test]
fn cells_are_read_as_people_write_them() {
    let read = |metric: &str, text: &str, currency: Option<&str>| {
        read_value(first().metric(&code(metric)).unwrap(), text, currency.map(|c| c.parse().unwrap()))
    };
    assert_eq!(read("quality_met_share", "97.5%", None), Ok(MetricValue::Number(0.975)));
    assert_eq!(read("fair_hiring_policy", "Oui", None), Ok(MetricValue::YesNo(true)));
    assert!(read("lowest_wage", "15000.50", None).unwrap_err().contains("currency"));
    assert_eq!(
        read("lowest_wage", "15000.50", Some("KES")),
        Ok(MetricValue::Money(crate::money::Money { minor: 1_500_050, currency: "KES".parse().unwrap() }))
    );
    assert!(read("lowest_wage", "0.5", Some("JPY")).is_err());
    for bad in ["nan", "inf", "1e999", "12 people", "1,5"] {
        assert!(read("permanent_employees", bad, None).is_err(), "{bad}");
    }
}

proptest! {
    /// What stands in a downloaded table is read back as what stands in the database.
    #[test]
    fn a_filled_row_reads_back(whole in 0u32..1_000_000, women in 0u32..1000, money in 0i64..1_000_000_000, documented: bool, said in 0usize..4) {
        let documents = if documented { vec![Document { title: "Payroll".into(), address: None, dated: day("2026-09-30") }] } else { vec![] };
        let answer = |value: MetricValue| [Answer::Value(value), Answer::Unknown, Answer::NotApplicable, Answer::Withheld][said].clone();
        for (metric, value) in [
            ("permanent_employees", MetricValue::Number(f64::from(whole))),
            ("lowest_wage", MetricValue::Money(crate::money::Money { minor: money, currency: "KES".parse().unwrap() })),
            ("fair_hiring_policy", MetricValue::YesNo(documented)),
        ] {
            let mut given = reading(metric, "2026-Q3", answer(value));
            given.stated.documents = documents.clone();
            given.stated.method = Some("By payroll".into());
            if metric == "permanent_employees" {
                given.stated.parts = vec![part(Dimension::Gender, "women", f64::from(women))];
            }
            let metric = first().metric(&given.figure.metric).unwrap();
            let cells = template_row(metric, "x", given.figure.period, None, Some(&given), None);
            let read = read_template_row(first(), &template_columns(), &cells).unwrap().unwrap();
            prop_assert_eq!(read.stated, given.stated);
            prop_assert_eq!(read.figure, given.figure);
        }
    }
}
