//! What can be worked out from the groups that are shown: the sets into which they cut the organisations, and all unions of these.
//! A group is admitted only where every such set stays safe, now and in what changed from one publication to the next.

use super::group::{Group, Place};
use super::safety::Tally;
use super::sum::ExactSum;
use crate::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an organisation has in one place, as it is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Parcel {
    pub organisation: OrganisationId,
    pub place: Place,
    /// In ascending order; never none.
    #[serde(with = "bits")]
    pub values: Vec<f64>,
    /// Its published states, oldest first; none while no group that is shown holds it.
    pub steps: Vec<Step>,
}

/// A state of a parcel and the publication that it came with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "(u32, u64, u64, usize)", into = "(u32, u64, u64, usize)")]
pub(super) struct Step {
    pub publication: u32,
    pub sum: f64,
    /// Sum of what the values are without their signs.
    pub magnitude: f64,
    pub readings: usize,
}

impl Step {
    pub fn of(publication: u32, values: &[f64]) -> Self {
        let magnitude = values.iter().map(|value| value.abs()).sum();
        Self { publication, sum: ExactSum::of(values).value(), magnitude, readings: values.len() }
    }
}

impl From<(u32, u64, u64, usize)> for Step {
    fn from((publication, sum, magnitude, readings): (u32, u64, u64, usize)) -> Self {
        Self { publication, sum: f64::from_bits(sum), magnitude: f64::from_bits(magnitude), readings }
    }
}

impl From<Step> for (u32, u64, u64, usize) {
    fn from(step: Step) -> Self {
        (step.publication, step.sum.to_bits(), step.magnitude.to_bits(), step.readings)
    }
}

/// JSON does not bring every double back to its last bit; a value that came back changed would look like news.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(values: &[f64], s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(values.iter().map(|value| value.to_bits()))
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<f64>, D::Error> {
        Ok(Vec::<u64>::deserialize(d)?.into_iter().map(f64::from_bits).collect())
    }
}

impl Parcel {
    /// Its steps; the one in the making, where it is new.
    fn history(&self, publication: u32) -> Vec<Step> {
        if self.steps.is_empty() { vec![Step::of(publication, &self.values)] } else { self.steps.clone() }
    }
}

/// Parcels that no published group tells apart.
struct Block<'a> {
    /// Some published group holds it.
    shown: bool,
    parcels: Vec<&'a Parcel>,
}

/// All parcels, cut by what is shown.
pub(super) struct Blocks<'a> {
    blocks: Vec<Block<'a>>,
    publication: u32,
}

impl<'a> Blocks<'a> {
    pub fn new(parcels: &'a [Parcel], shown: &[Group], publication: u32) -> Self {
        let mut cut: BTreeMap<Vec<usize>, Vec<&Parcel>> = BTreeMap::new();
        for parcel in parcels {
            cut.entry(signature(shown, parcel.place)).or_default().push(parcel);
        }
        let block = |(signature, parcels): (Vec<usize>, _)| Block { shown: !signature.is_empty(), parcels };
        Self { blocks: cut.into_iter().map(block).collect(), publication }
    }

    /// Cuts by this group too, if everything that could then be worked out is safe; answers whether.
    pub fn admit(&mut self, group: Group) -> bool {
        let cut = |block: &Block<'a>| block.parcels.iter().partition::<Vec<&'a Parcel>, _>(|parcel| group.holds(parcel.place));
        let cuts: Vec<_> = self.blocks.iter().map(cut).collect();
        let safe = self.blocks.iter().zip(&cuts).all(|(block, (inside, outside))| {
            let uncut = inside.is_empty() || block.shown && outside.is_empty();
            uncut || is_safe(inside, self.publication) && (!block.shown || is_safe(outside, self.publication))
        });
        if safe {
            let blocks = std::mem::take(&mut self.blocks);
            for (block, (inside, outside)) in blocks.into_iter().zip(cuts) {
                let parts = [Block { shown: true, parcels: inside }, Block { shown: block.shown, parcels: outside }];
                self.blocks.extend(parts.into_iter().filter(|part| !part.parcels.is_empty()));
            }
        }
        safe
    }
}

/// Which of the groups that are shown hold a place.
pub(super) fn signature(shown: &[Group], place: Place) -> Vec<usize> {
    (0..shown.len()).filter(|at| shown[*at].holds(place)).collect()
}

/// What the parcels add up to is safe, at each publication up to the one in the making, and so is what changed in them between any
/// two; and they are not all alike, which would tell each by its mean.
pub(super) fn is_safe(parcels: &[&Parcel], publication: u32) -> bool {
    let histories: Vec<(OrganisationId, Vec<Step>)> =
        parcels.iter().map(|parcel| (parcel.organisation, parcel.history(publication))).collect();
    let moments: BTreeSet<u32> = histories.iter().flat_map(|(_, steps)| steps.iter().map(|step| step.publication)).collect();
    let changes_are_safe = |from: u32, to: u32| {
        let mut changes = Tally::default();
        for (organisation, steps) in &histories {
            let state = |at: u32| steps.iter().rev().find(|step| step.publication <= at);
            match (state(from), state(to)) {
                (None, Some(new)) => changes.add(*organisation, new.magnitude, new.readings),
                (Some(old), Some(new)) if old != new => changes.add(*organisation, new.sum - old.sum, new.readings),
                _ => {}
            }
        }
        changes.is_safe()
    };
    let values = || parcels.iter().flat_map(|parcel| &parcel.values);
    let differ = || values().any(|value| Some(value) != parcels[0].values.first());
    // before the first there was nothing: what changed since is all there is
    let before = || std::iter::once(0).chain(moments.iter().copied());
    parcels.is_empty() || differ() && moments.iter().all(|to| before().take_while(|from| from < to).all(|from| changes_are_safe(from, *to)))
}
