//! Matching's calls.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::*;
use kazi_core::page::Page;

pub struct Needs<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    pub fn needs(&self) -> Needs<'_, T> {
        Needs(self)
    }
}

impl<T: Transport> Needs<'_, T> {
    pub async fn create(&self, new: &NewNeed, once: Option<&str>) -> Result<Need> {
        self.0.call(Method::Post, "needs").once(once).json(new).receive().await
    }
    pub async fn list(&self, organisation: OrganisationId, after: Option<&str>) -> Result<Page<Need>> {
        self.0.call(Method::Get, "needs").query("organisation", Some(organisation)).query("after", after).receive().await
    }
    pub async fn read(&self, id: NeedId) -> Result<Need> {
        self.0.call(Method::Get, format!("needs/{id}")).receive().await
    }
    /// What is wanted, as a merge patch, if the need is still of that version.
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
    pub async fn matches(&self, id: NeedId) -> Result<MatchList> {
        self.0.call(Method::Get, format!("needs/{id}/matches")).receive().await
    }
    pub async fn matrix(&self, id: NeedId) -> Result<MatchMatrix> {
        self.0.call(Method::Get, format!("needs/{id}/matrix")).receive().await
    }
    pub async fn lift(&self, id: NeedId, organisation: OrganisationId) -> Result<LiftList> {
        self.0.call(Method::Get, format!("needs/{id}/matches/{organisation}/lift")).receive().await
    }
    pub async fn fitting(&self, organisation: OrganisationId) -> Result<FittingNeeds> {
        self.0.call(Method::Get, format!("organisations/{organisation}/fitting-needs")).receive().await
    }
}
