//! Lays what a row states over a listing.

use super::ImportRow;
use crate::codes::ServiceLine;
use crate::directory::{Certificate, Offer, Profile, Provenance, SaidBy};
use crate::ids::OfferId;
use std::collections::BTreeMap;

/// How far a row may change a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Whatever a list said before.
    ListsWord,
    /// Only what is unknown: the row speaks of a listing that was merged into this one.
    Gaps,
}

/// Whether both say the same, in whatever order.
fn same<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.contains(x))
}

impl ImportRow {
    /// The profile that results when the list speaks: what others than a list said stays.
    pub fn onto(
        &self,
        before: &Profile,
        known: &BTreeMap<String, Provenance>,
        reach: Reach,
        mut new_id: impl FnMut() -> OfferId,
    ) -> Profile {
        let may = |path: &str, unknown: bool| match reach {
            Reach::Gaps => unknown,
            Reach::ListsWord => known.get(path).is_none_or(|p| p.by == SaidBy::List),
        };
        let mut after = before.clone();
        macro_rules! overlay {
            ($($part:ident).+ as $path:literal: $empty:ident) => {
                if !self.stated.$($part).+.$empty() && may($path, before.$($part).+.$empty()) {
                    after.$($part).+ = self.stated.$($part).+.clone();
                }
            };
        }
        overlay!(name as "name": is_empty);
        overlay!(summary as "summary": is_none);
        overlay!(website as "website": is_none);
        overlay!(country as "country": is_none);
        overlay!(city as "city": is_none);
        overlay!(founded as "founded": is_none);
        overlay!(headcount as "headcount": is_none);
        overlay!(headcount_year as "headcount_year": is_none);
        overlay!(workforce.impact_share as "workforce/impact_share": is_none);
        overlay!(workforce.definition as "workforce/definition": is_none);
        overlay!(workforce.definition_source as "workforce/definition_source": is_none);
        // A list in another order says nothing new.
        macro_rules! overlay_list {
            ($($part:ident).+ as $path:literal, $stated:expr) => {{
                let stated = $stated;
                let unknown = before.$($part).+.is_empty();
                if !stated.is_empty() && may($path, unknown) && !same(&stated, &before.$($part).+) {
                    after.$($part).+ = stated;
                }
            }};
        }
        overlay_list!(other_names as "other_names", self.stated.other_names.clone());
        overlay_list!(kinds as "kinds", self.stated.kinds.clone());
        overlay_list!(workforce.target_groups as "workforce/target_groups", self.stated.workforce.target_groups.clone());
        // What a site or an offer says already need not be said of the whole.
        let delivery = self
            .stated
            .delivery_countries
            .iter()
            .filter(|c| before.delivery_countries.contains(c) || !before.sites.iter().any(|s| s.country == **c));
        overlay_list!(delivery_countries as "delivery_countries", delivery.copied().collect::<Vec<_>>());
        let spoken = self.stated.languages.iter().filter(|l| {
            before.languages.contains(l) || !before.offers.iter().any(|o| o.languages.iter().any(|skill| skill.language == **l))
        });
        overlay_list!(languages as "languages", spoken.cloned().collect::<Vec<_>>());
        if !self.services.is_empty() && (reach == Reach::ListsWord || before.offers.is_empty()) {
            let listed_only = |offer: &Offer| may(&format!("offers/{}/service_line", offer.id), false);
            after.offers.retain(|o| self.services.contains(&o.service_line) || !listed_only(o));
            for line in &self.services {
                if !after.offers.iter().any(|o| o.service_line == *line) {
                    after.offers.push(Offer::of(new_id(), *line));
                }
            }
        }
        if !self.certificates.is_empty() && (reach == Reach::ListsWord || before.certificates.is_empty()) {
            let listed_only = |held: &Certificate| may(&format!("certificates/{}/kind", held.kind), false);
            after.certificates.retain(|c| self.certificates.contains(&c.kind) || !listed_only(c));
            for kind in &self.certificates {
                if !after.certificates.iter().any(|c| c.kind == *kind) {
                    after.certificates.push(Certificate { kind: *kind, issuer: None, number: None, expires_on: None });
                }
            }
        }
        after
    }
}

impl Offer {
    /// An offer of which only the service line is known.
    pub fn of(id: OfferId, service_line: ServiceLine) -> Self {
        Self {
            id,
            service_line,
            skills: vec![],
            languages: vec![],
            capacity_fte: None,
            available_fte: None,
            available_from: None,
            price_per_hour: None,
            hours: None,
            minimum_fte: None,
            ramp_up_weeks: None,
        }
    }
}
