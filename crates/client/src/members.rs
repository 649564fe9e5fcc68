//! Identity's calls about an organisation: members, invitations, API keys; and the platform's staff.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::identity::*;
use kazi_core::ids::{ApiKeyId, InvitationId, OrganisationId, PersonId};
use kazi_core::page::Page;

pub struct Members<'a, T>(&'a Kazi<T>, OrganisationId);
pub struct Staff<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    /// Who and what acts for an organisation.
    pub fn members(&self, organisation: OrganisationId) -> Members<'_, T> {
        Members(self, organisation)
    }
    /// For the platform's admins.
    pub fn staff(&self) -> Staff<'_, T> {
        Staff(self)
    }
}

impl<T: Transport> Members<'_, T> {
    fn path(&self, rest: &str) -> String {
        format!("organisations/{}/{rest}", self.1)
    }
    pub async fn list(&self, after: Option<&str>) -> Result<Page<Member>> {
        self.0.call(Method::Get, self.path("members")).query("after", after).receive().await
    }
    pub async fn edit(&self, person: PersonId, version: i32, edit: &MemberEdit) -> Result<Member> {
        self.0.call(Method::Patch, self.path(&format!("members/{person}"))).if_version(version).merge_patch(edit).receive().await
    }
    /// Removes a member; with one's own id, leaves.
    pub async fn remove(&self, person: PersonId) -> Result<NoBody> {
        self.0.call(Method::Delete, self.path(&format!("members/{person}"))).done().await
    }
    pub async fn invite(&self, new: &NewInvitation, once: Option<&str>) -> Result<Invitation> {
        self.0.call(Method::Post, self.path("invitations")).once(once).json(new).receive().await
    }
    pub async fn invitations(&self, after: Option<&str>) -> Result<Page<Invitation>> {
        self.0.call(Method::Get, self.path("invitations")).query("after", after).receive().await
    }
    pub async fn withdraw_invitation(&self, id: InvitationId) -> Result<NoBody> {
        self.0.call(Method::Delete, self.path(&format!("invitations/{id}"))).done().await
    }
    pub async fn create_api_key(&self, new: &NewApiKey, once: Option<&str>) -> Result<ApiKeyMade> {
        self.0.call(Method::Post, self.path("api-keys")).once(once).json(new).receive().await
    }
    pub async fn api_keys(&self, after: Option<&str>) -> Result<Page<ApiKey>> {
        self.0.call(Method::Get, self.path("api-keys")).query("after", after).receive().await
    }
    pub async fn revoke_api_key(&self, id: ApiKeyId) -> Result<NoBody> {
        self.0.call(Method::Delete, self.path(&format!("api-keys/{id}"))).done().await
    }
}

impl<T: Transport> Staff<'_, T> {
    /// The staff, or the people whose address or name holds the words.
    pub async fn people(&self, words: Option<&str>, after: Option<&str>) -> Result<Page<StaffPerson>> {
        self.0.call(Method::Get, "staff/people").query("q", words).query("after", after).receive().await
    }
    pub async fn set_role(&self, person: PersonId, role: Option<StaffRole>) -> Result<NoBody> {
        self.0.call(Method::Put, format!("staff/people/{person}/role")).json(&StaffRoleEdit { role }).done().await
    }
}
