//! All figures of a period: what the forms, the scorecard and the rating show.

use super::wear;
use crate::http::{Answer, Fail, Reply, Words};
use crate::identity::Who;
use crate::standard::in_force;
use crate::state::State;
use actix_web::{get, web};
use kazi_core::ids::{OrganisationId, SiteId};
use kazi_core::metrics::{FigureSheet, ReportingPeriod, due_on, figures, periods_behind};
use kazi_core::policy::{self, metrics as may};
use kazi_store::{Db, metrics};
use serde::Deserialize;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FigureWords {
    /// A quarter or a year.
    #[param(value_type = String, example = "2026-Q3")]
    period: ReportingPeriod,
    /// One of the organisation's sites; without it the whole organisation.
    site: Option<SiteId>,
}

/// Read all figures of a period
///
/// Every metric of the standard: what was reported, what follows from it with each step of its formula, what was said for
/// the period before, and what is asked about. A year that was not reported as one is put together from its quarters. For
/// the organisation's members and stewards.
#[utoipa::path(
    tag = "metrics", operation_id = "get_figures", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Whose figures."), FigureWords),
    responses((status = 200, body = FigureSheet, description = "The figures, in the order of the standard."))
)]
#[get("/organisations/{id}/figures")]
pub async fn get_figures(state: web::Data<State>, who: Who, id: web::Path<OrganisationId>, words: Words<FigureWords>) -> Answer<Reply> {
    let (organisation, now) = (id.into_inner(), state.now());
    policy::somebody(&who.0)?;
    may::read_own_readings(&who.0, organisation)?;
    let FigureWords { period, site } = words.0;
    let act = move |db: &mut Db| {
        let readings = metrics::of_periods(db, organisation, &periods_behind(period), wear(now))?;
        let periods = metrics::periods(db, organisation)?;
        let rows = figures(in_force(), &readings, period, site);
        Ok::<_, Fail>(Reply::ok(&FigureSheet {
            organisation,
            period,
            site,
            standard: in_force().version,
            due_on: due_on(period),
            rows,
            periods,
        }))
    };
    state.store.read(act).await
}
