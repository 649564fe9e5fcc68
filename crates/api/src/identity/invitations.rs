//! Invitations to become a member, by e-mail.

use super::{Who, secret};
use crate::http::{Answer, Body, Fail, Once, PageWords, Reply, Words};
use crate::mail::Text;
use crate::state::{State, new_id};
use actix_web::{HttpRequest, delete, get, post, web};
use kazi_core::identity::{Invitation, MailedToken, Membership, NewInvitation, normal_email};
use kazi_core::ids::{InvitationId, OrganisationId};
use kazi_core::page::Page;
use kazi_core::policy;
use kazi_store::{Db, directory, identity};

const WITHIN: chrono::Duration = chrono::Duration::days(14);
/// How many invitations an organisation sends in a day.
const MOST_A_DAY: i64 = 50;
/// How many organisations may have invited one address at once.
const MOST_TO_ONE: i64 = 10;

/// Invite somebody to an organisation
///
/// Owners do. A link goes to the address; an earlier one to it is good no more. An organisation sends 50 a day at most, and
/// an address has 10 waiting at most (429).
#[utoipa::path(tag = "identity", operation_id = "create_invitation", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    request_body(content = NewInvitation, example = json!({"email": "ben@example.org", "role": "editor", "language": "en"})),
    responses((status = 201, body = Invitation, description = "The mail is on its way.", headers(("Location" = String)))))]
#[post("/organisations/{id}/invitations")]
pub async fn create_invitation(
    state: web::Data<State>,
    req: HttpRequest,
    who: Who,
    once: Once,
    id: web::Path<OrganisationId>,
    body: Body<NewInvitation>,
) -> Answer<Reply> {
    let organisation = id.into_inner();
    let by = policy::manage_members(&who.0, organisation)?.id;
    let NewInvitation { email, role, language } = body.value;
    let (token, now) = (secret::new_secret(), state.now());
    let email = normal_email(&email);
    state.identity.letters.count("invitation", &email, state.limits.of(&req))?;
    let invitation = Invitation { id: new_id(), email, role, invited_by: Some(by), created_at: now, expires_at: now.plus(WITHIN) };
    let (hash, link, outbox) = (secret::hash(&token), state.settings.link("invitation", &token), state.mailer.outbox());
    let reply = once
        .write(&state, &who.0, &body.fingerprint, move |db| {
            let day = now.plus(-chrono::Duration::days(1));
            if identity::invited_since(db, organisation, day)? >= MOST_A_DAY
                || identity::invited_by_others(db, organisation, &invitation.email, now)? >= MOST_TO_ONE
            {
                return Err(Fail::TooMany(3600));
            }
            identity::invite(db, organisation, &invitation, &language, &hash, now)?;
            let name = directory::get(db, organisation)?.profile.name;
            let inviter = identity::account(db, by)?.name;
            let text = Text::Invitation { organisation: &name, by: &inviter, link: &link };
            outbox.put(db, &text.to(&invitation.email, &language), now)?;
            let location = format!("/api/v1/organisations/{organisation}/invitations/{}", invitation.id);
            Ok(Reply::created(location, &invitation))
        })
        .await?;
    state.mailer.wake();
    Ok(reply)
}

/// List an organisation's invitations
///
/// Those that wait for an answer. For owners.
#[utoipa::path(tag = "identity", operation_id = "list_invitations", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."), PageWords),
    responses((status = 200, body = Page<Invitation>, description = "A page of invitations.")))]
#[get("/organisations/{id}/invitations")]
pub async fn list_invitations(state: web::Data<State>, who: Who, id: web::Path<OrganisationId>, words: Words<PageWords>) -> Answer<Reply> {
    let id = id.into_inner();
    policy::manage_members(&who.0, id)?;
    let (limit, after, now) = (words.0.limit()?, super::after(&words.0)?, state.now());
    let page = state.store.read(move |db| identity::invitations(db, id, after.map(InvitationId), limit, now)).await?;
    Ok(Reply::page(&page))
}

/// Withdraw an invitation
///
/// Its link is good no more. For owners.
#[utoipa::path(tag = "identity", operation_id = "withdraw_invitation", security(("bearer" = [])),
    params(("id" = OrganisationId, Path, description = "The organisation."),
        ("invitation" = InvitationId, Path, description = "The invitation.")),
    responses((status = 204, description = "Withdrawn.")))]
#[delete("/organisations/{id}/invitations/{invitation}")]
pub async fn withdraw_invitation(state: web::Data<State>, who: Who, path: web::Path<(OrganisationId, InvitationId)>) -> Answer<Reply> {
    let (organisation, invitation) = path.into_inner();
    policy::manage_members(&who.0, organisation)?;
    let (now, actor) = (state.now(), who.0.id());
    state.store.write(move |db| identity::withdraw(db, organisation, invitation, now, actor)).await?;
    Ok(Reply::nothing())
}

/// Accept an invitation
///
/// With the token of the mailed link, signed in with the account of the address that was invited.
#[utoipa::path(tag = "identity", operation_id = "accept_invitation", security(("bearer" = [])),
    request_body(content = MailedToken, example = json!({"token": "Jl2…"})),
    responses((status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The invitation was used or withdrawn, or is too old."), (status = 200, body = Membership, description = "A member now.")))]
#[post("/identity/invitations/accept")]
pub async fn accept_invitation(state: web::Data<State>, who: Who, once: Once, body: Body<MailedToken>) -> Answer<Reply> {
    let person = policy::person(&who.0)?.id;
    let (hash, now) = (secret::hash(&body.value.token), state.now());
    let act = move |db: &mut Db| Ok(Reply::ok(&identity::accept(db, &hash, person, now)?));
    once.write(&state, &who.0, &body.fingerprint, act).await
}
