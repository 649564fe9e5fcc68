//! Who sees which readings, and what a reading is checked against: brings together what the policy and the rules ask for.

use super::wear;
use crate::http::Answer;
use crate::standard::in_force;
use kazi_core::Instant;
use kazi_core::identity::{Caller, Scope};
use kazi_core::ids::{OrganisationId, ReadingId, SiteId};
use kazi_core::inquiries::may_ask;
use kazi_core::metrics::{Audience, Figure, Reading, ReadingDetail, Stated, Surroundings, asked_about, check, metric_of, periods_behind};
use kazi_core::policy::{self, matching::stands_for, metrics as may};
use kazi_core::problem::Refusal;
use kazi_core::standard::Metric;
use kazi_store::{Db, StoreResult, directory, metrics};

/// Whether the caller stands for an organisation that buys, funds or passes work on.
pub(crate) fn is_partner(db: &mut Db, caller: &Caller) -> StoreResult<bool> {
    if matches!(caller, Caller::Person(person) if !person.confirmed) {
        return Ok(false);
    }
    let own = stands_for(caller, Scope::MetricsRead);
    Ok(directory::by_ids(db, &own)?.iter().any(|o| may_ask(&o.profile.kinds)))
}

/// Which of the organisation's readings the caller sees; empty is all of them.
pub(super) fn audiences(db: &mut Db, caller: &Caller, organisation: OrganisationId) -> StoreResult<Vec<Audience>> {
    match may::read_own_readings(caller, organisation) {
        Ok(()) => Ok(vec![]),
        Err(_) => Ok(may::audiences(is_partner(db, caller)?)),
    }
}

/// The reading as the caller may read it.
pub(super) fn reading_for(db: &mut Db, caller: &Caller, id: ReadingId, now: Instant) -> Answer<ReadingDetail> {
    let reading = metrics::get(db, id, wear(now))?;
    if may::read_own_readings(caller, reading.organisation).is_ok() {
        return Ok(detail(db, reading, now)?);
    }
    may::read_others_reading(reading.stated.audience, is_partner(db, caller)?)?;
    Ok(ReadingDetail { reading: to_others(reading), doubts: vec![] })
}

pub(super) fn to_others(reading: Reading) -> Reading {
    match in_force().metric(&reading.figure.metric) {
        Some(metric) => reading.to_others(metric),
        None => reading,
    }
}

/// The reading, to whoever may change it.
pub(super) fn changeable(db: &mut Db, caller: &Caller, id: ReadingId, now: Instant) -> Answer<Reading> {
    policy::somebody(caller)?;
    let reading = metrics::get(db, id, wear(now))?;
    may::correct_reading(caller, reading.organisation)?;
    Ok(reading)
}

/// With what it is asked about, seen beside the organisation's other readings.
pub(super) fn detail(db: &mut Db, reading: Reading, now: Instant) -> StoreResult<ReadingDetail> {
    let others = metrics::of_periods(db, reading.organisation, &periods_behind(reading.figure.period), wear(now))?;
    let doubts = in_force().metric(&reading.figure.metric).map(|metric| asked_about(metric, &reading, &others));
    Ok(ReadingDetail { reading, doubts: doubts.unwrap_or_default() })
}

/// The organisation's sites.
pub(super) fn sites(db: &mut Db, organisation: OrganisationId) -> StoreResult<Vec<SiteId>> {
    Ok(directory::get(db, organisation)?.profile.sites.iter().map(|site| site.id).collect())
}

/// Refuses what can't be said of a figure that was taken once: its site may be gone since, its metric retired.
pub(super) fn still_taken(now: Instant, figure: &Figure, stated: &Stated, at: &str) -> Result<(), Refusal> {
    let metric = in_force().metric(&figure.metric).ok_or_else(|| Refusal::not_found("reading"))?;
    check(Surroundings { standard: in_force(), sites: &[], today: now.day() }, metric, stated, at)
}

/// Refuses what can't be a reading; `figure_at` and `stated_at` point to the two in the body.
pub(super) fn taken(
    sites: &[SiteId],
    now: Instant,
    figure: &Figure,
    stated: &Stated,
    at: (&str, &str),
) -> Result<&'static Metric, Refusal> {
    let around = Surroundings { standard: in_force(), sites, today: now.day() };
    let metric = metric_of(around, figure, at.0).map_err(|error| Refusal::fields(vec![error]))?;
    check(around, metric, stated, at.1)?;
    Ok(metric)
}
