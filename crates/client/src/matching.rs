//! Matching's calls.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{CandidateMatrix, Lift, Need, NeedFit, NeedState, Ranking, Wanted};
use kazi_core::page::Page;
use serde_json::json;

pub struct Needs<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    pub fn needs(&self) -> Needs<'_, T> {
        Needs(self)
    }
}

impl<T: Transport> Needs<'_, T> {
    pub async fn create(&self, organisation: OrganisationId, wanted: &Wanted, state: NeedState) -> Result<Need> {
        let body = json!({ "organisation": organisation, "state": state, "wanted": wanted });
        self.0.call(Method::Post, "needs").json(&body).receive().await
    }
    pub async fn list(&self, organisation: OrganisationId, after: Option<&str>) -> Result<Page<Need>> {
        self.0.call(Method::Get, "needs").query("organisation", Some(organisation)).query("after", after).receive().await
    }
    pub async fn read(&self, id: NeedId) -> Result<Need> {
        self.0.call(Method::Get, format!("needs/{id}")).receive().await
    }
    pub async fn edit(&self, id: NeedId, version: i32, wanted: &Wanted) -> Result<Need> {
        self.0.call(Method::Patch, format!("needs/{id}")).if_version(version).merge_patch(&json!({ "wanted": wanted })).receive().await
    }
    pub async fn set_state(&self, id: NeedId, version: i32, state: NeedState) -> Result<Need> {
        self.0.call(Method::Patch, format!("needs/{id}")).if_version(version).merge_patch(&json!({ "state": state })).receive().await
    }
    pub async fn remove(&self, id: NeedId) -> Result<NoBody> {
        self.0.call(Method::Delete, format!("needs/{id}")).done().await
    }
    pub async fn matches(&self, id: NeedId) -> Result<Ranking> {
        self.0.call(Method::Get, format!("needs/{id}/matches")).receive().await
    }
    pub async fn matrix(&self, id: NeedId) -> Result<CandidateMatrix> {
        self.0.call(Method::Get, format!("needs/{id}/matrix")).receive().await
    }
    pub async fn lift(&self, id: NeedId, organisation: OrganisationId) -> Result<Vec<Lift>> {
        self.0.call(Method::Get, format!("needs/{id}/matches/{organisation}/lift")).receive().await
    }
    pub async fn fitting(&self, organisation: OrganisationId) -> Result<Page<NeedFit>> {
        self.0.call(Method::Get, format!("organisations/{organisation}/fitting-needs")).receive().await
    }
}
