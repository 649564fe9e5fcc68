//! What the rules of this room promise of whole standards.

mod check;
mod derive;
mod difference;
mod first;
#[cfg(feature = "openapi")]
mod schemas;

use super::*;

fn text(said: &str) -> Text {
    Text { en: said.into(), fr: said.into() }
}
fn code(code: &str) -> MetricCode {
    code.parse().unwrap()
}

/// A count of people, neutral and worth no points.
fn count(name: &str) -> Metric {
    Metric {
        code: code(name),
        pillar: Pillar::TargetedGroups,
        name: text(name),
        definition: text("What is counted."),
        kind: MetricKind::Count,
        unit: "people".parse().unwrap(),
        direction: Direction::Higher,
        timing: Timing::AtEnd,
        tier: Tier::Basic,
        formula: None,
        options: vec![],
        by: vec![],
        usage: text("How to gather it."),
        crosswalk: vec![],
        scoring: None,
        change: Change::New,
    }
}

fn derived(name: &str, kind: MetricKind, unit: &str, formula: &str) -> Metric {
    Metric { kind, unit: unit.parse().unwrap(), formula: Some(formula.parse().unwrap()), ..count(name) }
}

/// These metrics and, in each pillar, a policy that is worth points.
fn standard(metrics: impl IntoIterator<Item = Metric>) -> Standard {
    let policies = Pillar::ALL.iter().map(|pillar| Metric {
        pillar: *pillar,
        kind: MetricKind::YesNo,
        unit: Unit::ONE,
        scoring: Some(Scoring { weight: 50, thresholds: None, rationale: text("Our proposal.") }),
        ..count(&format!("policy_on_{pillar}"))
    });
    Standard {
        version: 1,
        adopted: chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        decay: EvidenceDecay { documented: 24, third_party_audited: 24, worker_corroborated: 18, outcome_verified: 36 },
        decay_rationale: text("Our proposal."),
        metrics: metrics.into_iter().chain(policies).collect(),
    }
}
