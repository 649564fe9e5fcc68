//! The platform's staff, as admins manage it.

use super::Who;
use crate::http::{Answer, Body, Fail, Reply, Words};
use crate::state::State;
use actix_web::{get, put, web};
use kazi_core::identity::{StaffPerson, StaffRoleEdit};
use kazi_core::ids::PersonId;
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_core::problem::Code;
use kazi_store::identity;
use serde::Deserialize;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleWords {
    /// Part of the e-mail address or name; without it the staff is listed.
    pub q: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items on the page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// List the staff, or find people
///
/// For admins.
#[utoipa::path(tag = "identity", operation_id = "list_staff", security(("bearer" = [])), params(PeopleWords),
    responses((status = 200, body = Page<StaffPerson>, description = "A page of people.")))]
#[get("/staff/people")]
pub async fn list_staff(state: web::Data<State>, who: Who, words: Words<PeopleWords>) -> Answer<Reply> {
    policy::staff(&who.0, &[])?;
    let PeopleWords { q, after, limit } = words.0;
    let page = crate::http::PageWords { after, limit };
    let (limit, after) = (page.limit()?, super::after(&page)?);
    let found = state.store.read(move |db| identity::search_people(db, q.as_deref(), after.map(PersonId), limit)).await?;
    Ok(Reply::page(&found))
}

/// Set a person's staff role
///
/// For admins, on others: nobody takes the own role away, so an admin stays.
#[utoipa::path(tag = "identity", operation_id = "set_staff_role", security(("bearer" = [])),
    params(("id" = PersonId, Path, description = "The person.")),
    request_body(content = StaffRoleEdit, example = json!({"role": "steward"})),
    responses((status = 204, description = "It holds from now on.")))]
#[put("/staff/people/{id}/role")]
pub async fn set_staff_role(state: web::Data<State>, who: Who, id: web::Path<PersonId>, body: Body<StaffRoleEdit>) -> Answer<Reply> {
    policy::staff(&who.0, &[])?;
    let (person, role, now, actor) = (id.into_inner(), body.value.role, state.now(), who.0.id());
    if actor == Some(person.0) {
        return Err(Fail::new(Code::Conflict, "Another admin has to change your own role."));
    }
    state
        .store
        .write(move |db| {
            if role.is_some() && !identity::account(db, person)?.confirmed {
                return Err(Fail::new(Code::Conflict, "The person has not confirmed the e-mail address yet."));
            }
            identity::set_staff(db, person, role, now, actor).map_err(Fail::from)
        })
        .await?;
    Ok(Reply::nothing())
}
