//! Matching's calls.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{
    AdhocMatch, FittingNeeds, LiftList, MatchDetail, MatchList, MatchMatrix, NearMissList, Need, NeedAlert, NeedState, NeedStateChange,
    NewNeed, SensitivityList, ShortlistEntry, ShortlistNote, Weights,
};
use kazi_core::page::{MAX_LIMIT, Page};

pub struct Needs<'a, T>(&'a Kazi<T>);

/// Which needs a list holds; the default is everybody's open public ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeedFilter {
    /// Those of this organisation, for its members.
    pub organisation: Option<OrganisationId>,
    /// Of an organisation's own needs, only those in these states.
    pub states: Vec<NeedState>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 100; 20 when not said.
    pub limit: Option<u32>,
}

impl<T: Transport> Kazi<T> {
    pub fn needs(&self) -> Needs<'_, T> {
        Needs(self)
    }
}

impl<T: Transport> Needs<'_, T> {
    pub async fn create(&self, new: &NewNeed, once: Option<&str>) -> Result<Need> {
        self.0.call(Method::Post, "needs").once(once).json(new).receive().await
    }
    pub async fn find(&self, which: &NeedFilter) -> Result<Page<Need>> {
        self.0
            .call(Method::Get, "needs")
            .query("organisation", which.organisation)
            .query_list("state", &which.states)
            .query("after", which.after.as_ref())
            .query("limit", which.limit)
            .receive()
            .await
    }
    pub async fn list(&self, organisation: OrganisationId, after: Option<&str>) -> Result<Page<Need>> {
        self.find(&NeedFilter { organisation: Some(organisation), after: after.map(str::to_owned), ..NeedFilter::default() }).await
    }
    /// An organisation's needs in that state, a hundred a page.
    pub async fn list_in(&self, organisation: OrganisationId, state: NeedState, after: Option<&str>) -> Result<Page<Need>> {
        let call = self.0.call(Method::Get, "needs").query("organisation", Some(organisation)).query("state", Some(state));
        call.query("after", after).query("limit", Some(MAX_LIMIT)).receive().await
    }
    /// Everybody's open public needs.
    pub async fn list_public(&self, after: Option<&str>) -> Result<Page<Need>> {
        self.find(&NeedFilter { after: after.map(str::to_owned), ..NeedFilter::default() }).await
    }
    pub async fn read(&self, id: NeedId) -> Result<Need> {
        self.0.call(Method::Get, format!("needs/{id}")).receive().await
    }
    /// What is wanted, as a merge patch (`{"wanted": …}`), if the need is still of that version.
    pub async fn edit(&self, id: NeedId, version: i32, change: &impl serde::Serialize) -> Result<Need> {
        self.0.call(Method::Patch, format!("needs/{id}")).if_version(version).merge_patch(change).receive().await
    }
    /// Opens, closes or awards it.
    pub async fn change_state(&self, id: NeedId, version: i32, state: NeedState) -> Result<Need> {
        self.0.call(Method::Post, format!("needs/{id}/state")).if_version(version).json(&NeedStateChange { state }).receive().await
    }
    pub async fn remove(&self, id: NeedId) -> Result<NoBody> {
        self.0.call(Method::Delete, format!("needs/{id}")).done().await
    }
    /// The best, with reasons; balanced weights when none are given, as in the other calls here.
    pub async fn matches(&self, id: NeedId, weights: Option<&Weights>) -> Result<MatchList> {
        self.0.call(Method::Get, format!("needs/{id}/matches")).query("weights", weights).receive().await
    }
    /// Ranks without saving; a limit of 0 only counts.
    pub async fn rank(&self, adhoc: &AdhocMatch) -> Result<MatchList> {
        self.0.call(Method::Post, "matches").json(adhoc).receive().await
    }
    pub async fn near_misses(&self, id: NeedId, weights: Option<&Weights>) -> Result<NearMissList> {
        self.0.call(Method::Get, format!("needs/{id}/near-misses")).query("weights", weights).receive().await
    }
    /// What a browser orders again; the best under these weights where there are more than a matrix holds.
    pub async fn matrix(&self, id: NeedId, weights: Option<&Weights>) -> Result<MatchMatrix> {
        self.0.call(Method::Get, format!("needs/{id}/matrix")).query("weights", weights).receive().await
    }
    pub async fn sensitivity(&self, id: NeedId, weights: Option<&Weights>) -> Result<SensitivityList> {
        self.0.call(Method::Get, format!("needs/{id}/sensitivity")).query("weights", weights).receive().await
    }
    /// One provider's reasons, with the facts behind each value.
    pub async fn explain(&self, id: NeedId, organisation: OrganisationId, weights: Option<&Weights>) -> Result<MatchDetail> {
        self.0.call(Method::Get, format!("needs/{id}/matches/{organisation}")).query("weights", weights).receive().await
    }
    pub async fn lift(&self, id: NeedId, organisation: OrganisationId, weights: Option<&Weights>) -> Result<LiftList> {
        self.0.call(Method::Get, format!("needs/{id}/matches/{organisation}/lift")).query("weights", weights).receive().await
    }
    /// The providers that reached the need's threshold after it was set, newest first.
    pub async fn alerts(&self, id: NeedId, after: Option<&str>) -> Result<Page<NeedAlert>> {
        self.0.call(Method::Get, format!("needs/{id}/alerts")).query("after", after).receive().await
    }
    /// The first hundred.
    pub async fn fitting(&self, organisation: OrganisationId) -> Result<FittingNeeds> {
        self.0.call(Method::Get, format!("organisations/{organisation}/fitting-needs")).query("limit", Some(MAX_LIMIT)).receive().await
    }
    pub async fn shortlist(&self, id: NeedId) -> Result<Page<ShortlistEntry>> {
        self.0.call(Method::Get, format!("needs/{id}/shortlist")).receive().await
    }
    pub async fn put_on_shortlist(&self, id: NeedId, organisation: OrganisationId, note: Option<&str>) -> Result<ShortlistEntry> {
        let note = ShortlistNote { note: note.map(str::to_owned) };
        self.0.call(Method::Put, format!("needs/{id}/shortlist/{organisation}")).json(&note).receive().await
    }
    pub async fn take_off_shortlist(&self, id: NeedId, organisation: OrganisationId) -> Result<NoBody> {
        self.0.call(Method::Delete, format!("needs/{id}/shortlist/{organisation}")).done().await
    }
}
