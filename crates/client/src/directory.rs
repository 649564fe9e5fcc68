//! The directory's calls.

use crate::{Call, Kazi, Method, NoBody, Result, Transport};
use kazi_core::directory::{
    Claim, ClaimCounts, ClaimDecision, ClaimState, Codes, Distinct, Duplicate, ExportFormat, HistoryEntry, Import, ImportMapping, Merge,
    NewClaim, NewOrganisation, Organisation, Search, SearchResult, StatedProvenance, Unclaim,
};
use kazi_core::ids::{ClaimId, ImportId, OrganisationId};
use kazi_core::page::Page;

pub struct Organisations<'a, T>(&'a Kazi<T>);
pub struct Claims<'a, T>(&'a Kazi<T>);
pub struct Imports<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    pub fn organisations(&self) -> Organisations<'_, T> {
        Organisations(self)
    }
    pub fn claims(&self) -> Claims<'_, T> {
        Claims(self)
    }
    pub fn imports(&self) -> Imports<'_, T> {
        Imports(self)
    }
    /// Every closed list of codes: service lines, kinds, target groups, certificates, regions, countries.
    pub async fn codes(&self) -> Result<Codes> {
        self.call(Method::Get, "codes").receive().await
    }
}

/// The words and filters of a search.
fn filtered<'a, T: Transport>(call: Call<'a, T>, words: &Search) -> Call<'a, T> {
    call.query("q", words.q.as_ref())
        .query_list("kind", &words.kind)
        .query_list("country", &words.country)
        .query_list("region", &words.region)
        .query_list("service", &words.service)
        .query_list("language", &words.language)
        .query_list("target_group", &words.target_group)
        .query_list("certificate", &words.certificate)
        .query("claimed", words.claimed)
        .query("has_capacity", words.has_capacity)
}

impl<T: Transport> Organisations<'_, T> {
    pub async fn search(&self, words: &Search) -> Result<SearchResult> {
        let call = filtered(self.0.call(Method::Get, "organisations"), words);
        call.query("sort", words.sort).query("after", words.after.as_ref()).query("limit", words.limit).receive().await
    }
    /// Everything that the same search finds, whole, as the text of a file; sort and page do not matter.
    pub async fn export(&self, format: ExportFormat, words: &Search) -> Result<String> {
        let call = self.0.call(Method::Get, "organisations/export").query("format", Some(format.as_str()));
        filtered(call, words).header("Accept", "*/*").text().await
    }
    /// What was changed, newest first; for its members and staff.
    pub async fn history(&self, id: OrganisationId, after: Option<&str>, limit: Option<u32>) -> Result<Page<HistoryEntry>> {
        self.0.call(Method::Get, format!("organisations/{id}/history")).query("after", after).query("limit", limit).receive().await
    }
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
    pub async fn claim(&self, id: OrganisationId, new: &NewClaim, once: Option<&str>) -> Result<Claim> {
        self.0.call(Method::Post, format!("organisations/{id}/claims")).once(once).json(new).receive().await
    }
    /// Listings that may be one organisation; for staff.
    pub async fn duplicates(&self, after: Option<&str>) -> Result<Page<Duplicate>> {
        self.0.call(Method::Get, "duplicates").query("after", after).receive().await
    }
    /// Says where facts come from, or confirms those of a list, if it is still of that version.
    pub async fn state_provenance(&self, id: OrganisationId, version: i32, said: &StatedProvenance) -> Result<Organisation> {
        self.0.call(Method::Post, format!("organisations/{id}/provenance")).if_version(version).json(said).receive().await
    }
    /// Takes a listing back from those who keep it. For staff.
    pub async fn unclaim(&self, id: OrganisationId, reason: &str) -> Result<Organisation> {
        self.0.call(Method::Post, format!("organisations/{id}/unclaim")).json(&Unclaim { reason: reason.to_owned() }).receive().await
    }
    /// They look alike and are two. For staff.
    pub async fn keep_apart(&self, organisation: OrganisationId, other: OrganisationId) -> Result<NoBody> {
        self.0.call(Method::Post, "duplicates/dismissals").json(&Distinct { organisation, other }).done().await
    }
    /// Makes `id` a part of another; its old address leads there for ever. For staff.
    pub async fn merge(&self, id: OrganisationId, into: OrganisationId) -> Result<Organisation> {
        self.0.call(Method::Post, format!("organisations/{id}/merge")).json(&Merge { into }).receive().await
    }
}

impl<T: Transport> Claims<'_, T> {
    /// One's own; for staff everybody's.
    pub async fn list(&self, state: Option<ClaimState>, after: Option<&str>) -> Result<Page<Claim>> {
        self.0.call(Method::Get, "claims").query("state", state).query("after", after).receive().await
    }
    /// How many wait. For staff.
    pub async fn counts(&self) -> Result<ClaimCounts> {
        self.0.call(Method::Get, "claims/counts").receive().await
    }
    pub async fn read(&self, id: ClaimId) -> Result<Claim> {
        self.0.call(Method::Get, format!("claims/{id}")).receive().await
    }
    pub async fn decide(&self, id: ClaimId, decision: &ClaimDecision) -> Result<Claim> {
        self.0.call(Method::Post, format!("claims/{id}/decision")).json(decision).receive().await
    }
}

impl<T: Transport> Imports<'_, T> {
    /// The file's bytes, CSV or XLSX; answers with a preview.
    pub async fn create(&self, file_name: &str, bytes: Vec<u8>, once: Option<&str>) -> Result<Import> {
        let kind = if bytes.starts_with(b"PK") { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" } else { "text/csv" };
        self.0.call(Method::Post, "imports").query("file_name", Some(file_name)).once(once).bytes(kind, bytes).receive().await
    }
    pub async fn list(&self, after: Option<&str>) -> Result<Page<Import>> {
        self.0.call(Method::Get, "imports").query("after", after).receive().await
    }
    pub async fn read(&self, id: ImportId) -> Result<Import> {
        self.0.call(Method::Get, format!("imports/{id}")).receive().await
    }
    pub async fn map(&self, id: ImportId, version: i32, mapping: &ImportMapping) -> Result<Import> {
        self.0.call(Method::Put, format!("imports/{id}/mapping")).if_version(version).json(mapping).receive().await
    }
    pub async fn apply(&self, id: ImportId) -> Result<Import> {
        self.0.call(Method::Post, format!("imports/{id}/apply")).receive().await
    }
    pub async fn undo(&self, id: ImportId) -> Result<Import> {
        self.0.call(Method::Post, format!("imports/{id}/undo")).receive().await
    }
}
