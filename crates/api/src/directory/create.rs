//! Listing an organisation of one's own.

use super::provenance_of;
use crate::http::{Answer, Body, Fail, Once, Reply};
use crate::identity::Who;
use crate::state::{State, new_id};
use actix_web::{post, web};
use kazi_core::directory::{NewOrganisation, Organisation, Profile, SaidBy, after_edit};
use kazi_core::identity::MemberRole;
use kazi_core::ids::OrganisationId;
use kazi_core::policy;
use kazi_core::problem::{Code, FieldError, Refusal};
use kazi_store::directory::{self, NewListing};
use kazi_store::identity;

/// Create an organisation
///
/// The person who creates it becomes its owner. One that is listed already, by its website or its name, is a 409 whose
/// `listed` is its slug: claim that listing instead.
#[utoipa::path(
    tag = "directory", operation_id = "create_organisation", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key twice does the thing once.")),
    request_body(content = NewOrganisation, example = json!({"name": "Kazi Kwanza", "kinds": ["issp"], "country": "KE", "website": "https://example.org"})),
    responses((status = 201, body = Organisation, description = "Listed.", headers(("Location" = String), ("ETag" = String))))
)]
#[post("/organisations")]
pub async fn create_organisation(state: web::Data<State>, who: Who, once: Once, body: Body<NewOrganisation>) -> Answer<Reply> {
    let person = policy::confirmed_person(&who.0)?.id;
    let new = body.value;
    let profile =
        Profile { name: new.name.trim().to_owned(), kinds: new.kinds, country: new.country, website: new.website, ..Profile::default() };
    profile.check()?;
    let by = provenance_of(&state, SaidBy::Itself);
    let provenance = after_edit(&Profile::default(), &profile, &Default::default(), &by);
    let listing = NewListing { id: new_id(), profile, provenance, claimed: true, fictional: false, source_key: None };
    let at = state.now();
    let write = move |db: &mut kazi_store::Db| {
        refuse_listed(db, &listing.profile, None)?;
        let made = directory::create(db, at, Some(person.0), &listing)?;
        identity::add_member(db, made.id, person, MemberRole::Owner, at, Some(person.0))?;
        Ok(Reply::created(format!("/api/v1/organisations/{}", made.id), &made).version(made.version))
    };
    once.write(&state, &who.0, &body.fingerprint, write).await
}

/// Refuses to list, or to rename to, an organisation that is listed already: whose it is, staff decide on a claim.
pub(super) fn refuse_listed(db: &mut kazi_store::Db, profile: &Profile, but: Option<OrganisationId>) -> Answer<()> {
    let Some((slug, by_website)) = directory::listed_as(db, &profile.name, profile.website.as_deref(), but)? else { return Ok(()) };
    let (pointer, what) = if by_website { ("/website", "website") } else { ("/name", "name") };
    let message = format!(
        "An organisation with this {what} is listed already: /providers/{slug}. If it is yours, claim that listing; if yours is \
         another one, add to the name what tells it apart, such as its city."
    );
    let errors = vec![FieldError { pointer: pointer.into(), code: "conflict".into(), message: message.clone() }];
    Err(Fail::Listed { slug, refusal: Refusal { code: Code::AlreadyExists, detail: message, errors } })
}
