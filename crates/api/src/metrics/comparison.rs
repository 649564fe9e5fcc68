//! Several providers side by side.

use super::sight::audiences;
use super::wear;
use crate::http::{Answer, Fail, List, Reply, Words};
use crate::identity::Who;
use crate::standard::in_force;
use crate::state::State;
use actix_web::{get, web};
use kazi_core::ids::OrganisationId;
use kazi_core::metrics::{FigureColumn, FigureComparison, MOST_COMPARED, ReportingPeriod, compared, periods_of_year_to};
use kazi_core::problem::Code;
use kazi_store::{Db, directory, metrics};
use serde::Deserialize;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparisonWords {
    /// Two to six providers, separated by commas.
    #[param(value_type = String, example = "01930000-0000-7000-8000-000000000001,01930000-0000-7000-8000-000000000002")]
    organisations: List<OrganisationId>,
    /// The last of the four quarters to compare; the newest that is over when not said.
    #[param(value_type = Option<String>, example = "2026-Q3")]
    year_to: Option<ReportingPeriod>,
}

/// Compare providers' figures
///
/// Two to six side by side on the metrics of the standard, for the same four quarters. Only what each shows to the caller is
/// used; what is missing is unknown, never 0. Everybody may.
#[utoipa::path(
    tag = "metrics", operation_id = "compare_figures", security((), ("bearer" = [])), params(ComparisonWords),
    responses(
        (status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "There is no such organisation."),
        (status = 200, body = FigureComparison, description = "A column a provider, in the order asked for.")
    )
)]
#[get("/figures/comparison")]
pub async fn compare_figures(state: web::Data<State>, who: Who, words: Words<ComparisonWords>) -> Answer<Reply> {
    let ComparisonWords { organisations: List(ids), year_to } = words.0;
    let invalid = |detail: String| Err(Fail::new(Code::InvalidQuery, detail));
    if !(2..=MOST_COMPARED).contains(&ids.len()) || (1..ids.len()).any(|i| ids[..i].contains(&ids[i])) {
        return invalid(format!("organisations names two to {MOST_COMPARED} different providers."));
    }
    if year_to.is_some_and(ReportingPeriod::is_year) {
        return invalid("year_to is a quarter such as 2026-Q3.".into());
    }
    let now = state.now();
    let Some(year_to) = year_to.or_else(|| ReportingPeriod::quarter_of(now.day())?.previous()) else {
        return invalid("Say which quarter.".into());
    };
    let act = move |db: &mut Db| {
        let mut providers = Vec::with_capacity(ids.len());
        for id in ids {
            let organisation = directory::get(db, id)?;
            let seen_by = audiences(db, &who.0, id)?;
            let readings = metrics::of_periods(db, id, &periods_of_year_to(year_to), wear(now))?;
            let figures = compared(in_force(), readings, year_to, &seen_by);
            providers.push(FigureColumn { organisation: id, slug: organisation.slug, name: organisation.profile.name, figures });
        }
        Ok::<_, Fail>(Reply::ok(&FigureComparison { year_to, standard: in_force().version, providers }))
    };
    state.store.read(act).await
}
