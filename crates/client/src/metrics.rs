//! The calls of the rooms metrics, rating and standard.

use crate::{Kazi, Method, Result, Transport};
use kazi_core::ids::{OrganisationId, ReadingId, SiteId};
use kazi_core::metrics::{
    BulkResult, Confirmation, Correction, FigureComparison, FigureSheet, NewReading, Reading, ReadingDetail, ReadingLine, ReportingPeriod,
    Revision, TemplateFormat,
};
use kazi_core::page::Page;
use kazi_core::rating::{RatingDetail, RatingDisplay, RatingShown};
use kazi_core::standard::{MetricCode, Standard};

pub struct Readings<'a, T>(&'a Kazi<T>);
pub struct Ratings<'a, T>(&'a Kazi<T>);
pub struct Standards<'a, T>(&'a Kazi<T>);

/// Which of an organisation's readings a list holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadingFilter {
    pub metric: Option<MetricCode>,
    pub period: Option<ReportingPeriod>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 100; 20 when not said.
    pub limit: Option<u32>,
}

impl<T: Transport> Kazi<T> {
    pub fn readings(&self) -> Readings<'_, T> {
        Readings(self)
    }
    pub fn ratings(&self) -> Ratings<'_, T> {
        Ratings(self)
    }
    pub fn standards(&self) -> Standards<'_, T> {
        Standards(self)
    }
}

impl<T: Transport> Standards<'_, T> {
    /// The version in force.
    pub async fn current(&self) -> Result<Standard> {
        self.0.call(Method::Get, "standard").receive().await
    }
    pub async fn read(&self, version: u32) -> Result<Standard> {
        self.0.call(Method::Get, format!("standard/versions/{version}")).receive().await
    }
}

impl<T: Transport> Readings<'_, T> {
    pub async fn create(&self, new: &NewReading, once: Option<&str>) -> Result<ReadingDetail> {
        self.0.call(Method::Post, "readings").once(once).json(new).receive().await
    }
    pub async fn list(&self, organisation: OrganisationId, which: &ReadingFilter) -> Result<Page<Reading>> {
        let call = self.0.call(Method::Get, "readings").query("organisation", Some(organisation));
        let call = call.query("metric", which.metric.as_ref()).query("period", which.period);
        call.query("after", which.after.as_ref()).query("limit", which.limit).receive().await
    }
    pub async fn read(&self, id: ReadingId) -> Result<ReadingDetail> {
        self.0.call(Method::Get, format!("readings/{id}")).receive().await
    }
    /// If the reading is still of that version.
    pub async fn correct(&self, id: ReadingId, version: i32, to: &Correction) -> Result<ReadingDetail> {
        self.0.call(Method::Post, format!("readings/{id}/corrections")).if_version(version).json(to).receive().await
    }
    pub async fn revisions(&self, id: ReadingId) -> Result<Vec<Revision>> {
        self.0.call(Method::Get, format!("readings/{id}/revisions")).receive().await
    }
    /// For stewards.
    pub async fn confirm(&self, id: ReadingId, version: i32, said: &Confirmation) -> Result<ReadingDetail> {
        self.0.call(Method::Post, format!("readings/{id}/confirmations")).if_version(version).json(said).receive().await
    }
    /// Each line is taken or refused on its own; with `dry_run` nothing is kept.
    pub async fn import(
        &self,
        organisation: OrganisationId,
        lines: &[ReadingLine],
        dry_run: bool,
        once: Option<&str>,
    ) -> Result<BulkResult> {
        let mut body = Vec::new();
        for line in lines {
            // The wire types have text keys and no failing serialisers.
            body.extend(serde_json::to_vec(line).expect("wire types serialise"));
            body.push(b'\n');
        }
        let call = self.0.call(Method::Post, format!("organisations/{organisation}/readings/import"));
        call.query("dry_run", dry_run.then_some(true)).once(once).bytes("application/x-ndjson", body).receive().await
    }
    /// The table to report the period with, as the file's bytes; texts in that language.
    pub async fn template(
        &self,
        organisation: OrganisationId,
        period: ReportingPeriod,
        site: Option<SiteId>,
        format: TemplateFormat,
        language: &str,
    ) -> Result<Vec<u8>> {
        let call = self.0.call(Method::Get, format!("organisations/{organisation}/readings/template")).query("period", Some(period));
        let call = call.query("site", site).query("format", Some(format)).header("Accept-Language", language).header("Accept", "*/*");
        Ok(call.response().await?.body)
    }
    /// The filled table, CSV or XLSX.
    pub async fn upload(&self, organisation: OrganisationId, bytes: Vec<u8>, dry_run: bool, once: Option<&str>) -> Result<BulkResult> {
        let call = self.0.call(Method::Post, format!("organisations/{organisation}/readings/template"));
        call.query("dry_run", dry_run.then_some(true)).once(once).bytes("application/octet-stream", bytes).receive().await
    }
    /// Two to six providers side by side, as far as each shows its figures to the caller.
    pub async fn compare(&self, organisations: &[OrganisationId], year_to: Option<ReportingPeriod>) -> Result<FigureComparison> {
        let call = self.0.call(Method::Get, "figures/comparison").query_list("organisations", organisations);
        call.query("year_to", year_to).receive().await
    }
    /// All metrics in a period: reported, worked out, asked about.
    pub async fn figures(&self, organisation: OrganisationId, period: ReportingPeriod, site: Option<SiteId>) -> Result<FigureSheet> {
        let call = self.0.call(Method::Get, format!("organisations/{organisation}/figures"));
        call.query("period", Some(period)).query("site", site).receive().await
    }
}

impl<T: Transport> Ratings<'_, T> {
    /// Of the four quarters up to this one; the newest when not said.
    pub async fn read(&self, organisation: OrganisationId, year_to: Option<ReportingPeriod>) -> Result<RatingDetail> {
        self.0.call(Method::Get, format!("organisations/{organisation}/rating")).query("year_to", year_to).receive().await
    }
    /// To whom it is shown and what the organisation says of it.
    pub async fn show(&self, organisation: OrganisationId, version: i32, display: &RatingDisplay) -> Result<RatingShown> {
        self.0.call(Method::Put, format!("organisations/{organisation}/rating/display")).if_version(version).json(display).receive().await
    }
}
