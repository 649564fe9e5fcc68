//! The other side: the open needs that a provider may see, which fit it and what it lacks for others.

use super::Shelf;
use super::follower::of;
use super::query::unusable;
use crate::http::{Answer, Fail, PageWords, Reply, Words};
use crate::identity::Who;
use crate::state::State;
use actix_web::{get, web};
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{
    FittingNeed, FittingNeeds, METHOD_VERSION, Need, NeedVisibility, Terms, Weights, hidden_need, is_known_to_meet, needs_for,
};
use kazi_core::policy::matching::{self as policy, Ties};
use kazi_store::{Db, directory, matching};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FittingWords {
    /// Needs told, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List the needs that fit a provider
///
/// The open needs that the provider may see: those that fit it first, then those that it misses by least,
/// with what it lacks and what would raise it. Who the owner of a confidential need is, is not told. Of needs that
/// it could read once it has stated more of itself, only the service line and the missing facts are told.
#[utoipa::path(
    tag = "matching", operation_id = "list_fitting_needs", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The provider."), FittingWords),
    responses((status = 200, body = FittingNeeds, description = "Best first."))
)]
#[get("/organisations/{id}/fitting-needs")]
pub async fn list_fitting_needs(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    words: Words<FittingWords>,
) -> Answer<Reply> {
    let (id, now) = (id.into_inner(), state.now());
    policy::list_fitting_needs(&who.0, id)?;
    let limit = PageWords { after: None, limit: words.0.limit }.limit()? as usize;
    let act = move |db: &mut Db, shelf: &Shelf| {
        let rows = of(&directory::get(db, id)?);
        let invitations: BTreeSet<NeedId> = matching::invitations(db, id)?.into_iter().collect();
        let others = |need: &&Arc<Need>| need.organisation != Some(id);
        let open: BTreeMap<NeedId, Arc<Need>> =
            shelf.open.read().expect("no holder panics").values().filter(others).map(|need| (need.id, need.clone())).collect();
        let terms: Vec<(NeedId, Terms)> = open.values().map(|need| (need.id, Terms::of(&need.wanted, now.day()))).collect();
        let mut fits = needs_for(&rows, terms.iter().map(|(id, terms)| (*id, terms)), &Weights::default()).map_err(unusable)?;
        let mut hidden = vec![];
        let mut readable = BTreeSet::new();
        for (need, terms) in &terms {
            let ties = Ties { fits: is_known_to_meet(terms, &rows), invited: invitations.contains(need) };
            match open.get(need) {
                Some(need) if policy::is_open_to(need, ties) => _ = readable.insert(need.id),
                Some(need) if need.wanted.visibility == NeedVisibility::Matched => hidden.extend(hidden_need(terms, &rows)),
                _ => {}
            }
        }
        hidden.sort_by_key(|need| (need.unconfirmed.len(), need.service_line));
        hidden.truncate(limit);
        fits.retain(|fit| readable.contains(&fit.need));
        let (total, fitting) = (fits.len() as u32, fits.iter().filter(|fit| fit.fits).count() as u32);
        let told = fits.into_iter().take(limit);
        let needs = told.filter_map(|fit| Some(FittingNeed { need: Need::clone(open.get(&fit.need)?).to_others(), fit })).collect();
        Ok::<_, Fail>(FittingNeeds { method_version: METHOD_VERSION.into(), needs, fitting, total, hidden })
    };
    Ok(Reply::ok(&state.matching.read(&state.store, act).await?))
}
