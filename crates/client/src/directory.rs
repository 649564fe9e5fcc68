//! The directory's calls.

use crate::{Kazi, Method, Result, Transport};
use kazi_core::directory::{NewOrganisation, Organisation};
use kazi_core::ids::OrganisationId;

pub struct Organisations<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    pub fn organisations(&self) -> Organisations<'_, T> {
        Organisations(self)
    }
}

impl<T: Transport> Organisations<'_, T> {
    pub async fn create(&self, new: &NewOrganisation, once: Option<&str>) -> Result<Organisation> {
        self.0.call(Method::Post, "organisations").once(once).json(new).receive().await
    }
    pub async fn read(&self, id: OrganisationId) -> Result<Organisation> {
        self.0.call(Method::Get, format!("organisations/{id}")).receive().await
    }
    pub async fn read_by_slug(&self, slug: &str) -> Result<Organisation> {
        self.0.call(Method::Get, format!("organisations/by-slug/{slug}")).receive().await
    }
    /// Changes fields of the profile (a merge patch), if it is still of that version.
    pub async fn edit(&self, id: OrganisationId, version: i32, change: &impl serde::Serialize) -> Result<Organisation> {
        self.0.call(Method::Patch, format!("organisations/{id}")).if_version(version).merge_patch(change).receive().await
    }
}
