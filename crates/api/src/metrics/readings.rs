//! One reading at a time: enter, list, read, correct, confirm, see what it said before.

use super::sight::{audiences, changeable, detail, reading_for, sites, still_taken, taken, to_others};
use super::wear;
use crate::http::{Answer, Body, Fail, IfMatch, Once, PageWords, Reply, Words};
use crate::identity::Who;
use crate::standard::in_force;
use crate::state::{State, new_id};
use actix_web::{get, post, web};
use kazi_core::ids::{OrganisationId, ReadingId};
use kazi_core::metrics::{Confirmation, Correction, NewReading, Reading, ReadingDetail, ReportingPeriod, Revision};
use kazi_core::page::Page;
use kazi_core::policy::metrics as may;
use kazi_core::problem::Refusal;
use kazi_core::standard::{MetricCode, ReadingGrade};
use kazi_store::Db;
use kazi_store::metrics::{self, ReadingFilter};
use serde::Deserialize;

/// Enter a reading
///
/// One figure of the organisation, or of one of its sites, for a period that is over. The answer is a value or one of
/// unknown, not_applicable and withheld. A figure that was given already is 409: correct it. What looks odd is taken and asked
/// about in `doubts`; say why in `method`.
#[utoipa::path(
    tag = "metrics", operation_id = "create_reading", security(("bearer" = [])),
    request_body(content = NewReading, example = json!({
        "organisation": "01930000-0000-7000-8000-000000000001",
        "figure": {"metric": "permanent_employees", "period": "2026-Q3"},
        "stated": {
            "answer": {"state": "value", "value": {"number": 120.0}},
            "parts": [{"by": "gender", "code": "women", "answer": {"state": "value", "value": {"number": 70.0}}}],
            "documents": [{"title": "Payroll register, September", "dated": "2026-09-30"}],
            "audience": "partners"
        }
    })),
    responses((status = 201, body = ReadingDetail, description = "The reading.", headers(("Location" = String), ("ETag" = String))))
)]
#[post("/readings")]
pub async fn create_reading(state: web::Data<State>, who: Who, once: Once, body: Body<NewReading>) -> Answer<Reply> {
    may::enter_readings(&who.0, body.value.organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    let act = move |db: &mut Db| {
        let new = body.value;
        taken(&sites(db, new.organisation)?, now, &new.figure, &new.stated, ("/figure", "/stated"))?;
        let reading = metrics::create(db, now, actor, new_id(), in_force().version, &new, wear(now))?;
        let (id, version) = (reading.id, reading.version);
        Ok(Reply::created(format!("/api/v1/readings/{id}"), &detail(db, reading, now)?).version(version))
    };
    once.write(&state, &who.0, &body.fingerprint, act).await
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadingWords {
    /// Whose readings.
    organisation: OrganisationId,
    /// Only of this metric.
    #[param(value_type = Option<String>, example = "permanent_employees")]
    metric: Option<MetricCode>,
    /// Only of this period.
    #[param(value_type = Option<String>, example = "2026-Q3")]
    period: Option<ReportingPeriod>,
    /// `next` of the page before.
    after: Option<ReadingId>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List an organisation's readings
///
/// Its members and stewards see all, others what the organisation shows to them; newest first.
#[utoipa::path(
    tag = "metrics", operation_id = "list_readings", security((), ("bearer" = [])), params(ReadingWords),
    responses((status = 200, body = Page<Reading>, description = "A page of readings."))
)]
#[get("/readings")]
pub async fn list_readings(state: web::Data<State>, who: Who, words: Words<ReadingWords>) -> Answer<Reply> {
    let ReadingWords { organisation, metric, period, after, limit } = words.0;
    let limit = PageWords { after: None, limit }.limit()?;
    let now = state.now();
    let act = move |db: &mut Db| {
        let audiences = audiences(db, &who.0, organisation)?;
        let outside = !audiences.is_empty();
        let page = metrics::list(db, organisation, &ReadingFilter { metric, period, audiences }, after, limit, wear(now))?;
        Ok::<_, Fail>(if outside { page.map(to_others) } else { page })
    };
    Ok(Reply::page(&state.store.read(act).await?))
}

/// Read a reading
///
/// To whom the organisation doesn't show it, it does not exist.
#[utoipa::path(
    tag = "metrics", operation_id = "get_reading", security((), ("bearer" = [])),
    params(("id" = ReadingId, Path, description = "The reading.")),
    responses((status = 200, body = ReadingDetail, description = "The reading; the ETag is to be sent as If-Match.", headers(("ETag" = String))))
)]
#[get("/readings/{id}")]
pub async fn get_reading(state: web::Data<State>, who: Who, id: web::Path<ReadingId>) -> Answer<Reply> {
    let (id, now) = (id.into_inner(), state.now());
    let found = state.store.read(move |db| reading_for(db, &who.0, id, now)).await?;
    // Its grade wears off and its doubts come and go without a new version.
    Ok(Reply::ok(&found).version_to_edit(found.reading.version))
}

/// Correct a reading
///
/// Replaces everything that is stated; what stood before stays in the history with the reason. What others confirmed is
/// lost when the answer or a part changes.
#[utoipa::path(
    tag = "metrics", operation_id = "correct_reading", security(("bearer" = [])),
    params(("id" = ReadingId, Path, description = "The reading."), ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")),
    request_body(content = Correction, example = json!({
        "stated": {"answer": {"state": "value", "value": {"number": 118.0}}, "audience": "partners"},
        "reason": "Two people were counted twice."
    })),
    responses((status = 200, body = ReadingDetail, description = "As it stands now.", headers(("ETag" = String))))
)]
#[post("/readings/{id}/corrections")]
pub async fn correct_reading(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ReadingId>,
    once: Once,
    version: IfMatch,
    body: Body<Correction>,
) -> Answer<Reply> {
    let (id, now, actor, caller) = (id.into_inner(), state.now(), who.0.id(), who.0.clone());
    let act = move |db: &mut Db| {
        let before = changeable(db, &who.0, id, now)?;
        version.check(before.version)?;
        still_taken(now, &before.figure, &body.value.stated, "/stated")?;
        let after = metrics::correct(db, now, actor, in_force().version, &before, &body.value, wear(now))?;
        let version = after.version;
        Ok(Reply::ok(&detail(db, after, now)?).version(version))
    };
    once.write(&state, &caller, &body.fingerprint, act).await
}

/// List what a reading said before
///
/// Newest first; the reading itself says what it says now. For its organisation's members and stewards.
#[utoipa::path(
    tag = "metrics", operation_id = "list_reading_revisions", security(("bearer" = [])),
    params(("id" = ReadingId, Path, description = "The reading.")),
    responses((status = 200, body = Vec<Revision>, description = "Its earlier versions."))
)]
#[get("/readings/{id}/revisions")]
pub async fn list_reading_revisions(state: web::Data<State>, who: Who, id: web::Path<ReadingId>) -> Answer<Reply> {
    let (id, now) = (id.into_inner(), state.now());
    kazi_core::policy::somebody(&who.0)?;
    let act = move |db: &mut Db| {
        let reading = metrics::get(db, id, wear(now))?;
        may::read_own_readings(&who.0, reading.organisation)?;
        Ok::<_, Fail>(metrics::revisions(db, id)?)
    };
    Ok(Reply::ok(&state.store.read(act).await?))
}

/// Record what somebody independent says of a reading
///
/// An audit, workers' answers or observed outcomes back the reading as it stands, from the day of the check. For stewards.
#[utoipa::path(
    tag = "metrics", operation_id = "confirm_reading", security(("bearer" = [])),
    params(("id" = ReadingId, Path, description = "The reading."), ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")),
    request_body(content = Confirmation, example = json!({
        "grade": "third_party_audited", "source": "SMETA audit of September, report in the organisation's portal", "dated": "2026-09-30"
    })),
    responses((status = 200, body = ReadingDetail, description = "As it stands now.", headers(("ETag" = String))))
)]
#[post("/readings/{id}/confirmations")]
pub async fn confirm_reading(
    state: web::Data<State>,
    who: Who,
    id: web::Path<ReadingId>,
    once: Once,
    version: IfMatch,
    body: Body<Confirmation>,
) -> Answer<Reply> {
    may::confirm_reading(&who.0)?;
    let (id, now, actor) = (id.into_inner(), state.now(), who.0.id());
    if body.value.grade <= ReadingGrade::Documented {
        let why = "That grade comes from the organisation's own word and documents; record one that somebody outside gave.";
        return Err(Refusal::field("/grade", "range", why).into());
    }
    if body.value.dated > now.day() {
        return Err(Refusal::field("/dated", "range", "The day lies in the future.").into());
    }
    let act = move |db: &mut Db| {
        let before = metrics::get(db, id, wear(now))?;
        version.check(before.version)?;
        let after = metrics::confirm(db, now, actor, &before, &body.value, wear(now))?;
        let version = after.version;
        Ok(Reply::ok(&detail(db, after, now)?).version(version))
    };
    once.write(&state, &who.0, &body.fingerprint, act).await
}
