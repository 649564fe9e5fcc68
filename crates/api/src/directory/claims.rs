//! Claims over HTTP: a person says that a listing is hers to keep, staff decide.

use super::letters::Letters;
use crate::http::{Answer, Body, Fail, Once, Reply, Words};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_web::{get, post, web};
use kazi_core::directory::{Claim, ClaimCounts, ClaimDecision, ClaimState, NewClaim, Organisation, Unclaim};
use kazi_core::identity::StaffRole;
use kazi_core::ids::{ClaimId, OrganisationId};
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_core::problem::Refusal;
use kazi_store::directory;
use serde::Deserialize;

/// Claim a listing
///
/// Say why it is yours and staff decide within five days. One open claim a person and organisation.
#[utoipa::path(
    tag = "directory", operation_id = "create_claim", security(("bearer" = [])),
    params(
        ("id" = OrganisationId, Path, description = "The listing."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    request_body(content = NewClaim, example = json!({"evidence": "I head operations; our team page shows me.", "work_email": "ada@example.org", "link": "https://example.org/team"})),
    responses((status = 201, body = Claim, description = "In the queue.", headers(("Location" = String))))
)]
#[post("/organisations/{id}/claims")]
pub async fn create_claim(
    state: web::Data<State>,
    who: Who,
    once: Once,
    organisation: web::Path<OrganisationId>,
    body: Body<NewClaim>,
) -> Answer<Reply> {
    let person = policy::confirmed_person(&who.0)?.id;
    let (organisation, id, at) = (organisation.into_inner(), new_id(), state.now());
    let new = body.value;
    let write = move |db: &mut kazi_store::Db| {
        let claim = directory::create_claim(db, id, organisation, person, &new, at)?;
        Ok(Reply::created(format!("/api/v1/claims/{id}"), &claim))
    };
    once.write(&state, &who.0, &body.fingerprint, write).await
}

/// Which claims.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClaimWords {
    /// Only those in this state.
    pub state: Option<ClaimState>,
    /// `next` of the page before.
    pub after: Option<ClaimId>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// List claims
///
/// Oldest first, the order in which decisions fall due. Stewards see everybody's, others their own.
#[utoipa::path(
    tag = "directory", operation_id = "list_claims", security(("bearer" = [])), params(ClaimWords),
    responses((status = 200, body = Page<Claim>, description = "A page of claims."))
)]
#[get("/claims")]
pub async fn list_claims(state: web::Data<State>, who: Who, words: Words<ClaimWords>) -> Answer<Reply> {
    let own = policy::person(&who.0)?.id;
    let whose = policy::staff(&who.0, &[StaffRole::Steward]).is_err().then_some(own);
    let limit = crate::http::PageWords { after: None, limit: words.0.limit }.limit()?;
    let (wanted, after, now) = (words.0.state, words.0.after, state.now());
    let page = state.store.read(move |db| directory::list_claims(db, whose, wanted, after, limit, now)).await?;
    Ok(Reply::page(&page))
}

/// Read a claim
///
/// For its claimant and stewards; for others it does not exist.
#[utoipa::path(
    tag = "directory", operation_id = "get_claim", security(("bearer" = [])),
    params(("id" = ClaimId, Path, description = "The claim.")),
    responses((status = 200, body = Claim, description = "The claim."))
)]
#[get("/claims/{id}")]
pub async fn get_claim(state: web::Data<State>, who: Who, id: web::Path<ClaimId>) -> Answer<Reply> {
    let own = policy::person(&who.0)?.id;
    let (id, now) = (id.into_inner(), state.now());
    let claim = state.store.read(move |db| directory::get_claim(db, id, now)).await?;
    if claim.person != own && policy::staff(&who.0, &[StaffRole::Steward]).is_err() {
        return Err(Refusal::not_found("claim").into());
    }
    Ok(Reply::ok(&claim))
}

/// Decide a claim
///
/// Approving makes the claimant an owner, marks the listing as claimed and rejects others' open claims on it. For
/// stewards, not on their own claims. Each claimant is told by e-mail, with the reason.
#[utoipa::path(
    tag = "directory", operation_id = "decide_claim", security(("bearer" = [])),
    params(
        ("id" = ClaimId, Path, description = "The claim."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    request_body(content = ClaimDecision, example = json!({"approve": true, "reason": "The team page names you."})),
    responses((status = 200, body = Claim, description = "Decided."))
)]
#[post("/claims/{id}/decision")]
pub async fn decide_claim(
    state: web::Data<State>,
    who: Who,
    once: Once,
    id: web::Path<ClaimId>,
    body: Body<ClaimDecision>,
) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let actor = policy::person(&who.0)?.id;
    let (id, at, decision) = (id.into_inner(), state.now(), body.value);
    let letters = Letters::of(&state, at);
    let write = move |db: &mut kazi_store::Db| {
        if directory::get_claim(db, id, at)?.person == actor {
            return Err(Fail::new(kazi_core::problem::Code::NotAllowed, "Somebody else has to decide your own claim."));
        }
        let decided = directory::decide_claim(db, id, &decision, actor, at)?;
        for claim in &decided {
            letters.tell_claimant(db, claim)?;
        }
        Ok(Reply::ok(&decided[0]))
    };
    let reply = once.write(&state, &who.0, &body.fingerprint, write).await?;
    state.mailer.wake();
    Ok(reply)
}

/// Count the claims that wait
///
/// How many are open and, of those, past due. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "count_claims", security(("bearer" = [])),
    responses((status = 200, body = ClaimCounts, description = "The counts."))
)]
#[get("/claims/counts")]
pub async fn count_claims(state: web::Data<State>, who: Who) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let now = state.now();
    Ok(Reply::ok(&state.store.read(move |db| directory::count_claims(db, now)).await?))
}

/// Take a listing back from those who keep it
///
/// Undoes a false claim: the listing is unclaimed, its members, keys and invitations go, claims that were approved on it
/// become rejected, and what its keepers said of it counts as listed. They are told why. For stewards.
#[utoipa::path(
    tag = "directory", operation_id = "unclaim_organisation", security(("bearer" = [])),
    params(
        ("id" = OrganisationId, Path, description = "The organisation."),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")
    ),
    request_body(content = Unclaim, example = json!({"reason": "The organisation told us that it knows nothing of this account."})),
    responses((status = 200, body = Organisation, description = "Unclaimed.", headers(("ETag" = String))))
)]
#[post("/organisations/{id}/unclaim")]
pub async fn unclaim_organisation(
    state: web::Data<State>,
    who: Who,
    once: Once,
    id: web::Path<OrganisationId>,
    body: Body<Unclaim>,
) -> Answer<Reply> {
    policy::staff(&who.0, &[StaffRole::Steward])?;
    let actor = policy::person(&who.0)?.id;
    let (id, at, reason) = (id.into_inner(), state.now(), body.value.reason);
    let letters = Letters::of(&state, at);
    let write = move |db: &mut kazi_store::Db| {
        let left = directory::take_back(db, id, &reason, actor, at)?;
        let after = directory::get(db, id)?;
        for person in left {
            letters.tell_keeper(db, person, &after, &reason)?;
        }
        let version = after.version;
        Ok(Reply::ok(&super::shown(after)).version(version))
    };
    let reply = once.write(&state, &who.0, &body.fingerprint, write).await?;
    state.mailer.wake();
    Ok(reply)
}
