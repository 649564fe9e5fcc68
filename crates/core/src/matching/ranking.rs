//! What a match answers with: the ranked, the reasons, the near misses. Codes and numbers, no sentences:
//! the words are the reader's language's.

use super::evidence::evidence_paths;
use super::{Constraint, Criterion, Sensitivity, Shares, Shortfall, Terms, Weights};
use crate::codes::code_list;
use crate::directory::Provenance;
use crate::ids::{OfferId, OrganisationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_list! {
    /// Why a value is unknown.
    pub enum Unknown: "a reason: not_stated, other_currency, level_not_stated or not_measured" {
        NotStated = "not_stated",
        /// The price is in another currency than the budget; no exchange rate is made up.
        OtherCurrency = "other_currency",
        /// The language is there, how well is not said.
        LevelNotStated = "level_not_stated",
        /// The platform has seen too little, such as no inquiry yet.
        NotMeasured = "not_measured",
    }
}

/// A fact that a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactUsed {
    /// Its path in the profile, such as `offers/{id}/price_per_hour`.
    pub path: String,
    /// As it stands in the profile.
    pub stated: serde_json::Value,
    /// Who said it, when, how well backed.
    pub provenance: Option<Provenance>,
}

/// One criterion of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Part {
    pub criterion: Criterion,
    /// 0 to 1; absent is unknown.
    pub value: Option<f32>,
    /// Why there is no value.
    pub unknown: Option<Unknown>,
    /// Share of 1 among the criteria asked for.
    pub weight: f32,
    /// Points of the score: 100 × weight × value. They add up to the score.
    pub contribution: f32,
    /// What it comes from; empty where the platform measured it or nothing is stated.
    pub facts: Vec<FactUsed>,
}

/// One candidate with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ranked {
    pub organisation: OrganisationId,
    /// The offer that fits best; absent where the organisation states none.
    pub offer: Option<OfferId>,
    /// 0 to 100, an unknown counting as 0.
    pub score: f32,
    /// What the score could reach once everything unknown is stated, at best; the evidence as it stands.
    pub ceiling: f32,
    /// Hard constraints that nobody has confirmed, because the fact is not stated.
    pub unconfirmed: Vec<Constraint>,
    /// One a criterion that the need asks for.
    pub parts: Vec<Part>,
}

/// One candidate that fails hard constraints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearMiss {
    /// Which constraints, and by how much.
    pub shortfalls: Vec<Shortfall>,
    pub candidate: Ranked,
}

/// The answer to a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ranking {
    pub method_version: String,
    /// The criteria that the need asks for.
    pub asked: Vec<Criterion>,
    /// The weights as they were given; each part bears the share that it comes to.
    pub weights: Weights,
    /// Best first; an organisation once.
    pub ranked: Vec<Ranked>,
    /// Organisations that fail no hard constraint.
    pub total_passing: u32,
    /// Fewest failures first, then best score.
    pub near_misses: Vec<NearMiss>,
    /// In which weights the first place stays first, among the ranked ones.
    pub sensitivity: Vec<Sensitivity>,
}

impl Ranked {
    pub fn values(&self) -> super::Values {
        let mut values = super::Values::default();
        for p in &self.parts {
            values[p.criterion.ordinal()] = p.value;
        }
        values
    }

    /// The same under other weights: the values stay, what they bring changes.
    pub fn weigh(&mut self, shares: &Shares) {
        let values = self.values();
        (self.score, self.ceiling) = super::score(&values, shares);
        for part in &mut self.parts {
            part.weight = shares.get(part.criterion) as f32;
            part.contribution = super::contribution(&values, shares, part.criterion);
        }
    }

    /// Adds the facts behind each value: `facts` is `directory::facts` of the organisation's profile.
    pub fn add_facts(&mut self, terms: &Terms, facts: &BTreeMap<String, serde_json::Value>, provenance: &BTreeMap<String, Provenance>) {
        for part in &mut self.parts {
            part.facts = fact_paths(part.criterion, terms, self.offer, facts)
                .into_iter()
                .filter_map(|path| Some(FactUsed { stated: facts.get(&path)?.clone(), provenance: provenance.get(&path).cloned(), path }))
                .collect();
        }
    }
}

/// Near misses under other weights: fewest failures first, then best score.
pub fn weigh_near_misses(near: &mut [NearMiss], shares: &Shares) {
    near.iter_mut().for_each(|n| n.candidate.weigh(shares));
    near.sort_by(|a, b| {
        let score = |n: &NearMiss| (n.candidate.score, n.candidate.organisation);
        a.shortfalls.len().cmp(&b.shortfalls.len()).then(super::order(score(a), score(b)))
    });
}

fn fact_paths(criterion: Criterion, terms: &Terms, offer: Option<OfferId>, facts: &BTreeMap<String, serde_json::Value>) -> Vec<String> {
    let of_offer = |fields: &[&str]| match offer {
        Some(id) => fields.iter().map(|f| format!("offers/{id}/{f}")).collect(),
        None => vec![],
    };
    match criterion {
        Criterion::ServiceFit => of_offer(&["service_line"]),
        Criterion::Skills => of_offer(&["skills"]),
        Criterion::Languages => {
            let own = of_offer(&["languages"]);
            if own.iter().any(|p| facts.contains_key(p)) { own } else { vec!["languages".into()] }
        }
        Criterion::Capacity => of_offer(&["available_fte"]),
        Criterion::Price => of_offer(&["price_per_hour"]),
        Criterion::TimeOverlap => of_offer(&["hours"]),
        Criterion::Start => of_offer(&["available_from", "ramp_up_weeks"]),
        Criterion::Certificates => facts.keys().filter(|p| p.starts_with("certificates/")).cloned().collect(),
        Criterion::ImpactShare => vec!["workforce/impact_share".into()],
        Criterion::TargetGroup => vec!["workforce/target_groups".into()],
        Criterion::Evidence => evidence_paths(terms, offer, |path| facts.contains_key(path)),
        Criterion::Responsiveness => vec![],
    }
}
