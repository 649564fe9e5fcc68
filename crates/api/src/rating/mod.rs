//! Ratings over HTTP: worked out when asked for, shown to whom the organisation decides.

use crate::http::{Answer, Body, Fail, IfMatch, Reply, Words};
use crate::identity::Who;
use crate::metrics::{is_partner, wear};
use crate::standard::in_force;
use crate::state::State;
use actix_web::{get, put, web};
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{ReportingPeriod, figures_of_year_to, periods_of_year_to};
use kazi_core::policy::metrics as may;
use kazi_core::problem::{Code, Refusal};
use kazi_core::rating::{METHOD, RatingDetail, RatingDisplay, RatingShown, lifts, rate};
use kazi_store::{Db, metrics, rating};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// How many lifts are shown.
const LIFTS: usize = 8;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(get_rating).service(show_rating);
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RatingWords {
    /// The last of the four quarters that are rated; the newest that can be rated when not said, at most one before the newest that anything was reported for.
    #[param(value_type = Option<String>, example = "2026-Q3")]
    year_to: Option<ReportingPeriod>,
}

/// Read an organisation's rating
///
/// What the figures of four quarters come to: pillar by pillar with its band, for the organisation down to each formula's steps and
/// readings. Too little evidence is "not rated", never 0. For its members and stewards, and for whom it shows it to; to others there is none.
#[utoipa::path(
    tag = "rating", operation_id = "get_rating", security((), ("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Whose rating."), RatingWords),
    responses((status = 200, body = RatingDetail, description = "The rating. The ETag is of what the organisation decided: send it as If-Match to show_rating.", headers(("ETag" = String))))
)]
#[get("/organisations/{id}/rating")]
pub async fn get_rating(state: web::Data<State>, who: Who, id: web::Path<OrganisationId>, words: Words<RatingWords>) -> Answer<Reply> {
    let (organisation, now) = (id.into_inner(), state.now());
    if words.0.year_to.is_some_and(ReportingPeriod::is_year) {
        return Err(Fail::new(Code::InvalidQuery, "year_to is a quarter such as 2026-Q3."));
    }
    let act = move |db: &mut Db| {
        let shown = rating::shown(db, organisation)?;
        let own = may::read_own_readings(&who.0, organisation).is_ok();
        if !own && !may::audiences(is_partner(db, &who.0)?).contains(&shown.display.audience) {
            return Err(Refusal::not_found("rating").into());
        }
        let quarters: Vec<ReportingPeriod> = quarters(metrics::periods(db, organisation)?);
        let last = || ReportingPeriod::quarter_of(now.day()).and_then(ReportingPeriod::previous);
        // A quarter whose figures are still coming in takes no rating away: then it is the one before.
        let (newest, earlier) = match words.0.year_to {
            Some(asked) => (Some(asked), None),
            None => (quarters.first().copied().or_else(last), quarters.get(1).copied()),
        };
        let mut made = |year_to: ReportingPeriod| {
            let readings = metrics::of_periods(db, organisation, &periods_of_year_to(year_to), wear(now))?;
            let rows = figures_of_year_to(in_force(), &readings, year_to);
            Ok::<_, Fail>((rate(in_force(), METHOD, year_to, &rows), rows))
        };
        let (mut rating, mut rows) = made(newest.ok_or_else(|| Refusal::not_found("rating"))?)?;
        if let (None, Some(earlier)) = (rating.band, earlier) {
            let before = made(earlier)?;
            if before.0.band.is_some() {
                (rating, rows) = before;
            }
        }
        let (version, reply) = (shown.version, shown.display.reply.clone());
        let detail = if own {
            let lifts = lifts(in_force(), METHOD, rating.year_to, &rows, LIFTS);
            RatingDetail { organisation, rating, reply, lifts, shown: Some(shown), quarters }
        } else {
            RatingDetail { organisation, rating: rating.to_others(), reply, lifts: vec![], shown: None, quarters: vec![] }
        };
        Ok::<_, Fail>(Reply::ok(&detail).version_to_edit(version))
    };
    state.store.read(act).await
}

/// The quarters that something was reported for, as quarters or as the year that ends with them.
fn quarters(periods: Vec<ReportingPeriod>) -> Vec<ReportingPeriod> {
    let mut quarters: Vec<_> = periods.into_iter().filter_map(|p| p.quarters().last().copied()).collect();
    quarters.sort_unstable_by(|a, b| b.cmp(a));
    quarters.dedup();
    quarters
}

/// Decide to whom the rating is shown
///
/// And what the organisation says of it: the reply stands beside the rating wherever that is shown. Others see points and bands, not
/// the figures. For editors and owners.
#[utoipa::path(
    tag = "rating", operation_id = "show_rating", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "Whose rating."), ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v0\"")),
    request_body(content = RatingDisplay, example = json!({"audience": "everyone", "reply": "Our second centre opened in May; its figures are not of a whole year yet."})),
    responses((status = 200, body = RatingShown, description = "As it stands now.", headers(("ETag" = String))))
)]
#[put("/organisations/{id}/rating/display")]
pub async fn show_rating(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    version: IfMatch,
    body: Body<RatingDisplay>,
) -> Answer<Reply> {
    let (organisation, now, actor) = (id.into_inner(), state.now(), who.0.id());
    may::enter_readings(&who.0, organisation)?;
    let act = move |db: &mut Db| Ok::<_, Fail>(rating::show(db, now, actor, organisation, version.0, &body.value)?);
    let shown = state.store.write(act).await?;
    Ok(Reply::ok(&shown).version(shown.version))
}
