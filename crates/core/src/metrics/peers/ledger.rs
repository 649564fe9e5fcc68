//! What was published of one metric in one period, and what may be published next. A group that is shown stays shown for the
//! period; its figures move only when enough organisations moved. Holds what single organisations said: not for showing.

use super::blocks::{Blocks, Parcel, Step, is_safe, signature};
use super::group::{Group, Level, Place};
use super::safety::MINIMUM;
use super::table::Table;
use crate::Instant;
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A value that an organisation stated of itself in a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    pub organisation: OrganisationId,
    pub place: Place,
    pub value: f64,
}

/// One metric in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    table: Table,
    /// In the order in which they were admitted.
    pub(super) shown: Vec<Group>,
    /// What the period before showed: admitted first, where not all can be.
    preferred: BTreeSet<Group>,
    /// What the groups that are shown hold.
    pub(super) parcels: Vec<Parcel>,
    waiting: usize,
}

type Key = (OrganisationId, Place);

impl Ledger {
    /// The next period's: empty, and with a liking for the groups that this one shows.
    pub fn following(&self) -> Self {
        Self { preferred: self.shown.iter().copied().collect(), ..Self::default() }
    }

    /// What everybody sees.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// How many organisations' news wait until others move too, or the period ends. Not for showing.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Takes all readings of the period as they stand at `at`. What can't be shown without giving somebody away stays as it was.
    /// A value that is not finite is not stated.
    #[must_use]
    pub fn publish(&self, readings: &[Reading], at: Instant) -> Self {
        let publication = self.table.publication + 1;
        let mut stated: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
        for reading in readings.iter().filter(|reading| reading.value.is_finite()) {
            stated.entry((reading.organisation, reading.place)).or_default().push(reading.value);
        }
        let (mut parcels, waiting) = self.with_news(stated, publication);
        let shown = self.admit(&parcels, publication);
        for parcel in &mut parcels {
            if parcel.steps.is_empty() && shown.iter().any(|group| group.holds(parcel.place)) {
                parcel.steps.push(Step::of(publication, &parcel.values));
            }
        }
        let protected = protected(&parcels, &shown);
        parcels.retain(|parcel| !parcel.steps.is_empty());
        if parcels == self.parcels && shown == self.shown {
            return Self { waiting, ..self.clone() };
        }
        let table = Table::of(&parcels, &shown, protected, (publication, at), &self.table);
        Self { table, shown, parcels, waiting, preferred: self.preferred.clone() }
    }

    /// The parcels with the news that may be told, and how many organisations' news may not.
    fn with_news(&self, mut stated: BTreeMap<Key, Vec<f64>>, publication: u32) -> (Vec<Parcel>, usize) {
        stated.values_mut().for_each(|values| values.sort_unstable_by(f64::total_cmp));
        // who takes something back keeps what is published until the period ends, and comes with nothing new elsewhere
        let gone = self.parcels.iter().filter(|parcel| !stated.contains_key(&(parcel.organisation, parcel.place)));
        let gone: BTreeSet<OrganisationId> = gone.map(|parcel| parcel.organisation).collect();
        let mut waiting = gone.clone();

        let mut blocks: BTreeMap<Vec<usize>, Vec<(&Parcel, Option<Parcel>)>> = BTreeMap::new();
        for parcel in &self.parcels {
            let news = stated.remove(&(parcel.organisation, parcel.place)).filter(|values| *values != parcel.values);
            let changed = news.and_then(|values| parcel.changed(values, publication));
            blocks.entry(signature(&self.shown, parcel.place)).or_default().push((parcel, changed));
        }
        let new = |((organisation, place), values)| Parcel { organisation, place, values, steps: vec![] };
        let (joining, held): (Vec<Parcel>, Vec<Parcel>) =
            stated.into_iter().map(new).partition(|parcel| !gone.contains(&parcel.organisation));
        waiting.extend(held.iter().map(|parcel| parcel.organisation));

        let mut parcels = vec![];
        let mut joining_by_block: BTreeMap<Vec<usize>, Vec<Parcel>> = BTreeMap::new();
        for parcel in joining {
            let signature = signature(&self.shown, parcel.place);
            if signature.is_empty() { parcels.push(parcel) } else { joining_by_block.entry(signature).or_default().push(parcel) }
        }
        for signature in joining_by_block.keys() {
            blocks.entry(signature.clone()).or_default();
        }
        for (signature, present) in blocks {
            let joining = joining_by_block.remove(&signature).unwrap_or_default();
            let next: Vec<&Parcel> = present.iter().map(|(old, new)| new.as_ref().unwrap_or(old)).chain(&joining).collect();
            if is_safe(&next, publication) {
                parcels.extend(next.into_iter().cloned());
            } else {
                waiting.extend(present.iter().filter_map(|(old, new)| new.as_ref().map(|_| old.organisation)));
                waiting.extend(joining.iter().map(|parcel| parcel.organisation));
                parcels.extend(present.into_iter().map(|(old, _)| old.clone()));
            }
        }
        parcels.sort_by_key(|parcel| (parcel.organisation, parcel.place));
        (parcels, waiting.len())
    }

    /// What is shown, and what more can be: widest levels first, of a level what was shown before first, then the largest.
    fn admit(&self, parcels: &[Parcel], publication: u32) -> Vec<Group> {
        let mut shown = self.shown.clone();
        let mut blocks = Blocks::new(parcels, &shown, publication);
        for level in Level::ALL {
            let mut candidates: Vec<_> = contributors(parcels, *level).into_iter().filter(|(group, _)| !shown.contains(group)).collect();
            candidates.sort_by_key(|(group, count)| (!self.preferred.contains(group), Reverse(*count), *group));
            let admitted = candidates.into_iter().filter(|(group, count)| *count >= MINIMUM && blocks.admit(*group));
            shown.extend(admitted.map(|(group, _)| group));
        }
        shown
    }
}

impl Parcel {
    /// With other values. `None` for a sum that it had before: going back would undo what hid the others.
    fn changed(&self, values: Vec<f64>, publication: u32) -> Option<Self> {
        let step = Step::of(publication, &values);
        let fresh = self.steps.iter().all(|before| before.sum != step.sum);
        fresh.then(|| Self { values, steps: self.steps.iter().cloned().chain([step]).collect(), ..self.clone() })
    }
}

/// How many organisations each group of a level has.
fn contributors(parcels: &[Parcel], level: Level) -> BTreeMap<Group, usize> {
    let mut groups: BTreeMap<Group, BTreeSet<OrganisationId>> = BTreeMap::new();
    for parcel in parcels {
        if let Some(group) = parcel.place.group(level) {
            groups.entry(group).or_default().insert(parcel.organisation);
        }
    }
    groups.into_iter().map(|(group, members)| (group, members.len())).collect()
}

/// Groups of enough organisations that are not shown. Those of too few need no entry: they look as groups of nobody.
fn protected(parcels: &[Parcel], shown: &[Group]) -> Vec<Group> {
    let all = Level::ALL.iter().flat_map(|level| contributors(parcels, *level));
    all.filter(|(group, count)| *count >= MINIMUM && !shown.contains(group)).map(|(group, _)| group).collect()
}
