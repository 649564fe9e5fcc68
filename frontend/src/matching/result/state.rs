//! What the match page knows: the server's ranking with its reasons, and all offers' values, which `kazi_core`
//! orders anew here whenever a weight moves. No request is made for that.

use super::shortlist::Shortlist;
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::*;
use leptos::prelude::*;
use std::collections::HashMap;
use std::time::Duration;

/// With more candidates the intervals would take too long at every move of a slider.
const SENSITIVITY_ROWS: usize = 20_000;
/// A slider that stands still for so long is where it was meant to be.
const SETTLED: Duration = Duration::from_millis(400);

#[derive(Clone, Copy)]
pub struct Match {
    pub need: StoredValue<Need>,
    pub ranking: StoredValue<Ranking>,
    pub matrix: StoredValue<CandidateMatrix>,
    detailed: StoredValue<HashMap<OrganisationId, usize>>,
    pub weights: RwSignal<Weights>,
    /// The weights once they stand still: what requests are made with.
    pub settled: RwSignal<Weights>,
    pub places: Memo<Vec<Place>>,
    pub sensitivity: Memo<Vec<Sensitivity>>,
    pub shortlist: Shortlist,
    names: RwSignal<HashMap<OrganisationId, MatchedOrganisation>>,
}

impl Match {
    /// `weights` are those that the server was asked with, and move from here.
    pub fn new(need: Need, list: MatchList, values: MatchMatrix, shortlist: Vec<ShortlistEntry>, weights: RwSignal<Weights>) -> Self {
        let MatchList { ranking, organisations } = list;
        let listed = shortlist.iter().map(|entry| entry.organisation.clone()).collect::<Vec<_>>();
        let names = listed.into_iter().chain(values.organisations).chain(organisations).map(|o| (o.id, o)).collect();
        let detailed = ranking.ranked.iter().enumerate().map(|(at, r)| (r.organisation, at)).collect();
        let matrix = StoredValue::new(values.matrix);
        let places = Memo::new(move |_| matrix.with_value(|m| m.rank(&weights.get()).unwrap_or_default()));
        let intervals = move |_: Option<&Vec<Sensitivity>>| {
            let weights = weights.get();
            matrix.with_value(
                |m| if m.organisations.len() > SENSITIVITY_ROWS { vec![] } else { sensitivity(m, &weights).unwrap_or_default() },
            )
        };
        let settled = RwSignal::new(weights.get_untracked());
        Effect::new(move |before: Option<Weights>| {
            let now = weights.get();
            if before.is_some_and(|before| before != now) {
                let settle = move || {
                    if weights.try_get_untracked() == Some(now) {
                        settled.try_set(now);
                    }
                };
                set_timeout(settle, SETTLED);
            }
            now
        });
        Self {
            shortlist: Shortlist::new(need.id, shortlist),
            need: StoredValue::new(need),
            ranking: StoredValue::new(ranking),
            matrix,
            detailed: StoredValue::new(detailed),
            weights,
            settled,
            places,
            sensitivity: Memo::new(intervals),
            names: RwSignal::new(names),
        }
    }

    pub fn name(self, id: OrganisationId) -> Option<MatchedOrganisation> {
        self.names.with(|all| all.get(&id).cloned())
    }
    pub fn learn_names(self, more: Vec<MatchedOrganisation>) {
        self.names.update(|all| all.extend(more.into_iter().map(|o| (o.id, o))));
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
    /// Where an organisation stands now, and by which row.
    pub fn place(self, id: OrganisationId) -> Option<(usize, Place)> {
        self.matrix.with_value(|m| {
            self.places.with(|all| all.iter().enumerate().find(|(_, p)| m.organisations[p.row] == id).map(|(at, place)| (at, *place)))
        })
    }
    /// The row's place in the server's ranking, if its reasons were sent.
    fn sent(self, row: usize) -> Option<usize> {
        let (id, offer) = self.matrix.with_value(|m| (m.organisations[row], m.offers[row]));
        let at = self.detailed.with_value(|d| d.get(&id).copied())?;
        self.ranking.with_value(|r| r.ranked[at].offer == offer).then_some(at)
    }
    /// The facts behind the row's values were sent with the ranking.
    pub fn has_facts(self, row: usize) -> bool {
        self.sent(row).is_some()
    }

    /// One row's parts under the weights in force; facts where the server sent them.
    pub fn parts(self, row: usize) -> Vec<Part> {
        let (weights, sent) = (self.weights.get(), self.sent(row));
        self.matrix.with_value(|m| {
            let here = row * CRITERIA..(row + 1) * CRITERIA;
            let mut values = Values::default();
            values.copy_from_slice(&m.values[here.clone()]);
            let (unknown, Ok(shares)) = (&m.unknown[here], weights.over(m.asked())) else { return vec![] };
            let part = |criterion: Criterion| {
                let facts = sent.and_then(|at| {
                    self.ranking.with_value(|r| r.ranked[at].parts.iter().find(|p| p.criterion == criterion).map(|p| p.facts.clone()))
                });
                Part {
                    criterion,
                    value: values[criterion.ordinal()],
                    unknown: unknown[criterion.ordinal()],
                    weight: shares.get(criterion) as f32,
                    contribution: contribution(&values, &shares, criterion),
                    facts: facts.unwrap_or_default(),
                }
            };
            m.asked.iter().copied().map(part).collect()
        })
    }
    pub fn unconfirmed(self, row: usize) -> Vec<Constraint> {
        self.matrix.with_value(|m| m.unconfirmed[row].clone())
    }
}
