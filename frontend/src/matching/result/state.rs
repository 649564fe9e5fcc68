//! What the match page knows: the server's ranking with its reasons, and all candidates' values, which
//! `kazi_core` orders anew here whenever a weight moves. No request is made for that.

use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::*;
use leptos::prelude::*;
use std::collections::HashMap;

/// At most so many are compared side by side.
pub const COMPARED: usize = 4;
/// With more candidates the intervals would take too long at every move of a slider.
const SENSITIVITY_ROWS: usize = 20_000;

#[derive(Clone, Copy)]
pub struct Match {
    pub need: StoredValue<Need>,
    pub ranking: StoredValue<Ranking>,
    matrix: StoredValue<CandidateMatrix>,
    detailed: StoredValue<HashMap<OrganisationId, usize>>,
    pub weights: RwSignal<Weights>,
    pub places: Memo<Vec<Place>>,
    pub sensitivity: Memo<Vec<Sensitivity>>,
    /// The shortlist: compared, and written to.
    pub chosen: RwSignal<Vec<OrganisationId>>,
    names: StoredValue<HashMap<OrganisationId, MatchedOrganisation>>,
}

impl Match {
    pub fn new(need: Need, list: MatchList, values: MatchMatrix) -> Self {
        let MatchList { ranking, organisations } = list;
        let matrix = values.matrix;
        let names = values.organisations.into_iter().chain(organisations).map(|o| (o.id, o)).collect();
        let weights = RwSignal::new(ranking.weights);
        let detailed = ranking.ranked.iter().enumerate().map(|(at, r)| (r.organisation, at)).collect();
        let matrix = StoredValue::new(matrix);
        let places = Memo::new(move |_| matrix.with_value(|m| m.rank(&weights.get()).unwrap_or_default()));
        let intervals = move |_: Option<&Vec<Sensitivity>>| {
            let weights = weights.get();
            matrix.with_value(
                |m| if m.organisations.len() > SENSITIVITY_ROWS { vec![] } else { sensitivity(m, &weights).unwrap_or_default() },
            )
        };
        Self {
            need: StoredValue::new(need),
            ranking: StoredValue::new(ranking),
            matrix,
            detailed: StoredValue::new(detailed),
            weights,
            places,
            sensitivity: Memo::new(intervals),
            chosen: RwSignal::new(vec![]),
            names: StoredValue::new(names),
        }
    }

    pub fn name(self, id: OrganisationId) -> Option<MatchedOrganisation> {
        self.names.with_value(|all| all.get(&id).cloned())
    }
    pub fn need_id(self) -> NeedId {
        self.need.with_value(|n| n.id)
    }
    pub fn currency(self) -> Option<kazi_core::codes::Currency> {
        self.need.with_value(|n| n.wanted.budget_per_hour.map(|b| b.currency))
    }
    pub fn asked(self) -> Vec<Criterion> {
        self.matrix.with_value(|m| m.asked.clone())
    }
    pub fn organisation(self, row: usize) -> OrganisationId {
        self.matrix.with_value(|m| m.organisations[row])
    }

    /// One candidate with its parts under the weights in force; facts where the server sent them.
    pub fn parts(self, row: usize) -> Vec<Part> {
        let weights = self.weights.get();
        self.matrix.with_value(|m| {
            let mut values = Values::default();
            values.copy_from_slice(&m.values[row * CRITERIA..(row + 1) * CRITERIA]);
            let Ok(shares) = weights.over(m.asked()) else { return vec![] };
            let known = self.detailed.with_value(|d| d.get(&m.organisations[row]).copied());
            let part = |criterion: Criterion| {
                let sent = known.and_then(|at| {
                    self.ranking
                        .with_value(|r| r.ranked[at].parts.iter().find(|p| p.criterion == criterion).map(|p| (p.unknown, p.facts.clone())))
                });
                let (unknown, facts) = sent.unwrap_or_default();
                Part {
                    criterion,
                    value: values[criterion.ordinal()],
                    unknown,
                    weight: shares.get(criterion) as f32,
                    contribution: contribution(&values, &shares, criterion),
                    facts,
                }
            };
            m.asked.iter().copied().map(part).collect()
        })
    }
    pub fn unconfirmed(self, id: OrganisationId) -> Vec<Constraint> {
        let known = self.detailed.with_value(|d| d.get(&id).copied());
        known.map(|at| self.ranking.with_value(|r| r.ranked[at].unconfirmed.clone())).unwrap_or_default()
    }
    pub fn row_of(self, id: OrganisationId) -> Option<usize> {
        self.matrix.with_value(|m| m.organisations.iter().position(|o| *o == id))
    }

    pub fn toggle(self, id: OrganisationId) {
        self.chosen.update(|all| match all.iter().position(|o| *o == id) {
            Some(at) => {
                all.remove(at);
            }
            None if all.len() < COMPARED => all.push(id),
            None => {}
        });
    }
}
