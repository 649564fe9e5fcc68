//! Twelve quarters of made-up readings for the first demo providers, from a rule and a seed: said to be fictional.

use super::wear;
use crate::standard::in_force;
use crate::state::new_id;
use kazi_core::Instant;
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{Audience, Document, Figure, NewReading, Part, ReportingPeriod, Stated};
use kazi_core::money::Money;
use kazi_core::rating::RatingDisplay;
use kazi_core::standard::{Answer, Dimension, MetricValue};
use kazi_store::{Db, StoreError, StoreResult, metrics, rating};

/// Twelve to show, and the five before that the first of them is compared with.
const QUARTERS: usize = 17;

/// What a made-up provider has in its n-th quarter.
struct Quarter {
    people: f64,
    impact: f64,
    women: f64,
    hired: f64,
    left: f64,
}

fn quarter(provider: u64, n: usize) -> Quarter {
    // Providers of different sizes that grow by one to four per cent a quarter, each with a wobble of its own.
    let wobble = |of: u64| ((provider * 31 + n as u64 * 17 + of * 7) % 11) as f64 / 10.0 - 0.5;
    let people = ((60.0 + (provider % 5) as f64 * 45.0) * 1.025f64.powi(n as i32) + wobble(1) * 4.0).round();
    let impact = (people * (0.42 + (provider % 4) as f64 * 0.08) + wobble(2) * 3.0).round();
    let women = (impact * (0.5 + wobble(3) * 0.1)).round();
    Quarter {
        people,
        impact,
        women,
        hired: (people * 0.06 + wobble(4) * 2.0).round().max(0.0),
        left: (people * 0.04 + wobble(5) * 2.0).round().max(0.0),
    }
}

fn figures(provider: u64, n: usize, currency: &str) -> Vec<(&'static str, MetricValue, Vec<Part>)> {
    let q = quarter(provider, n);
    let number = MetricValue::Number;
    let money = |minor: i64| match currency.parse() {
        Ok(currency) => MetricValue::Money(Money { minor, currency }),
        Err(_) => MetricValue::Number(minor as f64),
    };
    let part = |code: &str, n: f64| Part { by: Dimension::Gender, code: code.into(), answer: Answer::Value(number(n)) };
    let year = (n / 4) as f64;
    let minimum = 1_500_000 + 60_000 * year as i64;
    let genders = vec![part("women", q.women), part("men", q.impact - q.women)];
    vec![
        ("target_groups_declared", MetricValue::YesNo(true), vec![]),
        ("permanent_employees", number(q.people), vec![]),
        ("impact_workers", number(q.impact), genders),
        ("impact_workers_hired", number(q.hired), vec![]),
        ("fair_hiring_policy", MetricValue::YesNo(n > 3), vec![]),
        ("departures_voluntary", number((q.left * 0.7).round()), vec![]),
        ("departures_involuntary", number((q.left * 0.3).round()), vec![]),
        ("written_contract_share", number((0.9 + year * 0.02).min(1.0)), vec![]),
        ("grievance_system", MetricValue::YesNo(true), vec![]),
        ("living_wage_earners", number((q.people * (0.6 + year * 0.05)).round()), vec![]),
        ("lowest_wage", money(minimum + 300_000), vec![]),
        ("legal_minimum_wage", money(minimum), vec![]),
        ("gender_wage_equity", number(0.88 + year * 0.02), vec![]),
        ("training_hours", number((q.people * (5.0 + year)).round()), vec![]),
        ("employees_promoted", number((q.people * 0.02).round()), vec![]),
        ("managers_from_impact_work", number(0.15 + year * 0.03), vec![]),
        ("community_hours", number((q.people * 0.8).round()), vec![]),
        ("quality_met_share", number(0.94 + year * 0.01), vec![]),
        ("on_time_share", number(0.93 + year * 0.01), vec![]),
        ("client_retention_share", number(0.85), vec![]),
    ]
}

/// Enters them for the `provider`-th demo provider, and shows its rating to everyone.
pub fn create_readings(db: &mut Db, at: Instant, provider: u64, organisation: OrganisationId) -> StoreResult<()> {
    let quarters = std::iter::successors(ReportingPeriod::quarter_of(at.day()).and_then(|now| now.previous()), |q| q.previous());
    let mut quarters: Vec<ReportingPeriod> = quarters.take(QUARTERS).collect();
    quarters.reverse();
    for (n, period) in quarters.into_iter().enumerate() {
        for (metric, value, parts) in figures(provider, n, "KES") {
            let documents = if metric == "permanent_employees" || metric == "lowest_wage" {
                vec![Document { title: "Payroll register (fictional)".into(), address: None, dated: period.last_day() }]
            } else {
                vec![]
            };
            let stated = Stated { answer: Answer::Value(value), parts, method: None, documents, audience: Audience::Partners };
            let metric = metric.parse().map_err(|e| StoreError::Row(format!("{e}")))?;
            let new = NewReading { organisation, figure: Figure { metric, period, site: None }, stated };
            metrics::create(db, at, None, new_id(), in_force().version, &new, wear(at))?;
        }
    }
    let display =
        RatingDisplay { audience: Audience::Everyone, reply: Some("These figures are fictional; they show how a rating reads.".into()) };
    rating::show(db, at, None, organisation, 0, &display)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kazi_core::metrics::{Surroundings, check, metric_of};

    #[test]
    fn the_demo_readings_are_allowed() {
        let around = Surroundings { standard: in_force(), sites: &[], today: "2027-01-01".parse().unwrap() };
        for (provider, n) in (0..8).flat_map(|provider| (0..QUARTERS).map(move |n| (provider, n))) {
            for (metric, value, parts) in figures(provider, n, "KES") {
                let figure = Figure { metric: metric.parse().unwrap(), period: "2026-Q3".parse().unwrap(), site: None };
                let stated = Stated { answer: Answer::Value(value), parts, method: None, documents: vec![], audience: Audience::Partners };
                check(around, metric_of(around, &figure, "").unwrap(), &stated, "").unwrap_or_else(|e| panic!("{metric} {n}: {e:?}"));
            }
        }
    }
}
