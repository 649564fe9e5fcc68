//! Readings: enter, correct, confirm, list. What stood before a change goes to the revisions in the same transaction.

use crate::columns::{Id, Json, word};
use crate::connection::MultiBackend;
use crate::schema::{reading_revisions as v, readings as r};
use crate::{Db, StoreError, StoreResult, events};
use chrono::NaiveDate;
use diesel::prelude::*;
use kazi_core::Instant;
use kazi_core::events::{EventKind, NewEvent};
use kazi_core::ids::{OrganisationId, ReadingId, SiteId};
use kazi_core::metrics::{Audience, Confirmation, Correction, Figure, NewReading, Reading, ReportingPeriod, Revision, Stated, worn_off};
use kazi_core::page::Page;
use kazi_core::problem::{Code, Refusal};
use kazi_core::standard::{EvidenceDecay, MetricCode};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = r, check_for_backend(MultiBackend))]
struct Row {
    id: Id,
    organisation_id: Id,
    metric: String,
    period: String,
    site: String,
    standard: i32,
    stated: Json,
    given_grade: String,
    graded_on: String,
    confirmed_by: Option<String>,
    reason: Option<String>,
    version: i32,
    created_at: i64,
    updated_at: i64,
}

/// The site's column: empty is the whole organisation, so that a figure is unique with and without one.
fn site_text(site: Option<SiteId>) -> String {
    site.map(|site| site.to_string()).unwrap_or_default()
}

/// As of which day, and by which rule, grades have worn off.
#[derive(Debug, Clone, Copy)]
pub struct Wear {
    pub decay: EvidenceDecay,
    pub today: NaiveDate,
}

impl Row {
    fn read(self, wear: Wear) -> StoreResult<Reading> {
        let (given_grade, graded_on) = (word(&self.given_grade)?, word::<NaiveDate>(&self.graded_on)?);
        Ok(Reading {
            id: self.id.0.into(),
            organisation: self.organisation_id.0.into(),
            figure: Figure {
                metric: word(&self.metric)?,
                period: word(&self.period)?,
                site: if self.site.is_empty() { None } else { Some(word(&self.site)?) },
            },
            standard: u32::try_from(self.standard).unwrap_or_default(),
            stated: self.stated.read()?,
            grade: worn_off(wear.decay, given_grade, graded_on, wear.today),
            given_grade,
            graded_on,
            confirmed_by: self.confirmed_by,
            reason: self.reason,
            version: self.version,
            created_at: Instant::from_micros(self.created_at),
            updated_at: Instant::from_micros(self.updated_at),
        })
    }
}

fn event(kind: EventKind, actor: Option<Uuid>, organisation: OrganisationId, id: ReadingId, figure: &Figure, version: i32) -> NewEvent {
    let data = serde_json::json!({ "metric": figure.metric, "period": figure.period, "site": figure.site, "version": version });
    NewEvent { kind, actor, organisation: Some(organisation.0), subject: id.0, data }
}

/// Enters a figure that the organisation has not given yet; otherwise it refuses, since a given one is corrected.
pub fn create(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    id: ReadingId,
    standard: u32,
    new: &NewReading,
    wear: Wear,
) -> StoreResult<Reading> {
    if let Some(given) = find(db, new.organisation, &new.figure, wear)? {
        let detail = format!("{} of {} is given already: correct it, with a reason.", new.figure.metric, new.figure.period);
        let mut refusal = Refusal::field("/figure", "conflict", detail.clone());
        refusal.code = Code::Conflict;
        refusal.detail = format!("{detail} Its id is {}.", given.id);
        return Err(refusal.into());
    }
    let (grade, graded_on) = new.stated.own_grade(at.day());
    diesel::insert_into(r::table)
        .values((
            r::id.eq(Id(id.0)),
            r::organisation_id.eq(Id(new.organisation.0)),
            r::metric.eq(new.figure.metric.as_str()),
            r::period.eq(new.figure.period.to_string()),
            r::site.eq(site_text(new.figure.site)),
            r::standard.eq(standard as i32),
            r::stated.eq(Json::of(&new.stated)),
            r::audience.eq(new.stated.audience.as_str()),
            r::given_grade.eq(grade.as_str()),
            r::graded_on.eq(graded_on.to_string()),
            r::version.eq(1),
            r::created_at.eq(at.micros()),
            r::updated_at.eq(at.micros()),
        ))
        .execute(db)
        .map_err(|e| StoreError::from(e).if_duplicate("Somebody gave this figure at the same moment: read it, then correct it."))?;
    events::append(db, at, event(EventKind::ReadingCreated, actor, new.organisation, id, &new.figure, 1))?;
    get(db, id, wear)
}

/// The reading, whoever may see it.
pub fn get(db: &mut Db, id: ReadingId, wear: Wear) -> StoreResult<Reading> {
    let row = r::table.find(Id(id.0)).select(Row::as_select()).first(db).optional()?;
    row.ok_or_else(|| Refusal::not_found("reading"))?.read(wear)
}

/// The reading of that figure, where the organisation has given one.
pub fn find(db: &mut Db, organisation: OrganisationId, figure: &Figure, wear: Wear) -> StoreResult<Option<Reading>> {
    let found = r::table
        .filter(r::organisation_id.eq(Id(organisation.0)))
        .filter(r::metric.eq(figure.metric.as_str()))
        .filter(r::period.eq(figure.period.to_string()))
        .filter(r::site.eq(site_text(figure.site)))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    found.map(|row| row.read(wear)).transpose()
}

/// Replaces what is stated, if the reading still stands as `before` says. A changed answer loses what others confirmed.
pub fn correct(
    db: &mut Db,
    at: Instant,
    actor: Option<Uuid>,
    standard: u32,
    before: &Reading,
    to: &Correction,
    wear: Wear,
) -> StoreResult<Reading> {
    let kept = before.confirmed_by.is_some() && to.stated.answer == before.stated.answer && to.stated.parts == before.stated.parts;
    let (grade, graded_on, confirmed_by) = if kept {
        (before.given_grade, before.graded_on, before.confirmed_by.clone())
    } else {
        let (grade, graded_on) = to.stated.own_grade(at.day());
        (grade, graded_on, None)
    };
    keep_revision(db, before)?;
    let changed = diesel::update(r::table.find(Id(before.id.0)).filter(r::version.eq(before.version)))
        .set((
            r::standard.eq(standard as i32),
            r::stated.eq(Json::of(&to.stated)),
            r::audience.eq(to.stated.audience.as_str()),
            r::given_grade.eq(grade.as_str()),
            r::graded_on.eq(graded_on.to_string()),
            r::confirmed_by.eq(confirmed_by),
            r::reason.eq(Some(&to.reason)),
            r::version.eq(before.version + 1),
            r::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    changed_one(changed)?;
    let version = before.version + 1;
    events::append(db, at, event(EventKind::ReadingCorrected, actor, before.organisation, before.id, &before.figure, version))?;
    get(db, before.id, wear)
}

/// Records what somebody outside says of the reading as it stands.
pub fn confirm(db: &mut Db, at: Instant, actor: Option<Uuid>, before: &Reading, said: &Confirmation, wear: Wear) -> StoreResult<Reading> {
    keep_revision(db, before)?;
    let changed = diesel::update(r::table.find(Id(before.id.0)).filter(r::version.eq(before.version)))
        .set((
            r::given_grade.eq(said.grade.as_str()),
            r::graded_on.eq(said.dated.to_string()),
            r::confirmed_by.eq(Some(&said.source)),
            r::reason.eq(None::<String>),
            r::version.eq(before.version + 1),
            r::updated_at.eq(at.micros()),
        ))
        .execute(db)?;
    changed_one(changed)?;
    let version = before.version + 1;
    events::append(db, at, event(EventKind::ReadingConfirmed, actor, before.organisation, before.id, &before.figure, version))?;
    get(db, before.id, wear)
}

fn changed_one(changed: usize) -> StoreResult<()> {
    if changed == 1 { Ok(()) } else { Err(Refusal::changed_meanwhile().into()) }
}

fn keep_revision(db: &mut Db, before: &Reading) -> StoreResult<()> {
    diesel::insert_into(v::table)
        .values((
            v::reading_id.eq(Id(before.id.0)),
            v::version.eq(before.version),
            v::stated.eq(Json::of(&before.stated)),
            v::given_grade.eq(before.given_grade.as_str()),
            v::confirmed_by.eq(before.confirmed_by.as_deref()),
            v::reason.eq(before.reason.as_deref()),
            v::at.eq(before.updated_at.micros()),
        ))
        .execute(db)
        .map_err(|e| match StoreError::from(e) {
            // Two at once keep the same version; the second is too late.
            e if e.is_duplicate() => Refusal::changed_meanwhile().into(),
            e => e,
        })?;
    Ok(())
}

/// What a reading said before, newest first.
pub fn revisions(db: &mut Db, id: ReadingId) -> StoreResult<Vec<Revision>> {
    let rows: Vec<(i32, Json, String, Option<String>, Option<String>, i64)> = v::table
        .filter(v::reading_id.eq(Id(id.0)))
        .order(v::version.desc())
        .select((v::version, v::stated, v::given_grade, v::confirmed_by, v::reason, v::at))
        .load(db)?;
    let read = |(version, stated, grade, confirmed_by, reason, at): (i32, Json, String, Option<String>, Option<String>, i64)| {
        let (stated, given_grade) = (stated.read::<Stated>()?, word(&grade)?);
        Ok(Revision { version, stated, given_grade, confirmed_by, reason, at: Instant::from_micros(at) })
    };
    rows.into_iter().map(read).collect()
}

/// Which readings a list has.
#[derive(Debug, Clone, Default)]
pub struct ReadingFilter {
    pub metric: Option<MetricCode>,
    pub period: Option<ReportingPeriod>,
    /// Only what is shown to one of these; empty is all.
    pub audiences: Vec<Audience>,
}

/// An organisation's readings, newest first.
pub fn list(
    db: &mut Db,
    organisation: OrganisationId,
    filter: &ReadingFilter,
    after: Option<ReadingId>,
    limit: u32,
    wear: Wear,
) -> StoreResult<Page<Reading>> {
    let mut query = r::table.filter(r::organisation_id.eq(Id(organisation.0))).select(Row::as_select()).into_boxed();
    if let Some(metric) = &filter.metric {
        query = query.filter(r::metric.eq(metric.as_str().to_owned()));
    }
    if let Some(period) = filter.period {
        query = query.filter(r::period.eq(period.to_string()));
    }
    if !filter.audiences.is_empty() {
        query = query.filter(r::audience.eq_any(filter.audiences.iter().map(|a| a.as_str()).collect::<Vec<_>>()));
    }
    if let Some(after) = after {
        query = query.filter(r::id.lt(Id(after.0)));
    }
    let rows: Vec<Row> = query.order(r::id.desc()).limit(i64::from(limit) + 1).load(db)?;
    let more = rows.len() > limit as usize;
    let items = rows.into_iter().take(limit as usize).map(|row| row.read(wear)).collect::<StoreResult<Vec<_>>>()?;
    let next = items.last().filter(|_| more).map(|reading| reading.id.to_string());
    Ok(Page { items, next })
}

/// All readings of an organisation in these periods, in no particular order: what its figures are worked out from.
pub fn of_periods(db: &mut Db, organisation: OrganisationId, periods: &[ReportingPeriod], wear: Wear) -> StoreResult<Vec<Reading>> {
    let periods: Vec<String> = periods.iter().map(|period| period.to_string()).collect();
    let rows: Vec<Row> =
        r::table.filter(r::organisation_id.eq(Id(organisation.0))).filter(r::period.eq_any(periods)).select(Row::as_select()).load(db)?;
    rows.into_iter().map(|row| row.read(wear)).collect()
}

/// The periods for which an organisation has given anything.
pub fn periods(db: &mut Db, organisation: OrganisationId) -> StoreResult<Vec<ReportingPeriod>> {
    let texts: Vec<String> =
        r::table.filter(r::organisation_id.eq(Id(organisation.0))).select(r::period).distinct().order(r::period.desc()).load(db)?;
    texts.iter().map(|text| word(text)).collect()
}
