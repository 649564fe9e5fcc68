//! Where facts come from, over HTTP: a source and a grade for facts as they stand, or that a list's facts are right.

use super::organisations::as_whom;
use super::shown;
use crate::http::{Answer, Body, IfMatch, Reply};
use crate::identity::Who;
use crate::state::State;
use actix_web::{post, web};
use kazi_core::directory::{Organisation, StatedProvenance};
use kazi_core::ids::OrganisationId;
use kazi_store::directory;

/// State where facts come from
///
/// For facts as they stand: the document that backs them, and how well. With the grade `self_declared` and no source the
/// organisation confirms what a list says of it. Editors and owners go up to `documented`; `audited`, and what is audited
/// already, is for stewards.
#[utoipa::path(
    tag = "directory", operation_id = "state_provenance", security(("bearer" = [])),
    params(
        ("id" = OrganisationId, Path, description = "The organisation."),
        ("If-Match" = String, Header, description = "The ETag of what you read.", example = "\"v1\"")
    ),
    request_body(content = StatedProvenance, example = json!({"facts": ["name"], "grade": "documented", "source": "Certificate of incorporation, 2012"})),
    responses((status = 200, body = Organisation, description = "As it stands now.", headers(("ETag" = String))))
)]
#[post("/organisations/{id}/provenance")]
pub async fn state_provenance(
    state: web::Data<State>,
    who: Who,
    id: web::Path<OrganisationId>,
    version: IfMatch,
    body: Body<StatedProvenance>,
) -> Answer<Reply> {
    let id = id.into_inner();
    let (by, actor, at, said) = (as_whom(&who, id)?, who.0.id(), state.now(), body.value);
    let write = move |db: &mut kazi_store::Db| -> Answer<Organisation> {
        let before = directory::get(db, id)?;
        version.check(before.version)?;
        let provenance = said.onto(&before.profile, &before.provenance, by, at)?;
        Ok(directory::restate(db, at, actor, &before, &provenance, &said.facts)?)
    };
    let after = state.store.write(write).await?;
    let version = after.version;
    Ok(Reply::ok(&shown(after)).version(version))
}
